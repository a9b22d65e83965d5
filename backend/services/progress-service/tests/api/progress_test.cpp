#include "services/progress-service/tests/support/progress_kit.hpp"

#include <random>

namespace tt::progress::testing {
namespace {

class ProgressApi : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = new ProgressKit; }
    static void TearDownTestSuite() {
        delete kit_;
        kit_ = nullptr;
    }

    static std::string ids(const boost::json::object& reply, const char* list) {
        return boost::json::serialize(reply.at(list));
    }
    static std::string quoted(const Uuid& id) { return '"' + to_string(id) + '"'; }
    std::string count(const std::string& table, const std::string& where = "true") const {
        return kit_->scalar("SELECT count(*) FROM " + table + " WHERE user_id = '" + to_string(user_) + "' AND " +
                            where);
    }
    CourseProgress standing() {
        return kit_->run(kit_->service.course_progress(user_, {kit_->courses.course.course_id})).front();
    }

    inline static ProgressKit* kit_ = nullptr;
    UserId user_ = kit_->enrolled();
};

TEST_F(ProgressApi, EachEventIsAnsweredExactlyOnce) {
    const Uuid opened = uuid_v7();
    const Uuid stray = uuid_v7();
    const Uuid odd = uuid_v7();
    const auto event = kit_->event_with_id(opened, "lesson.opened", kit_->courses.reading, {});
    const auto reply =
        kit_->report(user_, {event, event, kit_->event_with_id(stray, "lesson.opened", LessonId::make(), {}),
                             kit_->event_with_id(odd, "quiz.graded", kit_->courses.reading, {})});
    ASSERT_EQ(reply.status, 200U) << reply.body;
    const auto body = reply.json();
    EXPECT_EQ(ids(body, "accepted"), "[" + quoted(opened) + "]");
    EXPECT_EQ(ids(body, "duplicates"), "[" + quoted(opened) + "]");
    EXPECT_EQ(ids(body, "rejected"), R"([{"event_id":)" + quoted(stray) +
                                         R"(,"reason":"lesson_not_found"},{"event_id":)" + quoted(odd) +
                                         R"(,"reason":"unknown_verb"}])");
    EXPECT_EQ(body.at("lessons").as_array().at(0).as_object().at("state").as_string(), "completed");
    EXPECT_EQ(body.at("courses").as_array().at(0).as_object().at("lessons_completed").as_int64(), 1);
    const auto again = kit_->report(user_, {event}).json();
    EXPECT_EQ(ids(again, "duplicates"), "[" + quoted(opened) + "]");
    EXPECT_EQ(count("academy.progress_events"), "1");
}

TEST_F(ProgressApi, RefusesWhatIsNoBatch) {
    const auto event = kit_->event("lesson.opened", kit_->courses.reading);
    EXPECT_EQ(kit_->call("POST", "/api/v1/progress", R"({"events":[)" + event + "]}").status, 401U);
    EXPECT_EQ(kit_->report(user_, {}).status, 400U);
    EXPECT_EQ(kit_->call("POST", "/api/v1/progress", "[]", user_).status, 400U);
    std::vector<std::string> many(101, kit_->event("lesson.opened", kit_->courses.reading));
    EXPECT_EQ(kit_->report(user_, many).status, 400U);
    many.pop_back();
    EXPECT_EQ(kit_->report(user_, many).status, 200U);
}

TEST_F(ProgressApi, OnlyEnrolledLearnersReport) {
    const auto event = kit_->event("lesson.opened", kit_->courses.reading);
    const auto stranger = kit_->report(UserId::make(), {event}).json();
    EXPECT_NE(ids(stranger, "rejected").find("not_enrolled"), std::string::npos);
    kit_->courses.enrollments[user_].expires_at = kit_->clock.now();
    const auto expired = kit_->report(user_, {event}).json();
    EXPECT_NE(ids(expired, "rejected").find("enrollment_not_active"), std::string::npos);
    EXPECT_EQ(count("academy.progress_events"), "0");
}

TEST_F(ProgressApi, AnUnbelievableIdIsReplacedAndStillCountsOnce) {
    const Uuid old = uuid_v7_at(1'000);
    const auto event = kit_->event_with_id(old, "lesson.opened", kit_->courses.reading, {});
    EXPECT_EQ(ids(kit_->report(user_, {event}).json(), "accepted"), "[" + quoted(old) + "]");
    EXPECT_EQ(ids(kit_->report(user_, {event}).json(), "duplicates"), "[" + quoted(old) + "]");
    EXPECT_EQ(
        count("academy.progress_events", "client_event_id = '" + to_string(old) + "' AND event_id <> client_event_id"),
        "1");
    EXPECT_EQ(count("academy.progress_events_default"), "0");
}

TEST_F(ProgressApi, ThePositionFollowsTheLearnerToAnotherDevice) {
    kit_->report(user_, {kit_->event("video.segment", kit_->courses.watching, R"({"from_ms":0,"to_ms":30000})")});
    kit_->clock.advance(std::chrono::seconds(1));
    kit_->report(user_, {kit_->event("video.position", kit_->courses.watching, R"({"position_ms":12345})")});
    const auto states = kit_->run(kit_->service.lesson_states(user_, kit_->courses.course.course_id));
    ASSERT_EQ(states.size(), 1U);
    EXPECT_EQ(states.front().position_ms, 12345);
    EXPECT_EQ(states.front().completion_ppm, 300'000);
    EXPECT_EQ(standing().last_lesson_id, kit_->courses.watching);
}

TEST_F(ProgressApi, SixteenTimesTheSameBatchIsStoredOnce) {
    std::vector<std::string> events;
    for (int i = 0; i < 10; ++i) {
        const std::string from = std::to_string(i * 9000);
        const std::string to = std::to_string((i + 1) * 9000);
        events.push_back(
            kit_->event("video.segment", kit_->courses.watching, R"({"from_ms":)" + from + R"(,"to_ms":)" + to + '}'));
    }
    std::string body = R"({"events":[)";
    for (const auto& event : events) body += (body.back() == '[' ? "" : ",") + event;
    body += "]}";
    std::vector<std::future<Answered>> calls;
    for (std::size_t i = 0; i < 16; ++i) calls.push_back(kit_->start("POST", "/api/v1/progress", body, user_, i % 2));
    std::size_t accepted = 0;
    for (auto& call : calls) {
        const auto reply = call.get();
        ASSERT_EQ(reply.status, 200U) << reply.body;
        accepted += reply.json().at("accepted").as_array().size();
    }
    EXPECT_EQ(accepted, 10U);
    EXPECT_EQ(count("academy.progress_events"), "10");
    EXPECT_EQ(kit_->scalar("SELECT revision || ' ' || state FROM academy.lesson_progress WHERE user_id = '" +
                           to_string(user_) + "'"),
              "10 completed");
}

TEST_F(ProgressApi, DoingAllCompletesTheCourseOnce) {
    kit_->complete(user_);
    const auto done = standing();
    EXPECT_EQ(done.lessons_completed, 3);
    EXPECT_EQ(done.completion_ppm, 1'000'000);
    EXPECT_EQ(done.grade_percent->text, "100");
    EXPECT_TRUE(done.passed);
    EXPECT_TRUE(done.completed_at.has_value());
    EXPECT_TRUE(done.certificate.has_value());
    kit_->report(user_, {kit_->event("lesson.opened", kit_->courses.reading)});
    EXPECT_EQ(kit_->scalar("SELECT count(*) FROM integ.outbox WHERE topic = 'course.completed' AND subject = '" +
                           to_string(user_) + "'"),
              "1");
}

TEST_F(ProgressApi, WhatIsCompletedStaysSoWhenTheCourseGrows) {
    kit_->complete(user_);
    const auto before = kit_->courses.course;
    kit_->courses.course.course_version_id = uuid_v7();
    course::StructureLesson lesson;
    lesson.id = LessonId::make();
    lesson.completion_rule = "view";
    kit_->courses.course.lessons.push_back(lesson);
    kit_->clock.advance(Catalogue::max_age);
    const auto now = standing();
    EXPECT_EQ(now.lessons_required, 4);
    EXPECT_EQ(now.lessons_completed, 3);
    EXPECT_TRUE(now.completed_at.has_value());
    EXPECT_TRUE(now.passed);
    kit_->courses.course = before;
    kit_->clock.advance(Catalogue::max_age);
}

TEST_F(ProgressApi, QuizRulesCountTheLearnersAttempts) {
    const auto attempt = kit_->started(user_);
    const auto rules = kit_->run(kit_->service.quiz_rules_for(user_, {kit_->courses.definition.id, QuizId::make()}));
    ASSERT_EQ(rules.size(), 1U);
    EXPECT_EQ(to_string(*rules.front().open_attempt_id), std::string(attempt.at("id").as_string()));
    EXPECT_EQ(rules.front().attempts_used, 1);
}

/// Random reports of many learners, in parallel, out of order, repeated, with edits of the rules in between: the log
/// gives the stored rows again.
class RebuildTest : public ProgressApi {
protected:
    std::string random_event(std::mt19937_64& random) {
        const auto at = [&](std::uint64_t bound) { return std::to_string(random() % bound); };
        switch (random() % 4) {
            case 0:
                return kit_->event("lesson.opened", kit_->courses.reading);
            case 1:
                return kit_->event("lesson.opened", kit_->courses.passing);
            case 2:
                return kit_->event("video.position", kit_->courses.watching, R"({"position_ms":)" + at(100'000) + '}');
            default: {
                const auto from = random() % 90'000;
                const auto to = from + 1 + random() % 20'000;
                return kit_->event("video.segment", kit_->courses.watching,
                                   R"({"from_ms":)" + std::to_string(from) + R"(,"to_ms":)" + std::to_string(to) + '}');
            }
        }
    }
};

TEST_F(RebuildTest, ReproducesTheRowsOfRandomHistories) {
    std::mt19937_64 random(2026);
    std::vector<UserId> users;
    for (int i = 0; i < 6; ++i) users.push_back(kit_->enrolled());
    std::vector<std::string> sent;
    for (int round = 0; round < 8; ++round) {
        std::vector<std::future<Answered>> calls;
        for (std::size_t i = 0; i < 24; ++i) {
            std::string body = R"({"events":[)";
            for (std::size_t n = 1 + random() % 6; n > 0; --n) {
                const bool repeat = !sent.empty() && random() % 5 == 0;
                const std::string event = repeat ? sent[random() % sent.size()] : random_event(random);
                sent.push_back(event);
                body += (body.back() == '[' ? "" : ",") + event;
            }
            calls.push_back(
                kit_->start("POST", "/api/v1/progress", body + "]}", users[random() % users.size()], i % 2));
        }
        for (auto& call : calls) ASSERT_EQ(call.get().status, 200U);
        if (round == 4) kit_->complete(users.front());
        kit_->courses.course.lessons[1].completion_threshold_ppm = static_cast<int>(300'000 + random() % 700'000);
        kit_->clock.advance(std::chrono::seconds(random() % 7));
    }
    const auto report = kit_->run(kit_->service.rebuild({}));
    EXPECT_GE(report.courses, 6);
    EXPECT_GT(report.events, 300);
    EXPECT_EQ(report.differences, 0) << (report.details.empty() ? "" : report.details.front());
    kit_->courses.course.lessons[1].completion_threshold_ppm = 900'000;
    kit_->clock.advance(Catalogue::max_age);
}

TEST_F(RebuildTest, FindsAndRepairsARowThatWasTamperedWith) {
    kit_->complete(user_);
    const std::string mine = " WHERE user_id = '" + to_string(user_) + "'";
    kit_->database.exec("UPDATE academy.lesson_progress SET completion_ppm = 1, revision = 9" + mine);
    kit_->database.exec("UPDATE academy.block_progress SET watched = '{[1,2)}'" + mine);
    kit_->database.exec("UPDATE academy.course_progress SET lessons_completed = 0" + mine);
    kit_->database.exec(
        "INSERT INTO academy.lesson_progress (user_id, lesson_id, course_id, last_event_id, revision, "
        "updated_at) VALUES ('" +
        to_string(user_) + "', gen_random_uuid(), '" + to_string(kit_->courses.course.course_id) +
        "', gen_random_uuid(), 1, now())");
    const auto broken = kit_->run(kit_->service.rebuild({.user = user_, .course = {}}));
    EXPECT_EQ(broken.differences, 5) << "three lessons, one without events, and the course";
    const auto clean = kit_->run(kit_->service.rebuild({.user = user_, .course = {}}));
    EXPECT_EQ(clean.differences, 0);
    EXPECT_EQ(standing().lessons_completed, 3);
}

TEST_F(RebuildTest, ANewCourseVersionIsARefreshAndNoDifference) {
    kit_->complete(user_);
    kit_->courses.course.course_version_id = uuid_v7();
    kit_->clock.advance(Catalogue::max_age);
    const auto report = kit_->run(kit_->service.rebuild({.user = user_, .course = {}}));
    EXPECT_EQ(report.refreshed, 1);
    EXPECT_EQ(report.differences, 0);
    EXPECT_EQ(kit_->run(kit_->service.rebuild({.user = user_, .course = {}})).refreshed, 0);
}

}  // namespace
}  // namespace tt::progress::testing
