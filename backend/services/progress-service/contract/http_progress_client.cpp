#include "platform/core/error.hpp"
#include "services/progress-service/contract/internal_api.hpp"

#include <charconv>

namespace tt::progress {
namespace {

/// The parser may have written a number with an exponent (6.667E1); the shortest plain spelling is what was sent.
void tidy(json::Raw& number) {
    double value = 0;
    const char* end = number.text.data() + number.text.size();
    if (std::from_chars(number.text.data(), end, value).ptr != end) return;
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    number.text.assign(text.data(), written.ptr);
}

void tidy(std::optional<json::Raw>& number) {
    if (number) tidy(*number);
}

class HttpProgressClient final : public ProgressClient {
public:
    HttpProgressClient(http::SigningClient http, std::string base_url)
        : http_(std::move(http)), base_url_(std::move(base_url)) {}

    Task<std::vector<CourseProgress>> course_progress(UserId user, std::vector<CourseId> courses) override {
        const internal::CourseProgressCall call{user, std::move(courses)};
        auto reply =
            co_await send<internal::CourseProgressReply>("POST", "/internal/v1/course-progress", json::write(call));
        for (auto& course : reply.items) tidy(course.grade_percent);
        co_return std::move(reply.items);
    }

    Task<std::vector<LessonState>> lesson_states(UserId user, CourseId course) override {
        const std::string path = "/internal/v1/users/" + to_string(user) + "/lesson-states/" + to_string(course);
        auto reply = co_await send<internal::LessonStatesReply>("GET", path, {});
        co_return std::move(reply.items);
    }

    Task<std::vector<QuizRules>> quiz_rules_for(UserId user, std::vector<QuizId> quizzes) override {
        const internal::QuizRulesCall call{user, std::move(quizzes)};
        auto reply = co_await send<internal::QuizRulesReply>("POST", "/internal/v1/quiz-rules", json::write(call));
        for (auto& quiz : reply.items) {
            tidy(quiz.pass_percent);
            tidy(quiz.best_score_percent);
        }
        co_return std::move(reply.items);
    }

private:
    template <class Out>
    Task<Out> send(std::string method, std::string path, std::string body) {
        http::ClientRequest request;
        request.method = std::move(method);
        request.url = base_url_ + path;
        if (!body.empty()) request.headers.set("Content-Type", "application/json");
        request.body = std::move(body);
        const auto response = co_await http_.send(std::move(request));
        if (response.status != 200) {
            throw Unavailable("progress-service answered " + std::to_string(response.status));
        }
        auto reply = json::parse<Out>(response.body);
        if (!reply) throw Unavailable("progress-service answered unreadably");
        co_return std::move(*reply);
    }

    http::SigningClient http_;
    std::string base_url_;
};

}  // namespace

std::unique_ptr<ProgressClient> make_http_progress_client(http::SigningClient http, std::string base_url) {
    return std::make_unique<HttpProgressClient>(std::move(http), std::move(base_url));
}

}  // namespace tt::progress
