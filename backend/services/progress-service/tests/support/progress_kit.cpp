#include "services/progress-service/tests/support/progress_kit.hpp"

#include "platform/http/endpoint.hpp"

namespace tt::progress::testing {
namespace {

db::PoolConfig pool_config(const TestDb& database) {
    db::PoolConfig config;
    config.conninfo = database.url_as("tt_academy");
    config.name = "academy";
    return config;
}

std::filesystem::path new_folder() {
    return std::filesystem::temp_directory_path() / ("tt-progress-" + to_string(uuid_v4()));
}

Task<Answered> dispatch(const http::Router& router, std::string method, std::string target, std::string body,
                        std::optional<UserId> user) {
    http::Request request;
    request.method_text = method;
    request.method = http::parse_method(method);
    request.target = std::move(target);
    request.body = std::move(body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
    Principal caller;
    if (user) {
        caller.role = "authenticated";
        caller.user_id = user;
    }
    request.attach(std::move(caller));
    http::Response response = co_await router.dispatch(request);
    const auto* text = std::get_if<std::string>(&response.body);
    co_return Answered{response.status, text ? *text : std::string(), std::move(response.headers)};
}

}  // namespace

std::string Answered::code() const {
    const auto object = json();
    const auto* code = object.if_contains("code");
    return code ? std::string(code->as_string()) : std::string();
}

ProgressKit::ProgressKit()
    : pool(runtime.get(), pool_config(database)),
      clock(SystemClock().now()),
      folder(new_folder()),
      objects(folder, runtime.get()),
      service({pool.database("svc_progress"), courses, objects, runtime.get(), clock},
              {.certificates = {.academy_url = "http://127.0.0.1:8501"}, .present_html = {}}) {
    service.mount(router);
    const std::string course = to_string(courses.course.course_id);
    database.exec("INSERT INTO public.courses (id, slug, title) VALUES ('" + course + "', 'tactics', 'Tactics')");
    database.exec("INSERT INTO academy.quizzes (id, course_id) VALUES ('" + to_string(courses.definition.id) + "', '" +
                  course + "')");
    run(service.start());
}

ProgressKit::~ProgressKit() {
    runtime.stop();
    std::filesystem::remove_all(folder);
}

std::future<Answered> ProgressKit::start(const std::string& method, const std::string& target, const std::string& body,
                                         std::optional<UserId> user, std::size_t thread) {
    return runtime.start(dispatch(router, method, target, body, user), thread);
}

Answered ProgressKit::call(const std::string& method, const std::string& target, const std::string& body,
                           std::optional<UserId> user) {
    return start(method, target, body, user, 0).get();
}

UserId ProgressKit::enrolled(const std::string& name) {
    const UserId user = UserId::make();
    course::Enrollment enrollment{EnrollmentId::make(),
                                  user,
                                  courses.course.course_id,
                                  {},
                                  "active",
                                  clock.now() - std::chrono::hours(1),
                                  {},
                                  {}};
    database.exec("INSERT INTO public.enrollments (user_id, id, course_id) VALUES ('" + to_string(user) + "', '" +
                  to_string(enrollment.id) + "', '" + to_string(enrollment.course_id) + "')");
    courses.enrollments[user] = enrollment;
    courses.learners[user] = {user, name, "en", "UTC", 0, "active"};
    return user;
}

std::string ProgressKit::event(const std::string& verb, LessonId lesson, const std::string& data) const {
    return event_with_id(uuid_v7(), verb, lesson, data);
}

std::string ProgressKit::event_with_id(const Uuid& id, const std::string& verb, LessonId lesson,
                                       const std::string& data) const {
    std::string text = R"({"event_id":")" + to_string(id) + R"(","verb":")" + verb + R"(","course_id":")" +
                       to_string(courses.course.course_id) + R"(","lesson_id":")" + to_string(lesson) +
                       R"(","occurred_at":")" + to_rfc3339(clock.now()) + R"(","client_seq":)" + std::to_string(++sent);
    if (!data.empty()) text += R"(,"data":)" + data;
    return text + '}';
}

Answered ProgressKit::report(UserId user, const std::vector<std::string>& events) {
    std::string body = R"({"events":[)";
    for (const auto& event : events) body += (body.back() == '[' ? "" : ",") + event;
    return call("POST", "/api/v1/progress", body + "]}", user);
}

std::string ProgressKit::attempts_path() const {
    return "/api/v1/quizzes/" + to_string(courses.definition.id) + "/attempts";
}

boost::json::object ProgressKit::started(UserId user) {
    const auto response = call("POST", attempts_path(), {}, user);
    EXPECT_LE(response.status, 201U) << response.body;
    return response.json();
}

Answered ProgressKit::answer(UserId user, const boost::json::object& attempt, int slot, const std::string& response,
                             int seq) {
    const std::string path =
        "/api/v1/attempts/" + std::string(attempt.at("id").as_string()) + "/answers/" + std::to_string(slot);
    return call("PUT", path, R"({"response":)" + response + R"(,"client_seq":)" + std::to_string(seq) + '}', user);
}

void ProgressKit::answer_all(UserId user, const boost::json::object& attempt, int seq) {
    const std::vector<std::string> right{R"({"option":"b"})", R"({"options":["a","c"]})", R"({"option":"t"})",
                                         R"({"value":"3,6"})", R"({"text":" paris "})"};
    for (std::size_t i = 0; i < right.size(); ++i) {
        const auto saved = answer(user, attempt, static_cast<int>(i) + 1, right[i], seq);
        EXPECT_EQ(saved.status, 200U) << saved.body;
    }
}

void ProgressKit::complete(UserId user) {
    const auto reported = report(user, {event("lesson.opened", courses.reading),
                                        event("video.segment", courses.watching, R"({"from_ms":0,"to_ms":95000})")});
    EXPECT_EQ(reported.status, 200U) << reported.body;
    const auto attempt = started(user);
    answer_all(user, attempt);
    const auto id = std::string(attempt.at("id").as_string());
    const auto result = call("POST", "/api/v1/attempts/" + id + "/submit", {}, user);
    EXPECT_EQ(result.status, 200U) << result.body;
}

}  // namespace tt::progress::testing
