#include "shared/middleware/cors.hpp"

#include "platform/testing/run_task.hpp"
#include "shared/tests/answer_ok.hpp"

#include <gmock/gmock.h>

namespace tt {
namespace {

using ::testing::HasSubstr;

Task<http::Response> dispatch(std::string method, std::string target, http::Headers headers) {
    http::Router router;
    use_cors(router);
    router.route(http::Method::get, "/api/v1/things", answer_ok);
    router.route(http::Method::options, "/api/v1/things", answer_ok);
    http::Request request;
    request.method_text = method;
    request.method = http::parse_method(method);
    request.target = std::move(target);
    request.headers = std::move(headers);
    co_return co_await router.dispatch(request);
}

http::Response send(std::string method, std::string target, http::Headers headers) {
    return platform::testing::run_task(dispatch(std::move(method), std::move(target), std::move(headers)));
}

TEST(Cors, APreflightIsAnsweredForEveryPath) {
    for (const std::string path : {"/api/v1/things", "/rest/v1/courses", "/nowhere"}) {
        const auto answer =
            send("OPTIONS", path, {{"Origin", "https://app.test"}, {"Access-Control-Request-Method", "PATCH"}});
        EXPECT_EQ(answer.status, 204U) << path;
        EXPECT_EQ(answer.headers.find("Access-Control-Allow-Origin"), "*");
        EXPECT_THAT(std::string(answer.headers.find("Access-Control-Allow-Methods").value()), HasSubstr("PATCH"));
        const std::string allowed(answer.headers.find("Access-Control-Allow-Headers").value());
        for (const std::string name : {"apikey", "authorization", "prefer", "x-client-info", "idempotency-key"}) {
            EXPECT_THAT(allowed, HasSubstr(name));
        }
    }
}

TEST(Cors, NoCookieIsEverAllowed) {
    const auto answer = send("GET", "/api/v1/things", {{"Origin", "https://evil.test"}});
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.headers.find("Access-Control-Allow-Origin"), "*");
    EXPECT_FALSE(answer.headers.contains("Access-Control-Allow-Credentials"));
    EXPECT_THAT(std::string(answer.headers.find("Access-Control-Expose-Headers").value()), HasSubstr("content-range"));
}

TEST(Cors, WithoutAnOriginNothingIsAdded) {
    EXPECT_FALSE(send("GET", "/api/v1/things", {}).headers.contains("Access-Control-Allow-Origin"));
}

TEST(Cors, ErrorsAreReadableToo) {
    const auto missing = send("GET", "/nowhere", {{"Origin", "https://app.test"}});
    EXPECT_EQ(missing.status, 404U);
    EXPECT_EQ(missing.headers.find("Access-Control-Allow-Origin"), "*");
}

TEST(Cors, AnOptionsRequestThatIsNoPreflightReachesItsRoute) {
    EXPECT_EQ(send("OPTIONS", "/api/v1/things", {{"Origin", "https://app.test"}}).status, 200U);
}

}  // namespace
}  // namespace tt
