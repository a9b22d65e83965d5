#include "platform/http/router.hpp"

#include "platform/core/error.hpp"
#include "platform/http/client.hpp"
#include "platform/http/path.hpp"
#include "platform/http/tests/edge_kit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace platform::http {
namespace {

using testing::HasSubstr;

Handler says(std::string text) {
    return [text](Request& request) -> Task<Response> {
        std::string body = text;
        for (const auto& [name, value] : request.params) body += ' ' + std::string(name) + '=' + value;
        co_return text_response(200, body);
    };
}

Request request_for(Method method, std::string target) {
    Request request;
    request.method = method;
    request.method_text = to_string(method);
    request.target = std::move(target);
    return request;
}

struct Answer {
    unsigned status;
    std::string body;
    Headers headers;
};

Answer ask(const Router& router, Method method, std::string target) {
    Request request = request_for(method, std::move(target));
    Response response = dispatch(router, request);
    return {response.status, body_of(response), response.headers};
}

std::string get(const Router& router, std::string target) {
    return ask(router, Method::get, std::move(target)).body;
}

TEST(Router, LiteralBeforeParamBeforeRest) {
    Router router;
    router.route(Method::get, "/courses/{slug}", says("course"));
    router.route(Method::get, "/courses/new", says("new"));
    router.route(Method::get, "/courses/{slug}/outline", says("outline"));
    router.route(Method::get, "/{path...}", says("rest"));
    EXPECT_EQ(get(router, "/courses/new"), "new");
    EXPECT_EQ(get(router, "/courses/other?x=1"), "course slug=other");
    EXPECT_EQ(get(router, "/courses/new/outline"), "outline slug=new") << "steps back out of the literal branch";
    EXPECT_EQ(get(router, "/courses/a/b/c"), "rest path=courses/a/b/c");
    EXPECT_EQ(get(router, "/"), "rest path=");
}

TEST(Router, ParamsAreDecodedAndNeverEmpty) {
    Router router;
    router.route(Method::get, "/tags/{tag}", says("tag"));
    router.route(Method::get, "/files/{path...}", says("file"));
    EXPECT_EQ(get(router, "/tags/a%20b%C3%A4+c"), "tag tag=a bä+c");
    EXPECT_EQ(ask(router, Method::get, "/tags/").status, 404U);
    EXPECT_EQ(ask(router, Method::get, "/tags").status, 404U);
    EXPECT_EQ(get(router, "/files/a%20b/c"), "file path=a b/c");
    for (const auto* path : {"/tags/%", "/tags/%2", "/tags/%gg", "/tags/a%2Fb", "/tags/%5c", "/tags/%00", "/tags/%ff",
                             "/tags/%C0%AF", "/tags/..", "/tags/%2e", "/files/a/../b", "/tags/%ED%A0%80"}) {
        EXPECT_EQ(ask(router, Method::get, path).status, 400U) << path;
    }
}

TEST(Router, QueriesThatAreNotTextAreRefused) {
    Router router;
    router.route(Method::get, "/x", [](Request& request) -> Task<Response> {
        co_return text_response(200, request.query_param("q").value_or("none"));
    });
    EXPECT_EQ(get(router, "/x?q=%C3%A4+%25&r=1"), "ä %");
    EXPECT_EQ(get(router, "/x?q=like.%growth%"), "like.%growth%");
    EXPECT_EQ(get(router, "/x?q=a%2"), "a%2");
    for (const auto* query : {"q=%FF", "q=%00", "q=a%00b", "%ff=1", "q=%C3&r=%A4", "q=%ED%A0%80", "q=%C0%80"}) {
        EXPECT_EQ(ask(router, Method::get, std::string("/x?") + query).status, 400U) << query;
    }
}

TEST(Router, TooManySegmentsAreRefused) {
    Router router;
    router.route(Method::get, "/{path...}", says("rest"));
    std::string deep;
    for (int i = 0; i < 65; ++i) deep += "/a";
    EXPECT_EQ(ask(router, Method::get, deep).status, 400U);
}

TEST(Router, WrongMethodIs405WithAllow) {
    Router router;
    router.route(Method::get, "/x/{id}", says("get"));
    router.route(Method::delete_, "/x/{id}", says("delete"));
    router.route(Method::post, "/x/special", says("post"));
    const Answer answer = ask(router, Method::put, "/x/special");
    EXPECT_EQ(answer.status, 405U);
    EXPECT_EQ(answer.headers.find("allow"), "OPTIONS, GET, HEAD, POST, DELETE");
    EXPECT_THAT(answer.body, HasSubstr("method_not_allowed"));
    EXPECT_EQ(get(router, "/x/special"), "get id=special") << "another branch has the method";
    EXPECT_EQ(ask(router, Method::head, "/x/1").status, 200U);
    const Answer options = ask(router, Method::options, "/x/1");
    EXPECT_EQ(options.status, 204U);
    EXPECT_EQ(options.headers.find("allow"), "OPTIONS, GET, HEAD, DELETE");
}

TEST(Router, MiddlewareRunsInOrderAroundEverything) {
    Router router;
    std::string trace;
    const auto note = [&trace](std::string name) {
        return [&trace, name](Request& request, const Handler& next) -> Task<Response> {
            trace += name + '(';
            Response response = co_await next(request);
            trace += ')';
            co_return response;
        };
    };
    router.use(note("a"));
    router.use("/api", note("b"));
    router.route(Method::get, "/api/x", says("x"));
    router.route(Method::get, "/apix", says("y"));
    router.use(note("c"));
    const auto trace_of = [&](Method method, std::string target) {
        trace.clear();
        ask(router, method, std::move(target));
        return trace;
    };
    EXPECT_EQ(trace_of(Method::get, "/api/x"), "a(b(c()))");
    EXPECT_EQ(trace_of(Method::get, "/apix"), "a(c())");
    EXPECT_EQ(trace_of(Method::get, "/api/unknown"), "a(b(c()))") << "404 has the middleware too";
    EXPECT_EQ(trace_of(Method::options, "/api/x"), "a(b(c()))") << "CORS answers preflights here";
    EXPECT_EQ(trace_of(Method::post, "/api/x"), "a(b(c()))");
}

TEST(Router, MiddlewareMayAnswerItself) {
    Router router;
    bool was_called = false;
    router.use([](Request& request, const Handler&) -> Task<Response> {
        co_return render_error({Code::unauthenticated, "unauthenticated"}, request);
    });
    router.route(Method::get, "/x", [&](Request&) -> Task<Response> {
        was_called = true;
        co_return empty(204);
    });
    EXPECT_EQ(ask(router, Method::get, "/x").status, 401U);
    EXPECT_FALSE(was_called);
}

TEST(Router, ErrorsHaveTheShapeOfTheRouteFamily) {
    Router router;
    router.errors("/auth", [](const Error& error, unsigned status, const Request&) {
        return json_response(status, "{\"error_code\":\"" + error.reason + "\"}");
    });
    router.errors("/auth/v1/deep",
                  [](const Error&, unsigned status, const Request&) { return json_response(status, "deep"); });
    router.route(Method::get, "/auth/v1/user", says("user"));
    EXPECT_EQ(get(router, "/auth/v1/none"), "{\"error_code\":\"not_found\"}");
    EXPECT_EQ(ask(router, Method::post, "/auth/v1/user").body, "{\"error_code\":\"method_not_allowed\"}");
    EXPECT_EQ(get(router, "/auth/v1/deep/x"), "deep");
    EXPECT_THAT(get(router, "/authx"), HasSubstr("\"type\":\"about:blank\""));
    Request half = request_for(Method::get, "/auth/v1/user");
    EXPECT_EQ(body_of(router.refuse(half, 431, {Code::invalid_argument, "headers_too_large"})),
              "{\"error_code\":\"headers_too_large\"}");
}

TEST(Router, ExceptionsBecomeProblems) {
    Router router;
    std::string reported;
    router.on_failure([&](const Request&, std::string_view what) { reported = what; });
    router.route(Method::get, "/bug", [](Request&) -> Task<Response> { throw std::logic_error("the secret"); });
    router.route(Method::get, "/early", [](Request&) -> Task<Response> {
        if (true) throw std::logic_error("before the coroutine");
        co_return empty(204);
    });
    router.route(Method::get, "/away", [](Request&) -> Task<Response> { throw Unavailable("database", 3); });
    router.route(Method::get, "/late", [](Request&) -> Task<Response> { throw DeadlineExceeded("late"); });
    router.route(Method::get, "/peer", [](Request&) -> Task<Response> {
        throw ClientError(ClientError::Kind::connect, "connection refused");
    });
    router.route(Method::get, "/slow-peer",
                 [](Request&) -> Task<Response> { throw ClientError(ClientError::Kind::timeout, "took too long"); });
    router.route(Method::get, "/refused",
                 [](Request&) -> Task<Response> { throw RequestRefused(413, "body_too_large", "x"); });
    const Answer bug = ask(router, Method::get, "/bug");
    EXPECT_EQ(bug.status, 500U);
    EXPECT_EQ(bug.body.find("secret"), std::string::npos);
    EXPECT_EQ(reported, "the secret");
    EXPECT_EQ(ask(router, Method::get, "/early").status, 500U);
    const Answer away = ask(router, Method::get, "/away");
    EXPECT_EQ(away.status, 503U);
    EXPECT_EQ(away.headers.find("retry-after"), "3");
    EXPECT_EQ(ask(router, Method::get, "/late").status, 504U);
    const Answer peer = ask(router, Method::get, "/peer");
    EXPECT_EQ(peer.status, 503U);
    EXPECT_EQ(peer.headers.find("retry-after"), "1");
    EXPECT_EQ(ask(router, Method::get, "/slow-peer").status, 504U);
    EXPECT_EQ(ask(router, Method::get, "/refused").status, 413U);
}

TEST(Router, HooksSeeEveryResponse) {
    Router router;
    router.on_response([](const Request&, Response& response) { response.headers.set("x-hook", "1"); });
    router.route(Method::get, "/x", says("x"));
    EXPECT_EQ(ask(router, Method::get, "/x").headers.find("x-hook"), "1");
    EXPECT_EQ(ask(router, Method::get, "/none").headers.find("x-hook"), "1");
    Request half = request_for(Method::get, "/");
    EXPECT_EQ(router.refuse(half, 400, {Code::invalid_argument, "x"}).headers.find("x-hook"), "1");
}

TEST(Router, MistakesInDeclarationsAreErrorsAtStart) {
    Router router;
    router.route(Method::get, "/x/{a}", says("x"));
    EXPECT_THROW(router.route(Method::get, "/x/{b}", says("y")), std::logic_error);
    EXPECT_THROW(router.route(Method::get, "x", says("y")), std::logic_error);
    EXPECT_THROW(router.route(Method::get, "/{a...}/b", says("y")), std::logic_error);
    ask(router, Method::get, "/x/1");
    EXPECT_THROW(router.route(Method::get, "/late", says("z")), std::logic_error);
}

TEST(Router, FallbackAnswersUnknownPathsOnly) {
    Router router;
    router.route(Method::post, "/x", says("x"));
    router.fallback(says("fallback"));
    EXPECT_EQ(get(router, "/unknown"), "fallback");
    EXPECT_EQ(ask(router, Method::get, "/x").status, 405U);
}

TEST(Request, AttachmentsParametersAndCookies) {
    Request request = request_for(Method::get, "/x?a=1&b=%C3%A4+x&a=2&bad=%zz&flag");
    EXPECT_EQ(request.query_param("a"), "1");
    EXPECT_EQ(request.query_param("b"), "ä x");
    EXPECT_EQ(request.query_param("bad"), "%zz") << "not an escape, so it stays";
    EXPECT_EQ(request.query_param("flag"), "");
    EXPECT_EQ(request.query_param("none"), std::nullopt);
    EXPECT_EQ(request.query_params().size(), 5U);
    request.headers.add("Cookie", "a=1; session=x=y; b=2");
    EXPECT_EQ(request.cookie("session"), "x=y");
    EXPECT_EQ(request.cookie("sess"), std::nullopt);
    EXPECT_EQ(request.attached<std::string>(), nullptr);
    request.attach(std::string("one"));
    request.attach(7);
    request.attach_shared(std::make_shared<const std::string>("two"));
    EXPECT_EQ(*request.attached<std::string>(), "two");
    EXPECT_EQ(*request.attached<int>(), 7);
}

TEST(Headers, SetReplacesAndAliasesAreSafe) {
    Headers headers{{"A", "1"}, {"b", "2"}, {"a", "3"}};
    EXPECT_EQ(headers.count("a"), 2U);
    headers.set("a", *headers.find("b"));
    EXPECT_EQ(headers.count("A"), 1U);
    EXPECT_EQ(headers.find("a"), "2");
    for (int i = 0; i < 50; ++i) headers.add("copy", *headers.find("a"));
    EXPECT_EQ(headers.all("copy").size(), 50U);
    EXPECT_EQ(headers.all("copy").back(), "2");
    headers.remove("COPY");
    EXPECT_EQ(headers.size(), 2U);
    EXPECT_THROW(headers.add("x", "a\r\nset-cookie: b"), std::invalid_argument);
    EXPECT_THROW(headers.add("x\n", "a"), std::invalid_argument);
    EXPECT_TRUE(has_token("keep-alive, Close ,x", "close"));
    EXPECT_FALSE(has_token("closed", "close"));
}

TEST(IsBelow, ComparesAsTheRouterDoes) {
    for (const char* path :
         {"/auth/v1", "/auth/v1/", "/auth/v1/user", "/%61uth/v1/user", "/auth/%76%31", "/auth/v1/%zz"}) {
        EXPECT_TRUE(is_below(path, "/auth/v1")) << path;
    }
    for (const char* path : {"/auth/v10", "/auth", "/%61uth/v10", "/x/auth/v1", "/%2561uth/v1", "/%zz/auth/v1"}) {
        EXPECT_FALSE(is_below(path, "/auth/v1")) << path;
    }
    EXPECT_TRUE(is_below("/%zz", "/"));
}

}  // namespace
}  // namespace platform::http
