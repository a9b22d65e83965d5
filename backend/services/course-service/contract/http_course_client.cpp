#include "services/course-service/contract/internal_api.hpp"

#include "platform/core/error.hpp"
#include "platform/json/member.hpp"

namespace tt::course {

namespace {

/// As far as the reasons of the contract go; the peer speaks RFC 9457.
Error to_error(unsigned status, std::string_view body) {
    Error error{Code::internal, "internal"};
    switch (status) {
        case 402:
            error.code = Code::payment_required;
            break;
        case 404:
            error.code = Code::not_found;
            break;
        case 409:
            error.code = Code::conflict;
            break;
        default:
            throw Unavailable("course-service answered " + std::to_string(status));
    }
    const auto problem = json::parse_value(body);
    const auto* object = problem ? problem->if_object() : nullptr;
    if (!object) return error;
    error.reason = json::text_member(*object, "code");
    error.message = json::text_member(*object, "detail");
    return error;
}

class HttpCourseClient final : public CourseClient {
public:
    HttpCourseClient(http::SigningClient http, std::string base_url)
        : http_(std::move(http)), base_url_(std::move(base_url)) {}

    Task<Result<EnrollOutcome>> enroll(UserId caller, CourseId course) override {
        const internal::EnrollCall call{caller, course};
        return post<EnrollOutcome>("/internal/v1/enrollments", json::write(call));
    }

    Task<Result<Enrollment>> find_enrollment(UserId user, CourseId course) override {
        return get<Enrollment>("/internal/v1/users/" + to_string(user) + "/enrollments/" + to_string(course));
    }

    Task<Result<CourseStructure>> structure(CourseId course) override {
        return get<CourseStructure>("/internal/v1/courses/" + to_string(course) + "/structure");
    }

    Task<Result<CourseId>> course_by_slug(std::string slug) override {
        const auto reply =
            co_await get<internal::CourseIdReply>("/internal/v1/course-ids/" + http::percent_encode(slug));
        if (!reply) co_return reply.error();
        co_return reply->course_id;
    }

    Task<Result<QuizDefinition>> quiz(QuizId quiz) override {
        return get<QuizDefinition>("/internal/v1/quizzes/" + to_string(quiz));
    }

    Task<Result<std::vector<QuestionRevision>>> question_revisions(std::vector<QuestionRef> questions) override {
        const internal::QuestionsCall call{std::move(questions)};
        auto reply = co_await post<internal::RevisionsReply>("/internal/v1/question-revisions", json::write(call));
        if (!reply) co_return reply.error();
        co_return std::move(reply->items);
    }

    Task<Result<std::vector<AnswerKey>>> answer_keys(std::vector<QuestionRef> questions) override {
        const internal::QuestionsCall call{std::move(questions)};
        auto reply = co_await post<internal::KeysReply>("/internal/v1/answer-keys", json::write(call));
        if (!reply) co_return reply.error();
        co_return std::move(reply->items);
    }

    Task<Result<Learner>> learner(UserId user) override {
        return get<Learner>("/internal/v1/learners/" + to_string(user));
    }

private:
    template <class Out>
    Task<Result<Out>> get(std::string path) {
        return send<Out>("GET", std::move(path), {});
    }

    template <class Out>
    Task<Result<Out>> post(std::string path, std::string body) {
        return send<Out>("POST", std::move(path), std::move(body));
    }

    template <class Out>
    Task<Result<Out>> send(std::string method, std::string path, std::string body) {
        http::ClientRequest request;
        request.method = std::move(method);
        request.url = base_url_ + path;
        if (!body.empty()) request.headers.set("Content-Type", "application/json");
        request.body = std::move(body);
        const auto response = co_await http_.send(std::move(request));
        if (response.status != 200) co_return to_error(response.status, response.body);
        co_return json::parse<Out>(response.body);
    }

    http::SigningClient http_;
    std::string base_url_;
};

}  // namespace

std::unique_ptr<CourseClient> make_http_course_client(http::SigningClient http, std::string base_url) {
    return std::make_unique<HttpCourseClient>(std::move(http), std::move(base_url));
}

}  // namespace tt::course
