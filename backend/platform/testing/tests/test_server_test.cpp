#include "platform/testing/test_server.hpp"

#include <gtest/gtest.h>

namespace platform::testing {
namespace {

Task<http::Response> echo(http::Request& request) {
    co_return http::json_response(201, request.body);
}

TEST(TestServer, ServesARouterOverARealSocket) {
    http::Router router;
    router.route(http::Method::post, "/echo", echo);
    TestRuntime runtime;
    TestServer server(runtime, router);
    const auto response = server.send("POST", "/echo", R"({"a":1})", {{"content-type", "application/json"}});
    EXPECT_EQ(response.status, 201U);
    EXPECT_EQ(response.body, R"({"a":1})");
    EXPECT_EQ(server.send("GET", "/nowhere").status, 404U);
}

}  // namespace
}  // namespace platform::testing
