#include "services/course-service/tests/support/course_kit.hpp"

#include "shared/middleware/error_shapes.hpp"

#include <boost/json/parse.hpp>

namespace tt::course::testing {

namespace {

db::PoolConfig pool_config(const TestDb& database) {
    db::PoolConfig config;
    config.conninfo = database.url_as("tt_academy");
    config.name = "academy";
    return config;
}

QuestionDraft choice_question() {
    QuestionDraft question;
    question.import_key = "capital";
    question.type = "single_choice";
    question.prompt_html = "<p>Which is the capital of France?</p>";
    question.options = {{"paris", "Paris"}, {"lyon", "Lyon"}};
    question.answer_key = {R"({"option":"paris"})"};
    return question;
}

QuestionDraft number_question() {
    QuestionDraft question;
    question.import_key = "sum";
    question.type = "numeric";
    question.prompt_html = "<p>1.5 + 2?</p>";
    question.points = "2";
    question.answer_key = {R"({"answers":[{"value":"3.5","tolerance":{"type":"none"}}]})"};
    question.explanation_html = "<p>Add them.</p>";
    return question;
}

BlockDraft text_block(std::string key, std::string html) {
    BlockDraft block;
    block.import_key = std::move(key);
    block.kind = "html";
    block.content_html = std::move(html);
    return block;
}

LessonDraft text_lesson(const std::string& key, bool is_preview = false) {
    LessonDraft lesson;
    lesson.import_key = key;
    lesson.slug = key;
    lesson.title = "Lesson " + key;
    lesson.kind = "article";
    lesson.is_preview = is_preview;
    lesson.est_seconds = 120;
    lesson.blocks.push_back(text_block(key + "-text", "<p>Text of " + key + "</p>"));
    return lesson;
}

LessonDraft quiz_lesson() {
    LessonDraft lesson = text_lesson("exam");
    lesson.kind = "quiz";
    lesson.completion_rule = "quiz_pass";
    BlockDraft block;
    block.import_key = "exam-quiz";
    block.kind = "quiz";
    QuizDraft quiz;
    quiz.import_key = "final";
    quiz.title = "Final";
    quiz.mode = "graded";
    quiz.grade_category = "Exam";
    quiz.max_attempts = 2;
    quiz.pass_percent = "60";
    quiz.questions = {choice_question(), number_question()};
    block.quiz = quiz;
    lesson.blocks.push_back(block);
    return lesson;
}

}  // namespace

CourseDraft sample_draft(const std::string& key) {
    CourseDraft draft;
    draft.import_source = "test";
    draft.import_key = key;
    draft.slug = "course-" + key;
    draft.title = "Course " + key;
    draft.description_html = "<p>About the course</p>";
    draft.outcomes = {"Know something", "Do something"};
    draft.level = "beginner";
    draft.grade_categories.push_back({"Exam", "1", 0, 1});

    ModuleDraft section;
    section.import_key = "section";
    section.title = "Section";
    section.grade_category = "Exam";
    section.lessons = {text_lesson("second"), quiz_lesson()};
    LessonDraft hidden = text_lesson("hidden");
    hidden.published = false;
    section.lessons.push_back(hidden);

    ModuleDraft chapter;
    chapter.import_key = "chapter";
    chapter.title = "Chapter";
    chapter.lessons = {text_lesson("first", true)};
    chapter.sections = {section};
    draft.modules = {chapter};
    return draft;
}

Task<std::vector<progress::CourseProgress>> FakeProgress::course_progress(UserId, std::vector<CourseId> courses) {
    std::vector<progress::CourseProgress> standings;
    for (const auto course : courses) {
        progress::CourseProgress standing;
        standing.course_id = course;
        standing.last_lesson_id = last_lesson_id;
        standings.push_back(standing);
    }
    co_return standings;
}

Task<std::vector<progress::LessonState>> FakeProgress::lesson_states(UserId, CourseId) {
    co_return states;
}

Task<std::vector<progress::QuizRules>> FakeProgress::quiz_rules_for(UserId, std::vector<QuizId> quizzes) {
    std::vector<progress::QuizRules> rules;
    for (const auto quiz : quizzes) {
        progress::QuizRules rule;
        rule.id = quiz;
        rule.title = "Rules for you";
        rules.push_back(rule);
    }
    co_return rules;
}

CourseKit::CourseKit()
    : pool(runtime.get(), pool_config(database)),
      academy(pool.database("svc_course")),
      catalogue(academy, clock),
      signer({std::string(32, 's')}),
      service(academy, catalogue, progress, signer, clock) {
    use_error_shapes(router);
    service.mount(router);
}

CourseKit::~CourseKit() {
    runtime.stop();
}

namespace {

Task<http::Response> dispatch(const http::Router& router, std::string method, std::string target, std::string body,
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
    co_return co_await router.dispatch(request);
}

}  // namespace

http::Response CourseKit::call(std::string method, std::string target, std::string body, std::optional<UserId> user) {
    return start(std::move(method), std::move(target), std::move(body), user, 0).get();
}

std::future<http::Response> CourseKit::start(std::string method, std::string target, std::string body,
                                             std::optional<UserId> user, std::size_t thread) {
    return runtime.start(dispatch(router, std::move(method), std::move(target), std::move(body), user), thread);
}

Task<store::SaveReport> save_in(db::Tx& tx, CourseDraft draft, Time now) {
    co_return co_await store::save_course(tx, std::move(draft), now);
}

namespace {

Task<store::SaveReport> save_and_publish(db::Tx& tx, CourseDraft draft, Time now) {
    auto report = co_await store::save_course(tx, std::move(draft), now);
    const auto version = co_await store::publish_course(tx, report.course_id, "test", now);
    version.value();
    co_return report;
}

}  // namespace

store::SaveReport CourseKit::save(CourseDraft draft) {
    const Time now = clock.now();
    return run(academy.transact([&draft, now](db::Tx& tx) { return save_in(tx, draft, now); }));
}

CourseId CourseKit::publish(CourseDraft draft) {
    const Time now = clock.now();
    const auto report = run(academy.transact([&draft, now](db::Tx& tx) { return save_and_publish(tx, draft, now); }));
    return report.course_id;
}

CourseStructure CourseKit::structure(CourseId course) {
    return run(catalogue.structure(course)).value();
}

CourseDraft CourseKit::unique_draft() {
    return sample_draft(std::to_string(++next_key_));
}

std::string text_of(const http::Response& response) {
    const auto* text = std::get_if<std::string>(&response.body);
    return text ? *text : std::string();
}

boost::json::value json_of(const http::Response& response) {
    return boost::json::parse(text_of(response));
}

}  // namespace tt::course::testing
