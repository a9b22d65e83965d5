#pragma once

#include "platform/db/pool.hpp"
#include "platform/restql/engine.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace platform::restql::testing {

using platform::testing::TestDb;
using platform::testing::TestRuntime;

struct Answer {
    unsigned status = 0;
    std::string text;
    http::Headers headers;

    boost::json::value json() const { return boost::json::parse(text); }
    /// Member `code` of an error.
    std::string code() const;
    std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
};

inline const Caller anon{};
inline const Caller ada{"authenticated", R"({"sub":"00000000-0000-4000-8000-00000000000a","role":"authenticated"})"};
inline const Caller bob{"authenticated", R"({"sub":"00000000-0000-4000-8000-00000000000b","role":"authenticated"})"};

/// The engine on a small shop with row level security, as a login role without rights of its own.
class ShopKit {
public:
    ShopKit();
    ~ShopKit() { runtime.stop(); }

    Answer get(std::string target, Caller caller = anon, http::Headers headers = {});
    Answer post(std::string target, std::string body, Caller caller = anon, http::Headers headers = {});
    Answer send(const std::string& method, std::string target, std::string body, Caller caller, http::Headers headers);
    std::string scalar(const std::string& sql) const { return database.scalar(sql); }
    std::shared_ptr<const SchemaCache> schema();

    TestRuntime runtime{2};
    TestDb database{std::string("site")};
    db::Pool pool;
    Engine engine;
    std::size_t thread = 0;  ///< the io thread that serves the next call
};

class ShopTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = std::make_unique<ShopKit>(); }
    static void TearDownTestSuite() { kit_.reset(); }
    static ShopKit& kit() { return *kit_; }

private:
    static inline std::unique_ptr<ShopKit> kit_;
};

}  // namespace platform::restql::testing
