#include "shared/middleware/error_shapes.hpp"

#include "platform/testing/run_task.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace tt {
namespace {

namespace json = boost::json;

struct Outcome {
    unsigned status;
    json::value body;
    http::Headers headers;
};

Outcome shape(const http::Response& response) {
    return {response.status, json::parse(std::get<std::string>(response.body)), response.headers};
}

const Error too_fast{Code::rate_limited, "rate_limit_exceeded", "Slow down.", {}, 7};

TEST(GotrueError, OldClientsReadErrorCodeAndMsg) {
    http::Request request;
    const auto refused = shape(gotrue_error(too_fast, 429, request));
    EXPECT_EQ(refused.body, json::parse(R"({"code":429,"error_code":"over_request_rate_limit","msg":"Slow down."})"));
    EXPECT_EQ(refused.headers.find("Retry-After"), "7");
    EXPECT_FALSE(refused.headers.contains("X-Supabase-Api-Version"));
}

TEST(GotrueError, DatedClientsReadCodeAndMessage) {
    http::Request request;
    request.headers.set("X-Supabase-Api-Version", "2024-01-01");
    const auto refused = shape(gotrue_error({Code::conflict, "user_already_exists", "Known."}, 409, request));
    EXPECT_EQ(refused.body, json::parse(R"({"code":"user_already_exists","message":"Known."})"));
    EXPECT_EQ(refused.headers.find("X-Supabase-Api-Version"), "2024-01-01");
}

TEST(GotrueError, AServerErrorHasAnIdToAskFor) {
    http::Request request;
    request.request_id = "r-1";
    const auto failed = shape(gotrue_error({Code::internal, "internal", "Something broke."}, 500, request));
    EXPECT_EQ(failed.body.at("error_code").as_string(), "unexpected_failure");
    EXPECT_EQ(failed.body.at("error_id").as_string(), "r-1");
}

TEST(PostgrestError, HasItsFourMembersAndItsCodes) {
    const http::Request request;
    const std::vector<std::tuple<unsigned, std::string, std::string>> cases{
        {401, "bad_jwt", "PGRST301"},
        {404, "not_found", "PGRST125"},

        {503, "unavailable", "PGRST000"},
        {504, "timeout", "PGRST003"},
        {400, "PGRST100", "PGRST100"},
        {409, "23505", "23505"},
        {429, "rate_limit_exceeded", "rate_limit_exceeded"},
    };
    for (const auto& [status, reason, code] : cases) {
        const auto refused = shape(postgrest_error({Code::internal, reason, "Why."}, status, request));
        EXPECT_EQ(refused.status, status);
        EXPECT_EQ(refused.body,
                  (json::object{{"code", code}, {"details", nullptr}, {"hint", nullptr}, {"message", "Why."}}));
        EXPECT_EQ(refused.headers.find("Proxy-Status"), "PostgREST; error=" + code);
        EXPECT_EQ(refused.headers.contains("WWW-Authenticate"), status == 401);
    }
}

TEST(FunctionError, HasWhatOldAndNewClientsRead) {
    http::Request request;
    request.request_id = "r-2";
    const auto refused = shape(function_error({Code::payment_required, "payment_required", "Pay."}, 402, request));
    EXPECT_EQ(refused.body,
              json::parse(R"({"code":"payment_required","message":"Pay.","error":"Pay.","request_id":"r-2"})"));
}

Task<http::Response> dispatch(const http::Router& router, std::string method, std::string target) {
    http::Request request;
    request.method_text = method;
    request.method = http::parse_method(method);
    request.target = std::move(target);
    co_return co_await router.dispatch(request);
}

TEST(ErrorShapes, EveryRouteFamilyHasItsOwnAlsoForTheRoutersErrors) {
    http::Router router;
    use_error_shapes(router);
    router.route(http::Method::get, "/rest/v1/{relation}", [](http::Request&) -> Task<http::Response> {
        throw std::runtime_error("a bug");
        co_return http::empty(204);
    });
    const std::vector<std::pair<std::string, std::string>> cases{{"/auth/v1/x", "msg"},        {"/rest/v1/x/y", "hint"},
                                                                 {"/functions/v1/x", "error"}, {"/enroll/x", "error"},
                                                                 {"/authors", "title"},        {"/api/v1/x", "title"}};
    for (const auto& [path, member] : cases) {
        const auto missing = shape(platform::testing::run_task(dispatch(router, "GET", path)));
        EXPECT_EQ(missing.status, 404U) << path;
        EXPECT_TRUE(missing.body.as_object().contains(member)) << path;
    }
    const auto failed = platform::testing::run_task(dispatch(router, "GET", "/rest/v1/courses"));
    EXPECT_EQ(failed.status, 500U);
    EXPECT_EQ(std::get<std::string>(failed.body).find("a bug"), std::string::npos) << "nothing internal leaks";
    EXPECT_EQ(shape(platform::testing::run_task(dispatch(router, "DELETE", "/rest/v1/courses"))).status, 405U);
}

}  // namespace
}  // namespace tt
