#include "platform/http/endpoint.hpp"
#include "services/content-service/src/api/routes.hpp"
#include "services/content-service/src/growth.hpp"
#include "services/content-service/src/newsletter.hpp"
#include "shared/types/principal.hpp"

namespace tt::content::api {

struct StartSession {
    std::optional<boost::json::value> utm;
};
BOOST_DESCRIBE_STRUCT(StartSession, (), (utm))

struct SessionToken {
    std::string token;
};
BOOST_DESCRIBE_STRUCT(SessionToken, (), (token))

struct AnswerRequest {
    std::vector<std::string> options;
    std::optional<int> ms;  ///< time the visitor took; accepted for clients that measure it
};
BOOST_DESCRIBE_STRUCT(AnswerRequest, (), (options, ms))

struct CompleteRequest {
    std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(CompleteRequest, (), (email))

struct QuizResults {
    std::vector<QuizResult> items;
};
BOOST_DESCRIBE_STRUCT(QuizResults, (), (items))

}  // namespace tt::content::api

namespace platform::json {
template <>
inline constexpr Rule rule<&tt::content::api::AnswerRequest::options>{.min_items = 1, .max_items = 20};
template <>
inline constexpr Rule rule<&tt::content::api::CompleteRequest::email>{.max_length = 254, .format = "email"};
}  // namespace platform::json

namespace tt::content::api {
namespace {

constexpr std::size_t utm_limit_bytes = 2048;

std::string token_of(const http::Request& request) {
    return std::string(request.param("token"));
}

template <class T>
Task<Result<http::Reply<T>>> replied(Task<Result<T>> pending) {
    auto result = co_await std::move(pending);
    if (!result) co_return result.error();
    co_return http::Reply<T>{.body = std::move(*result)};
}

Task<Result<http::Reply<SessionToken>>> start(Growth& growth, http::Request& request, StartSession body) {
    std::string utm = body.utm && body.utm->is_object() ? boost::json::serialize(*body.utm) : "{}";
    if (utm.size() > utm_limit_bytes) {
        co_return Error{
            Code::invalid_argument, "validation_failed", "utm is too large.", {{"/utm", "at most 2048 bytes"}}};
    }
    auto token = co_await growth.start(std::string(request.param("slug")), std::move(utm));
    if (!token) co_return token.error();
    co_return http::Reply<SessionToken>{.status = 201, .body = {std::move(*token)}};
}

Task<Result<http::Reply<QuizResult>>> complete(Growth& growth, http::Request& request, CompleteRequest body) {
    std::optional<std::string> email;
    if (body.email) email = normalize_email(*body.email);
    return replied(growth.complete(token_of(request), std::move(email)));
}

Task<Result<http::Reply<QuizResult>>> claim(Growth& growth, http::Request& request) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    auto result = co_await growth.claim(token_of(request), *user);
    if (!result) co_return result.error();
    co_return http::Reply<QuizResult>{.body = std::move(*result)};
}

Task<Result<http::Reply<QuizResults>>> my_results(Growth& growth, http::Request& request) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    http::Reply<QuizResults> reply;
    reply.body.items = co_await growth.results_of(*user);
    co_return reply;
}

http::RouteOptions describe(std::string id, std::string summary, std::vector<std::string> reasons,
                            bool is_public = true) {
    return {.operation_id = std::move(id),
            .summary = std::move(summary),
            .tag = "growth quiz",
            .error_reasons = std::move(reasons),
            .is_public = is_public};
}

void mount_sessions(http::Router& router, Growth& growth) {
    using http::Method;
    router.typed<StartSession, SessionToken>(
        Method::post, "/api/v1/quizzes/{slug}/sessions",
        [&growth](http::Request& request, StartSession body) { return start(growth, request, std::move(body)); },
        describe("start_growth_quiz", "Starts a session; its token is the only key to it", {"404 quiz_not_found"}));
    router.typed<AnswerRequest, AnswerReceipt>(
        Method::put, "/api/v1/quiz-sessions/{token}/answers/{question_key}",
        [&growth](http::Request& request, AnswerRequest body) {
            return replied(
                growth.answer(token_of(request), std::string(request.param("question_key")), std::move(body.options)));
        },
        describe("answer_growth_quiz", "Stores one answer; the same answer again changes nothing",
                 {"400 answer_invalid", "404 session_not_found", "404 question_unknown", "409 quiz_completed"}));
    router.typed<CompleteRequest, QuizResult>(
        Method::post, "/api/v1/quiz-sessions/{token}/complete",
        [&growth](http::Request& request, CompleteRequest body) { return complete(growth, request, std::move(body)); },
        describe("complete_growth_quiz", "Computes the result; completing again returns it unchanged",
                 {"404 session_not_found", "409 quiz_incomplete"}));
}

}  // namespace

void mount_growth_quiz(http::Router& router, Growth& growth) {
    using http::Method;
    router.typed<http::NoBody, PublicQuiz>(
        Method::get, "/api/v1/quizzes/{slug}",
        [&growth](http::Request& request, http::NoBody) {
            return replied(growth.quiz(std::string(request.param("slug"))));
        },
        describe("get_growth_quiz", "The questions of a quiz of the website", {"404 quiz_not_found"}));
    mount_sessions(router, growth);
    router.typed<http::NoBody, QuizResult>(
        Method::get, "/api/v1/quiz-results/{token}",
        [&growth](http::Request& request, http::NoBody) { return replied(growth.result(token_of(request))); },
        describe("get_growth_result", "The result of a completed session",
                 {"404 session_not_found", "409 quiz_incomplete"}));
    router.typed<http::NoBody, QuizResult>(
        Method::post, "/api/v1/quiz-results/{token}/claim",
        [&growth](http::Request& request, http::NoBody) { return claim(growth, request); },
        describe("claim_growth_result", "Gives a result to the caller's account",
                 {"401 unauthenticated", "404 session_not_found", "409 result_claimed"}, false));
    router.typed<http::NoBody, QuizResults>(
        Method::get, "/api/v1/me/quiz-results",
        [&growth](http::Request& request, http::NoBody) { return my_results(growth, request); },
        describe("list_my_growth_results", "The caller's results, newest first", {"401 unauthenticated"}, false));
}

}  // namespace tt::content::api
