#pragma once

#include "platform/db/pool.hpp"
#include "platform/restql/engine.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace platform::restql::testing {

struct Answer {
    unsigned status = 0;
    std::string text;
    http::Headers headers;

    boost::json::value json() const;
    /// Member of an error: "" when there is none or it is null.
    std::string member(std::string_view name) const;
    std::string code() const { return member("code"); }
    std::string message() const { return member("message"); }
    std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
};

inline const Caller anon{.role = "anon", .claims_json = R"({"role":"anon"})"};
inline const Caller ada{.role = "authenticated",
                        .claims_json = R"({"sub":"00000000-0000-4000-8000-00000000000a","role":"authenticated"})",
                        .is_anonymous = false};

/// The engine over a database of its own that `sql` made, as a login role without rights of its own. Schema "api" is
/// exposed unless the options say otherwise; anon and authenticated may do there what `sql` grants.
class ApiKit {
public:
    explicit ApiKit(const std::string& sql, Options options = {.schemas = {"api"}});
    ~ApiKit();

    /// `target` is what follows the API's root: "/orders?id=eq.1".
    Answer send(std::string_view method, std::string target, std::string body = {}, http::Headers headers = {},
                Caller caller = anon);
    Answer get(std::string target, http::Headers headers = {}) { return send("GET", std::move(target), {}, headers); }
    Answer post(std::string target, std::string body, http::Headers headers = {}) {
        return send("POST", std::move(target), std::move(body), std::move(headers));
    }
    void set_options(Options options) { engine_.set_options(std::move(options)); }
    const Options& options() const { return options_; }
    std::shared_ptr<const SchemaCache> schema() const { return engine_.schema(); }

    void exec(const std::string& sql) const { database_.exec(sql); }
    std::string scalar(const std::string& sql) const { return database_.scalar(sql); }

private:
    platform::testing::TestRuntime runtime_;
    platform::testing::TestDb database_{std::string("site")};
    Options options_;
    db::Pool pool_;
    Engine engine_;
};

}  // namespace platform::restql::testing
