#include "platform/http/endpoint.hpp"
#include "services/course-service/contract/internal_api.hpp"
#include "services/course-service/src/api/answer.hpp"
#include "services/course-service/src/internal_api.hpp"
#include "shared/types/principal.hpp"

namespace tt::course {

namespace {

using http::Method;
using http::NoBody;
using http::Reply;
using http::Request;

/// An id in a path that is none: there is no such thing.
template <class Id>
Result<Id> path_id(const Request& request, std::string_view name, std::string reason) {
    const auto id = Id::parse(request.param(name));
    if (!id) return Error{Code::not_found, std::move(reason)};
    return *id;
}

Task<Answer<EnrollOutcome>> post_enrollment(CourseClient& client, Request& request, internal::EnrollCall call) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    co_return answer(co_await client.enroll(call.user_id, call.course_id));
}

Task<Answer<Enrollment>> get_enrollment(CourseClient& client, Request& request) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    const auto user = path_id<UserId>(request, "user", "not_enrolled");
    if (!user) co_return user.error();
    const auto course = path_id<CourseId>(request, "course", "not_enrolled");
    if (!course) co_return course.error();
    co_return answer(co_await client.find_enrollment(*user, *course));
}

Task<Answer<CourseStructure>> get_structure(CourseClient& client, Request& request) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    const auto course = path_id<CourseId>(request, "course", "course_not_found");
    if (!course) co_return course.error();
    co_return answer(co_await client.structure(*course));
}

Task<Answer<internal::CourseIdReply>> get_course_id(CourseClient& client, Request& request) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    std::string slug(request.param("slug"));
    const auto course = co_await client.course_by_slug(std::move(slug));
    if (!course) co_return course.error();
    co_return Reply<internal::CourseIdReply>{200, {*course}, {}};
}

Task<Answer<QuizDefinition>> get_quiz(CourseClient& client, Request& request) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    const auto quiz = path_id<QuizId>(request, "quiz", "quiz_not_found");
    if (!quiz) co_return quiz.error();
    co_return answer(co_await client.quiz(*quiz));
}

Task<Answer<internal::RevisionsReply>> post_revisions(CourseClient& client, Request& request,
                                                      internal::QuestionsCall call) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    auto items = co_await client.question_revisions(std::move(call.questions));
    if (!items) co_return items.error();
    co_return Reply<internal::RevisionsReply>{200, {std::move(*items)}, {}};
}

Task<Answer<internal::KeysReply>> post_keys(CourseClient& client, Request& request, internal::QuestionsCall call) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    auto items = co_await client.answer_keys(std::move(call.questions));
    if (!items) co_return items.error();
    co_return Reply<internal::KeysReply>{200, {std::move(*items)}, {}};
}

Task<Answer<Learner>> get_learner(CourseClient& client, Request& request) {
    const auto allowed = require_service(request);
    if (!allowed) co_return allowed.error();
    const auto user = path_id<UserId>(request, "user", "learner_not_found");
    if (!user) co_return user.error();
    co_return answer(co_await client.learner(*user));
}

http::RouteOptions hidden(std::string operation_id) {
    http::RouteOptions options;
    options.operation_id = std::move(operation_id);
    options.tag = "internal";
    options.is_hidden = true;
    return options;
}

template <class Out>
void get(http::Router& router, CourseClient& client, std::string pattern, std::string operation_id,
         Task<Answer<Out>> (*handler)(CourseClient&, Request&)) {
    router.typed<NoBody, Out>(
        Method::get, std::move(pattern),
        [&client, handler](Request& request, NoBody) { return handler(client, request); },
        hidden(std::move(operation_id)));
}

template <class In, class Out>
void post(http::Router& router, CourseClient& client, std::string pattern, std::string operation_id,
          Task<Answer<Out>> (*handler)(CourseClient&, Request&, In)) {
    router.typed<In, Out>(
        Method::post, std::move(pattern),
        [&client, handler](Request& request, In body) { return handler(client, request, std::move(body)); },
        hidden(std::move(operation_id)));
}

}  // namespace

void CourseInternalApi::mount(http::Router& router) {
    post(router, client_, "/internal/v1/enrollments", "internalEnroll", &post_enrollment);
    get(router, client_, "/internal/v1/users/{user}/enrollments/{course}", "internalEnrollment", &get_enrollment);
    get(router, client_, "/internal/v1/courses/{course}/structure", "internalStructure", &get_structure);
    get(router, client_, "/internal/v1/course-ids/{slug}", "internalCourseId", &get_course_id);
    get(router, client_, "/internal/v1/quizzes/{quiz}", "internalQuiz", &get_quiz);
    post(router, client_, "/internal/v1/question-revisions", "internalRevisions", &post_revisions);
    post(router, client_, "/internal/v1/answer-keys", "internalAnswerKeys", &post_keys);
    get(router, client_, "/internal/v1/learners/{user}", "internalLearner", &get_learner);
}

}  // namespace tt::course
