#pragma once

#include "platform/restql/tests/api_kit.hpp"
#include "platform/restql/tests/write_scenario.hpp"

#include <memory>

namespace platform::restql::testing {

/// Every test of a suite begins with the same rows.
class WriteTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = std::make_unique<ApiKit>(write_scenario); }
    static void TearDownTestSuite() { kit_.reset(); }
    void SetUp() override { kit().exec(write_rows); }
    void TearDown() override { kit().set_options(kit().options()); }

    static ApiKit& kit() { return *kit_; }
    static std::string all(const std::string& table, const std::string& columns, const std::string& order) {
        return kit().scalar("SELECT coalesce(string_agg(concat_ws(':', " + columns + "), ' ' ORDER BY " + order +
                            "), '') FROM api." + table);
    }
    static http::Headers prefer(std::string preferences) {
        return {{"Prefer", std::move(preferences)}, {"Content-Type", "application/json"}};
    }
    static http::Headers representation() { return prefer("return=representation"); }

private:
    static inline std::unique_ptr<ApiKit> kit_;
};

}  // namespace platform::restql::testing
