#include "services/progress-service/tests/support/progress_kit.hpp"

namespace tt::progress::testing {
namespace {

using std::chrono::seconds;

class AttemptsApi : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = new ProgressKit; }
    static void TearDownTestSuite() {
        delete kit_;
        kit_ = nullptr;
    }
    void TearDown() override { kit_->courses.definition = definition_; }

    static std::string id_of(const boost::json::object& attempt) { return std::string(attempt.at("id").as_string()); }
    static std::string path_of(const boost::json::object& attempt) { return "/api/v1/attempts/" + id_of(attempt); }
    static std::string number(const boost::json::value& value) { return boost::json::serialize(value); }

    inline static ProgressKit* kit_ = nullptr;
    course::QuizDefinition definition_ = kit_->courses.definition;
    UserId user_ = kit_->enrolled();
};

TEST_F(AttemptsApi, StartIs201AndTheOpenOneIs200) {
    const auto first = kit_->call("POST", kit_->attempts_path(), {}, user_);
    EXPECT_EQ(first.status, 201U) << first.body;
    const auto second = kit_->call("POST", kit_->attempts_path(), {}, user_);
    EXPECT_EQ(second.status, 200U);
    EXPECT_EQ(id_of(first.json()), id_of(second.json()));
    EXPECT_EQ(first.json().at("items").as_array().size(), 5U);
    EXPECT_EQ(number(first.json().at("max_points")), "10");
}

TEST_F(AttemptsApi, NothingOfTheKeyLeavesTheServerBeforeReview) {
    const auto open = kit_->call("POST", kit_->attempts_path(), {}, user_);
    for (const auto* word : {"correct", "explanation", "secret", "feedback", "awarded", "Paris", "score_points\":1"}) {
        EXPECT_EQ(open.body.find(word), std::string::npos) << word;
    }
}

TEST_F(AttemptsApi, SixteenStartsMakeOneAttempt) {
    std::vector<std::future<Answered>> calls;
    for (std::size_t i = 0; i < 16; ++i) {
        calls.push_back(kit_->start("POST", kit_->attempts_path(), {}, user_, i % 2));
    }
    int created = 0;
    std::set<std::string> ids;
    for (auto& call : calls) {
        const auto response = call.get();
        ASSERT_LE(response.status, 201U) << response.body;
        created += response.status == 201 ? 1 : 0;
        ids.insert(id_of(response.json()));
    }
    EXPECT_EQ(created, 1);
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_EQ(kit_->scalar("SELECT count(*) FROM public.quiz_attempts WHERE user_id = '" + to_string(user_) + "'"),
              "1");
}

TEST_F(AttemptsApi, RefusalsOfTheStart) {
    EXPECT_EQ(kit_->call("POST", kit_->attempts_path()).code(), "unauthenticated");
    EXPECT_EQ(kit_->call("POST", "/api/v1/quizzes/nonsense/attempts", {}, user_).code(), "quiz_not_found");
    EXPECT_EQ(kit_->call("POST", "/api/v1/quizzes/" + to_string(uuid_v7()) + "/attempts", {}, user_).code(),
              "quiz_not_found");
    const auto stranger = kit_->call("POST", kit_->attempts_path(), {}, UserId::make());
    EXPECT_EQ(stranger.status, 403U);
    EXPECT_EQ(stranger.code(), "not_enrolled");
    kit_->courses.enrollments[user_].status = "revoked";
    EXPECT_EQ(kit_->call("POST", kit_->attempts_path(), {}, user_).code(), "enrollment_not_active");
    kit_->courses.enrollments[user_].status = "active";
    kit_->courses.definition.closes_at = kit_->clock.now();
    EXPECT_EQ(kit_->call("POST", kit_->attempts_path(), {}, user_).code(), "quiz_closed");
    kit_->courses.definition.questions.clear();
    EXPECT_EQ(kit_->call("POST", kit_->attempts_path(), {}, user_).code(), "quiz_has_no_questions");
}

TEST_F(AttemptsApi, AnswersAreSavedAndTheHighestSequenceWins) {
    const auto attempt = kit_->started(user_);
    EXPECT_EQ(kit_->answer(user_, attempt, 1, R"({"option":"a"})", 5).status, 200U);
    const auto stale = kit_->answer(user_, attempt, 1, R"({"option":"b"})", 4);
    EXPECT_EQ(stale.status, 200U);
    EXPECT_EQ(stale.json().at("client_seq").as_int64(), 5);
    const auto again = kit_->answer(user_, attempt, 1, R"({"option":"c"})", 5);
    EXPECT_EQ(again.status, 200U);
    const auto shown = kit_->call("GET", path_of(attempt), {}, user_).json();
    const auto& item = shown.at("items").as_array().at(0).as_object();
    EXPECT_EQ(number(item.at("response")), R"({"option":"a"})");
    EXPECT_EQ(item.at("response_seq").as_int64(), 5);
    EXPECT_EQ(kit_->scalar("SELECT count(*) FROM academy.quiz_responses WHERE attempt_id = '" + id_of(attempt) + "'"),
              "2");
    EXPECT_EQ(kit_->answer(user_, attempt, 1, "null", 6).status, 200U);
    const auto cleared = kit_->call("GET", path_of(attempt), {}, user_).json();
    EXPECT_TRUE(cleared.at("items").as_array().at(0).as_object().at("response").is_null());
}

TEST_F(AttemptsApi, ParallelAnswersToOneSlotKeepTheHighest) {
    const auto attempt = kit_->started(user_);
    std::vector<std::future<Answered>> calls;
    for (int seq = 1; seq <= 16; ++seq) {
        const std::string body =
            R"({"response":{"text":"v)" + std::to_string(seq) + R"("},"client_seq":)" + std::to_string(seq) + '}';
        calls.push_back(kit_->start("PUT", path_of(attempt) + "/answers/5", body, user_, std::size_t(seq % 2)));
    }
    for (auto& call : calls) EXPECT_EQ(call.get().status, 200U);
    const auto shown = kit_->call("GET", path_of(attempt), {}, user_).json();
    EXPECT_EQ(number(shown.at("items").as_array().at(4).as_object().at("response")), R"({"text":"v16"})");
    EXPECT_EQ(kit_->scalar("SELECT count(*) FROM academy.quiz_responses WHERE attempt_id = '" + id_of(attempt) + "'"),
              "16");
}

TEST_F(AttemptsApi, BadAnswersAreRefused) {
    const auto attempt = kit_->started(user_);
    struct Case {
        int slot;
        std::string response;
        unsigned status;
        const char* code;
    };
    const Case cases[] = {
        {1, R"({"option":"zz"})", 422, "invalid_response"},
        {1, R"({"options":["a"]})", 422, "invalid_response"},
        {1, R"({"surprise":1})", 422, "invalid_response"},
        {1, "7", 422, "invalid_response"},
        {2, R"({"options":["a","zz"]})", 422, "invalid_response"},
        {4, R"({"value":"11111111111111111111111111111111111111111111111111111111111111111"})", 422,
         "invalid_response"},
        {5, R"({"text":")" + std::string(2001, 'x') + R"("})", 422, "invalid_response"},
        {6, R"({"option":"a"})", 404, "slot_not_found"},
        {0, R"({"option":"a"})", 404, "slot_not_found"},
    };
    for (const auto& c : cases) {
        const auto refused = kit_->answer(user_, attempt, c.slot, c.response, 1);
        EXPECT_EQ(refused.status, c.status) << c.response;
        EXPECT_EQ(refused.code(), c.code);
    }
    EXPECT_EQ(kit_->call("PUT", path_of(attempt) + "/answers/1", R"({"response":{"option":"a"},"client_seq":0})", user_)
                  .status,
              400U);
    EXPECT_EQ(kit_->call("PUT", path_of(attempt) + "/answers/1", "{", user_).status, 400U);
}

TEST_F(AttemptsApi, SomebodyElsesAttemptDoesNotExist) {
    const auto attempt = kit_->started(user_);
    const UserId other = kit_->enrolled();
    EXPECT_EQ(kit_->call("GET", path_of(attempt), {}, other).status, 404U);
    EXPECT_EQ(kit_->answer(other, attempt, 1, R"({"option":"a"})", 1).status, 404U);
    EXPECT_EQ(kit_->call("POST", path_of(attempt) + "/submit", {}, other).status, 404U);
    EXPECT_EQ(kit_->call("GET", path_of(attempt)).status, 401U);
    EXPECT_EQ(kit_->call("GET", "/api/v1/attempts/nonsense", {}, user_).status, 404U);
}

TEST_F(AttemptsApi, SubmitGradesOnceAndRepeatsItsResult) {
    const auto attempt = kit_->started(user_);
    kit_->answer_all(user_, attempt);
    EXPECT_EQ(kit_->answer(user_, attempt, 2, R"({"options":["a"]})", 2).status, 200U);
    const auto first = kit_->call("POST", path_of(attempt) + "/submit", {}, user_);
    EXPECT_EQ(first.status, 200U) << first.body;
    const auto result = first.json();
    EXPECT_EQ(number(result.at("score_points")), "8.5E0");
    EXPECT_EQ(number(result.at("score_percent")), "85");
    EXPECT_TRUE(result.at("passed").as_bool());
    EXPECT_EQ(result.at("status").as_string(), "graded");
    EXPECT_EQ(result.at("submit_reason").as_string(), "learner");
    kit_->clock.advance(seconds(3));
    auto second = kit_->call("POST", path_of(attempt) + "/submit", {}, user_).json();
    second.at("server_time") = result.at("server_time");
    EXPECT_EQ(number(second), number(result));
    EXPECT_EQ(kit_->answer(user_, attempt, 1, R"({"option":"a"})", 99).code(), "attempt_closed");
    EXPECT_EQ(kit_->scalar("SELECT count(*) FROM integ.outbox WHERE topic = 'quiz.graded' AND subject = '" +
                           to_string(user_) + "'"),
              "1");
}

TEST_F(AttemptsApi, SixteenSubmitsGradeOnce) {
    const auto attempt = kit_->started(user_);
    kit_->answer_all(user_, attempt);
    std::vector<std::future<Answered>> calls;
    for (std::size_t i = 0; i < 16; ++i)
        calls.push_back(kit_->start("POST", path_of(attempt) + "/submit", {}, user_, i % 2));
    for (auto& call : calls) EXPECT_EQ(number(call.get().json().at("score_percent")), "100");
    EXPECT_EQ(kit_->scalar("SELECT count(*) FROM academy.progress_events WHERE verb = 'quiz.graded' AND user_id = '" +
                           to_string(user_) + "'"),
              "1");
}

TEST_F(AttemptsApi, ReviewShowsWhatThePolicyReleases) {
    const auto first = kit_->started(user_);
    kit_->answer(user_, first, 1, R"({"option":"a"})", 1);
    const auto result = kit_->call("POST", path_of(first) + "/submit", {}, user_).json();
    const auto& item = result.at("items").as_array().at(0).as_object();
    EXPECT_FALSE(item.at("is_correct").as_bool());
    EXPECT_EQ(number(item.at("points_awarded")), "0");
    EXPECT_EQ(item.at("feedback_html").as_string(), "<p>Look again</p>");
    EXPECT_FALSE(item.contains("correct")) << "one attempt is left: the key stays here";

    const auto second = kit_->started(user_);
    EXPECT_NE(id_of(first), id_of(second));
    EXPECT_FALSE(kit_->call("GET", path_of(first), {}, user_)
                     .json()
                     .at("items")
                     .as_array()
                     .at(0)
                     .as_object()
                     .contains("correct"))
        << "the last attempt is being written";
    kit_->answer_all(user_, second);
    const auto last = kit_->call("POST", path_of(second) + "/submit", {}, user_).json();
    EXPECT_EQ(number(last.at("items").as_array().at(1).as_object().at("correct")), R"({"options":["a","c"]})");
    const auto refused = kit_->call("POST", kit_->attempts_path(), {}, user_);
    EXPECT_EQ(refused.status, 409U);
    EXPECT_EQ(refused.code(), "attempts_exhausted");
}

TEST_F(AttemptsApi, AHeldBackScoreIsNowhere) {
    kit_->courses.definition.review_policy = {"never", "never", "never", "never"};
    const auto attempt = kit_->started(user_);
    kit_->answer_all(user_, attempt);
    const auto result = kit_->call("POST", path_of(attempt) + "/submit", {}, user_);
    EXPECT_TRUE(result.json().at("score_points").is_null());
    EXPECT_TRUE(result.json().at("passed").is_null());
    EXPECT_EQ(result.body.find("is_correct"), std::string::npos);
    const auto list = kit_->call("GET", kit_->attempts_path(), {}, user_).json();
    EXPECT_TRUE(list.at("items").as_array().at(0).as_object().at("score_percent").is_null());
    EXPECT_TRUE(list.at("rules").as_object().at("best_score_percent").is_null());
}

TEST_F(AttemptsApi, AfterTheDeadlineTheSavedAnswersCount) {
    kit_->courses.definition.time_limit_seconds = 60;
    const auto attempt = kit_->started(user_);
    EXPECT_TRUE(attempt.at("deadline_at").is_string());
    kit_->answer(user_, attempt, 5, R"({"text":"Paris"})", 1);
    kit_->clock.advance(seconds(64));
    EXPECT_EQ(kit_->answer(user_, attempt, 1, R"({"option":"b"})", 2).status, 200U) << "within the grace period";
    kit_->clock.advance(seconds(2));
    const auto late = kit_->answer(user_, attempt, 2, R"({"options":["a"]})", 3);
    EXPECT_EQ(late.status, 409U);
    EXPECT_EQ(late.code(), "attempt_closed");
    const auto result = kit_->call("GET", path_of(attempt), {}, user_).json();
    EXPECT_EQ(result.at("submit_reason").as_string(), "deadline");
    EXPECT_EQ(number(result.at("score_points")), "4");
    EXPECT_EQ(result.at("submitted_at"), result.at("deadline_at"));
}

TEST_F(AttemptsApi, TheSweeperHandsInWithoutTheClient) {
    kit_->courses.definition.time_limit_seconds = 60;
    const auto attempt = kit_->started(user_);
    kit_->answer(user_, attempt, 5, R"({"text":"Paris"})", 1);
    EXPECT_EQ(kit_->run(kit_->service.attempts().sweep()), 0);
    kit_->clock.advance(seconds(66));
    EXPECT_EQ(kit_->run(kit_->service.attempts().sweep()), 1);
    EXPECT_EQ(kit_->run(kit_->service.attempts().sweep()), 0);
    EXPECT_EQ(kit_->scalar("SELECT status || ' ' || submit_reason || ' ' || score_points FROM public.quiz_attempts "
                           "WHERE id = '" +
                           id_of(attempt) + "'"),
              "graded deadline 3.0000");
}

TEST_F(AttemptsApi, ExtraTimeMovesTheDeadline) {
    kit_->courses.definition.time_limit_seconds = 60;
    kit_->courses.learners[user_].extra_time_percent = 50;
    const auto attempt = kit_->started(user_);
    const auto deadline = parse_rfc3339(std::string_view(attempt.at("deadline_at").as_string()));
    EXPECT_EQ(*deadline - kit_->clock.now(), seconds(90));
}

TEST_F(AttemptsApi, TheNextAttemptWaitsItsDelay) {
    kit_->courses.definition.retry_delay_seconds = 30;
    const auto attempt = kit_->started(user_);
    kit_->call("POST", path_of(attempt) + "/submit", {}, user_);
    const auto early = kit_->call("POST", kit_->attempts_path(), {}, user_);
    EXPECT_EQ(early.code(), "retry_too_soon");
    EXPECT_EQ(early.headers.find("Retry-After"), "30");
    kit_->clock.advance(seconds(30));
    EXPECT_EQ(kit_->call("POST", kit_->attempts_path(), {}, user_).status, 201U);
}

TEST_F(AttemptsApi, AnEditOfTheQuizDoesNotReachAnOpenAttempt) {
    const auto attempt = kit_->started(user_);
    kit_->courses.definition.questions.front().points = "100";
    kit_->courses.definition.pass_percent = "100";
    kit_->answer_all(user_, attempt);
    kit_->answer(user_, attempt, 1, R"({"option":"a"})", 9);
    const auto result = kit_->call("POST", path_of(attempt) + "/submit", {}, user_).json();
    EXPECT_EQ(number(result.at("score_percent")), "90");
    EXPECT_TRUE(result.at("passed").as_bool());
}

TEST_F(AttemptsApi, AWithdrawnCourseStillGetsItsPapersMarked) {
    const auto attempt = kit_->started(user_);
    kit_->answer_all(user_, attempt);
    const CourseId course = kit_->courses.course.course_id;
    kit_->courses.course.course_id = CourseId::make();
    kit_->clock.advance(Catalogue::max_age);
    const auto result = kit_->call("POST", path_of(attempt) + "/submit", {}, user_);
    EXPECT_EQ(result.status, 200U) << result.body;
    EXPECT_EQ(number(result.json().at("score_percent")), "100");
    kit_->courses.course.course_id = course;
}

TEST_F(AttemptsApi, ListTellsTheRulesAndOwnAttempts) {
    const auto attempt = kit_->started(user_);
    kit_->answer_all(user_, attempt);
    kit_->call("POST", path_of(attempt) + "/submit", {}, user_);
    const auto list = kit_->call("GET", kit_->attempts_path(), {}, user_).json();
    const auto& rules = list.at("rules").as_object();
    EXPECT_EQ(rules.at("attempts_used").as_int64(), 1);
    EXPECT_EQ(rules.at("question_count").as_int64(), 5);
    EXPECT_EQ(number(rules.at("best_score_percent")), "100");
    EXPECT_TRUE(rules.at("open_attempt_id").is_null());
    EXPECT_EQ(list.at("items").as_array().size(), 1U);
}

TEST_F(AttemptsApi, SupabaseFunctionsDoTheSame) {
    const std::string quiz = to_string(kit_->courses.definition.id);
    const auto attempt = kit_->call("POST", "/functions/v1/quiz-start", R"({"quizId":")" + quiz + R"("})", user_);
    ASSERT_EQ(attempt.status, 201U) << attempt.body;
    const std::string id = id_of(attempt.json());
    const auto saved =
        kit_->call("POST", "/functions/v1/quiz-answer",
                   R"({"attemptId":")" + id + R"(","slot":1,"response":{"option":"b"},"clientSeq":1})", user_);
    EXPECT_EQ(saved.status, 200U) << saved.body;
    const auto result = kit_->call("POST", "/functions/v1/quiz-submit", R"({"attemptId":")" + id + R"("})", user_);
    EXPECT_EQ(number(result.json().at("score_points")), "1");
}

}  // namespace
}  // namespace tt::progress::testing
