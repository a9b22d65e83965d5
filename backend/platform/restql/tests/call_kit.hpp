#pragma once

#include "platform/restql/tests/api_kit.hpp"
#include "platform/restql/tests/call_scenario.hpp"

#include <memory>

namespace platform::restql::testing {

class CallTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = std::make_unique<ApiKit>(call_scenario); }
    static void TearDownTestSuite() { kit_.reset(); }
    void SetUp() override { kit().exec("TRUNCATE api.log"); }

    static ApiKit& kit() { return *kit_; }
    static Answer get(const std::string& call, http::Headers headers = {}) {
        return kit().get("/rpc/" + call, std::move(headers));
    }
    static Answer post(const std::string& call, std::string body, http::Headers headers = {}) {
        return kit().post("/rpc/" + call, std::move(body), std::move(headers));
    }
    static http::Headers type(std::string content_type) { return {{"Content-Type", std::move(content_type)}}; }

private:
    static inline std::unique_ptr<ApiKit> kit_;
};

}  // namespace platform::restql::testing
