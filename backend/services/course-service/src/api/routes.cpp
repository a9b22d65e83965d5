#include "platform/http/endpoint.hpp"
#include "services/course-service/src/api/answer.hpp"
#include "services/course-service/src/service.hpp"
#include "shared/types/principal.hpp"
#include "shared/utils/personal_data.hpp"

namespace tt::course {

namespace {

using http::Method;
using http::NoBody;
using http::Reply;
using http::Request;

Task<Answer<api::CourseList>> get_courses(CourseService& service, Request& request) {
    auto query = http::parse_query<api::CourseQuery>(request);
    if (!query) co_return query.error();
    co_return answer(co_await service.list(std::move(*query)));
}

Task<Answer<api::CoursePage>> get_course(CourseService& service, Request& request) {
    std::string slug(request.param("slug"));
    co_return answer(co_await service.page(std::move(slug), principal(request).user_id));
}

Task<Answer<api::EnrollmentView>> post_enrollment(CourseService& service, Request& request, CourseId course) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    const auto outcome = co_await service.catalogue().enroll(*user, course);
    if (!outcome) co_return outcome.error();
    Reply<api::EnrollmentView> reply;
    reply.status = outcome->created ? 201 : 200;
    reply.body = api::to_view(outcome->enrollment);
    co_return reply;
}

Task<Answer<api::MyCourses>> get_my_enrollments(CourseService& service, Request& request) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    Reply<api::MyCourses> reply;
    reply.body = co_await service.my_courses(*user);
    co_return reply;
}

Task<Answer<api::Outline>> get_outline(CourseService& service, Request& request) {
    const auto user = require_user(request);
    if (!user) co_return user.error();
    std::string slug(request.param("slug"));
    co_return answer(co_await service.outline(std::move(slug), *user));
}

Task<Answer<api::Lesson>> get_lesson(CourseService& service, Request& request) {
    const auto id = LessonId::parse(request.param("id"));
    if (!id) co_return Error{Code::not_found, "lesson_not_found", "There is no such lesson."};
    co_return answer(co_await service.lesson(*id, principal(request).user_id));
}

void mount_catalogue(http::Router& router, CourseService& service) {
    router.typed<NoBody, api::CourseList>(
        Method::get, "/api/v1/courses", [&service](Request& request, NoBody) { return get_courses(service, request); },
        {.operation_id = "listCourses",
         .summary = "Published courses, with search, filters and how many each filter would leave",
         .tag = "courses",
         .error_reasons = {"400 validation_failed", "400 invalid_cursor"},
         .is_public = true,
         .query_type = &json::type_of<api::CourseQuery>});
    router.typed<NoBody, api::CoursePage>(
        Method::get, "/api/v1/courses/{slug}",
        [&service](Request& request, NoBody) { return get_course(service, request); },
        {.operation_id = "getCourse",
         .summary = "One course: description, outcomes, syllabus, and the caller's enrollment",
         .tag = "courses",
         .error_reasons = {"404 course_not_found"},
         .is_public = true});
    router.typed<NoBody, api::Outline>(
        Method::get, "/api/v1/courses/{slug}/outline",
        [&service](Request& request, NoBody) { return get_outline(service, request); },
        {.operation_id = "getCourseOutline",
         .summary = "The caller's way through a course: what is done, where to continue",
         .tag = "learning",
         .error_reasons = {"401 unauthenticated", "403 not_enrolled", "404 course_not_found"}});
    router.typed<NoBody, api::Lesson>(
        Method::get, "/api/v1/lessons/{id}",
        [&service](Request& request, NoBody) { return get_lesson(service, request); },
        {.operation_id = "getLesson",
         .summary = "A lesson with its content; preview lessons need no token",
         .tag = "learning",
         .error_reasons = {"401 unauthenticated", "403 not_enrolled", "404 lesson_not_found"},
         .is_public = true});
}

void mount_enrollments(http::Router& router, CourseService& service) {
    const std::vector<std::string> reasons{"400 validation_failed", "401 unauthenticated", "402 payment_required",
                                           "404 course_not_found", "409 course_not_open"};
    router.typed<api::EnrollRequest, api::EnrollmentView>(
        Method::post, "/api/v1/enrollments",
        [&service](Request& request, api::EnrollRequest body) {
            return post_enrollment(service, request, body.course_id);
        },
        {.operation_id = "enroll",
         .summary = "Joins a free course: 201 the first time, 200 with the same enrollment after that",
         .tag = "learning",
         .error_reasons = reasons});
    router.typed<NoBody, api::MyCourses>(
        Method::get, "/api/v1/me/enrollments",
        [&service](Request& request, NoBody) { return get_my_enrollments(service, request); },
        {.operation_id = "listMyEnrollments",
         .summary = "The caller's courses with the progress in each",
         .tag = "learning",
         .error_reasons = {"401 unauthenticated"}});
    // The Supabase function, below /functions/v1 and at the root of a functions host name.
    for (const char* pattern : {"/functions/v1/enroll", "/enroll"}) {
        router.typed<api::EnrollFunctionRequest, api::EnrollmentView>(
            Method::post, pattern,
            [&service](Request& request, api::EnrollFunctionRequest body) {
                return post_enrollment(service, request, body.courseId);
            },
            {.operation_id = std::string_view(pattern) == "/enroll" ? "enrollAtRoot" : "enrollFunction",
             .summary = "The enroll function as supabase-js calls it",
             .tag = "functions",
             .error_reasons = reasons});
    }
}

}  // namespace

void CourseService::mount(http::Router& router) {
    mount_catalogue(router, *this);
    mount_enrollments(router, *this);
    mount_personal_data(router, "courses", *this);
}

}  // namespace tt::course
