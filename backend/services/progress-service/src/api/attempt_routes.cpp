#include "platform/http/endpoint.hpp"
#include "services/progress-service/src/api/attempt_api.hpp"
#include "services/progress-service/src/api/routes.hpp"

#include <charconv>

namespace tt::progress::api {
namespace {

using http::Reply;
using http::Request;

/// A path parameter that is no id names nothing.
Result<Uuid> id_param(const Request& request, std::string_view name, std::string reason) {
    const auto id = request.uuid_param(name);
    if (!id) return Error{Code::not_found, std::move(reason)};
    return *id;
}

int slot_param(const Request& request) {
    const std::string_view text = request.param("slot");
    int slot = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), slot);
    return error == std::errc{} && end == text.data() + text.size() ? slot : 0;
}

Task<Result<Reply<AttemptView>>> post_attempt(ProgressService& service, Request& request) {
    const auto quiz = id_param(request, "quiz_id", "quiz_not_found");
    if (!quiz) co_return quiz.error();
    co_return co_await start_attempt(service, request, QuizId{*quiz});
}

Task<Result<Reply<AttemptList>>> get_attempts(ProgressService& service, Request& request) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    const auto quiz = id_param(request, "quiz_id", "quiz_not_found");
    if (!quiz) co_return quiz.error();
    auto list = co_await service.attempts().list(*user, QuizId{*quiz});
    if (!list) co_return list.error();
    co_return Reply<AttemptList>{200, std::move(*list), {}};
}

Task<Result<Reply<AttemptView>>> get_attempt(ProgressService& service, Request& request) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    const auto id = id_param(request, "id", "attempt_not_found");
    if (!id) co_return id.error();
    auto attempt = co_await service.attempts().find(*user, AttemptId{*id});
    if (!attempt) co_return attempt.error();
    co_return Reply<AttemptView>{200, presented(service, std::move(*attempt)), {}};
}

Task<Result<Reply<AnswerSaved>>> put_answer(ProgressService& service, Request& request, AnswerBody body) {
    const auto id = id_param(request, "id", "attempt_not_found");
    if (!id) co_return id.error();
    const int slot = slot_param(request);
    co_return co_await save_answer(service, request, AttemptId{*id}, slot, std::move(body));
}

Task<Result<Reply<AttemptView>>> post_submit(ProgressService& service, Request& request) {
    const auto id = id_param(request, "id", "attempt_not_found");
    if (!id) co_return id.error();
    co_return co_await submit_attempt(service, request, AttemptId{*id});
}

}  // namespace

AttemptView presented(ProgressService& service, AttemptView attempt) {
    const auto& present = service.config().present_html;
    if (!present) return attempt;
    for (auto& item : attempt.items) {
        item.prompt_html = present(std::move(item.prompt_html));
        for (auto& option : item.options) option.html = present(std::move(option.html));
        if (item.feedback_html) item.feedback_html = present(std::move(*item.feedback_html));
        if (item.explanation_html) item.explanation_html = present(std::move(*item.explanation_html));
    }
    return attempt;
}

Task<Result<Reply<AttemptView>>> start_attempt(ProgressService& service, Request& request, QuizId quiz) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    auto started = co_await service.attempts().start(*user, quiz);
    if (!started) co_return started.error();
    co_return Reply<AttemptView>{started->created ? 201U : 200U, presented(service, std::move(started->attempt)), {}};
}

Task<Result<Reply<AnswerSaved>>> save_answer(ProgressService& service, Request& request, AttemptId attempt, int slot,
                                             AnswerBody body) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    auto saved = co_await service.attempts().answer(*user, attempt, slot, std::move(body.response), body.client_seq);
    if (!saved) co_return saved.error();
    co_return Reply<AnswerSaved>{200, *saved, {}};
}

Task<Result<Reply<AttemptView>>> submit_attempt(ProgressService& service, Request& request, AttemptId attempt) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    auto result = co_await service.attempts().submit(*user, attempt);
    if (!result) co_return result.error();
    co_return Reply<AttemptView>{200, presented(service, std::move(*result)), {}};
}

void mount_attempts(http::Router& router, ProgressService& service) {
    using http::Method;
    using http::NoBody;
    const auto start = [&service](Request& request, NoBody) { return post_attempt(service, request); };
    const auto list = [&service](Request& request, NoBody) { return get_attempts(service, request); };
    const auto find = [&service](Request& request, NoBody) { return get_attempt(service, request); };
    const auto submit = [&service](Request& request, NoBody) { return post_submit(service, request); };
    const auto answer = [&service](Request& request, AnswerBody body) {
        return put_answer(service, request, std::move(body));
    };
    router.typed<NoBody, AttemptView>(
        Method::post, "/api/v1/quizzes/{quiz_id}/attempts", start,
        {.operation_id = "start_attempt",
         .summary = "Starts an attempt (201) or returns the open one (200)",
         .tag = "quizzes",
         .error_reasons = {"404 quiz_not_found", "403 not_enrolled", "409 attempts_exhausted", "409 quiz_closed",
                           "409 quiz_not_open", "409 retry_too_soon", "409 quiz_has_no_questions"}});
    router.typed<NoBody, AttemptList>(Method::get, "/api/v1/quizzes/{quiz_id}/attempts", list,
                                      {.operation_id = "list_attempts",
                                       .summary = "Own attempts at a quiz, and its rules",
                                       .tag = "quizzes",
                                       .error_reasons = {"404 quiz_not_found", "403 not_enrolled"}});
    router.typed<NoBody, AttemptView>(Method::get, "/api/v1/attempts/{id}", find,
                                      {.operation_id = "get_attempt",
                                       .summary = "An own attempt; its result once it is over",
                                       .tag = "quizzes",
                                       .error_reasons = {"404 attempt_not_found"}});
    router.typed<AnswerBody, AnswerSaved>(
        Method::put, "/api/v1/attempts/{id}/answers/{slot}", answer,
        {.operation_id = "save_answer",
         .summary = "Saves one answer; the highest client_seq wins",
         .tag = "quizzes",
         .error_reasons = {"404 attempt_not_found", "404 slot_not_found", "409 attempt_closed", "422 invalid_response"},
         .rate_bucket = "quiz-answer"});
    router.typed<NoBody, AttemptView>(Method::post, "/api/v1/attempts/{id}/submit", submit,
                                      {.operation_id = "submit_attempt",
                                       .summary = "Hands an attempt in; repeating it returns the same result",
                                       .tag = "quizzes",
                                       .error_reasons = {"404 attempt_not_found"},
                                       .rate_bucket = "quiz-answer"});
}

}  // namespace tt::progress::api
