#pragma once

#include "platform/restql/tests/api_kit.hpp"
#include "platform/restql/tests/read_fixture.hpp"

#include <initializer_list>
#include <memory>

namespace platform::restql::testing {

/// What a GET answers, byte for byte; of an error its body too.
struct Read {
    const char* target;
    const char* body;
};

/// PostgreSQL's json_agg has a space before the line feed between two rows; a source line cannot end in one.
inline std::string with_row_breaks(std::string body) {
    for (auto at = body.find(",\n {"); at != std::string::npos; at = body.find(",\n {", at + 2))
        body.insert(at + 1, " ");
    return body;
}

class ReadTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = std::make_unique<ApiKit>(film_sql, defaults()); }
    static void TearDownTestSuite() { kit_.reset(); }
    void TearDown() override { kit().set_options(defaults()); }

    static Options defaults() {
        return {.schemas = {"api"}, .plan_enabled = true, .aggregates_enabled = true, .ndjson = true};
    }
    static ApiKit& kit() { return *kit_; }
    static void expect(std::initializer_list<Read> reads) {
        for (const auto& [target, body] : reads) EXPECT_EQ(kit().get(target).text, with_row_breaks(body)) << target;
    }

private:
    static inline std::unique_ptr<ApiKit> kit_;
};

}  // namespace platform::restql::testing
