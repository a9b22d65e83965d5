#include "platform/http/endpoint.hpp"
#include "services/progress-service/contract/internal_api.hpp"
#include "services/progress-service/src/internal_api.hpp"
#include "shared/types/principal.hpp"

namespace tt::progress {
namespace {

using http::Method;
using http::NoBody;
using http::Reply;
using http::Request;

template <class Out>
using Answer = Result<Reply<Out>>;

Task<Answer<internal::CourseProgressReply>> post_courses(ProgressClient& client, Request& request,
                                                         internal::CourseProgressCall call) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    internal::CourseProgressReply reply;
    reply.items = co_await client.course_progress(call.user_id, std::move(call.course_ids));
    co_return Reply<internal::CourseProgressReply>{200, std::move(reply), {}};
}

Task<Answer<internal::LessonStatesReply>> get_lessons(ProgressClient& client, Request& request) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    const auto user = UserId::parse(request.param("user"));
    const auto course = CourseId::parse(request.param("course"));
    internal::LessonStatesReply reply;
    if (user && course) reply.items = co_await client.lesson_states(*user, *course);
    co_return Reply<internal::LessonStatesReply>{200, std::move(reply), {}};
}

Task<Answer<internal::QuizRulesReply>> post_rules(ProgressClient& client, Request& request,
                                                  internal::QuizRulesCall call) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    internal::QuizRulesReply reply;
    reply.items = co_await client.quiz_rules_for(call.user_id, std::move(call.quiz_ids));
    co_return Reply<internal::QuizRulesReply>{200, std::move(reply), {}};
}

}  // namespace

void ProgressInternalApi::mount(http::Router& router) {
    const auto courses = [this](Request& request, internal::CourseProgressCall call) {
        return post_courses(client_, request, std::move(call));
    };
    const auto lessons = [this](Request& request, NoBody) { return get_lessons(client_, request); };
    const auto rules = [this](Request& request, internal::QuizRulesCall call) {
        return post_rules(client_, request, std::move(call));
    };
    const http::RouteOptions options{.tag = "internal", .rate_bucket = "none", .is_hidden = true};
    router.typed<internal::CourseProgressCall, internal::CourseProgressReply>(
        Method::post, "/internal/v1/course-progress", courses, options);
    router.typed<NoBody, internal::LessonStatesReply>(Method::get, "/internal/v1/users/{user}/lesson-states/{course}",
                                                      lessons, options);
    router.typed<internal::QuizRulesCall, internal::QuizRulesReply>(Method::post, "/internal/v1/quiz-rules", rules,
                                                                    options);
}

}  // namespace tt::progress
