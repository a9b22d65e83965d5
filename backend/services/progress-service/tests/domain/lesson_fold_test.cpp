#include "services/progress-service/src/domain/lesson_fold.hpp"
#include "services/progress-service/src/domain/intake.hpp"
#include "services/progress-service/tests/domain/noon.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace tt::progress {
namespace {

using std::chrono::milliseconds;

LessonRule video_lesson(CompletionRule rule, int threshold_ppm) {
    LessonRule lesson{LessonId::make(), rule, threshold_ppm, true, {}};
    lesson.blocks.push_back({BlockId::make(), BlockKind::video, {}, 100'000});
    return lesson;
}

ProgressEvent segment(const LessonRule& lesson, int from, int to, Time at = noon) {
    ProgressEvent event;
    event.event_id = uuid_v7();
    event.lesson_id = lesson.id;
    event.block_id = lesson.blocks.front().id;
    event.verb = Verb::video_segment;
    event.from_ms = from;
    event.to_ms = to;
    event.occurred_at = at;
    event.received_at = at;
    return event;
}

TEST(Watched, IsAUnion) {
    Watched watched;
    watched.add(0, 10);
    watched.add(20, 30);
    watched.add(10, 20);
    EXPECT_EQ(watched.to_multirange(), "{[0,30)}");
    watched.add(5, 8);
    watched.add(40, 40);
    EXPECT_EQ(watched.measure_ms(), 30);
    EXPECT_EQ(watched.measure_within(25), 25);
}

TEST(Watched, MatchesABitmap) {
    std::mt19937_64 random(3);
    for (int round = 0; round < 200; ++round) {
        Watched watched;
        std::array<bool, 200> bits{};
        for (int i = 0; i < 30; ++i) {
            const int from = static_cast<int>(random() % 199);
            const int to = from + static_cast<int>(random() % static_cast<std::uint64_t>(200 - from));
            watched.add(from, to);
            std::fill(bits.begin() + from, bits.begin() + to, true);
        }
        EXPECT_EQ(watched.measure_ms(), std::count(bits.begin(), bits.end(), true));
        EXPECT_EQ(Watched::from_multirange(watched.to_multirange()), watched);
    }
    for (const auto* text : {"", "{", "[0,1)", "{[0,1]}", "{[a,1)}", "{[0,1)[2,3)}"}) {
        EXPECT_FALSE(Watched::from_multirange(text)) << text;
    }
}

TEST(LessonFold, VideoCompletesAtItsThreshold) {
    const auto lesson = video_lesson(CompletionRule::video_percent, 800'000);
    LessonFold fold;
    auto first = segment(lesson, 0, 60'000);
    receive(first, lesson, fold);
    EXPECT_FALSE(fold.completed);
    EXPECT_EQ(fold.completion_ppm, 600'000);
    auto again = segment(lesson, 0, 60'000);
    receive(again, lesson, fold);
    EXPECT_FALSE(fold.completed);
    auto rest = segment(lesson, 60'000, 80'000);
    receive(rest, lesson, fold);
    EXPECT_TRUE(fold.completed);
    EXPECT_TRUE(rest.completes);
    EXPECT_EQ(fold.completion_ppm, 1'000'000);
}

TEST(LessonFold, TheLastSecondNeedNotBeReported) {
    const auto lesson = video_lesson(CompletionRule::video_percent, 1'000'000);
    LessonFold fold;
    auto event = segment(lesson, 0, 99'200);
    receive(event, lesson, fold);
    EXPECT_TRUE(fold.completed);
}

TEST(LessonFold, CompletionNeverGoesBackWhenTheRuleIsTightened) {
    auto lesson = video_lesson(CompletionRule::video_percent, 500'000);
    LessonFold fold;
    auto event = segment(lesson, 0, 50'000);
    receive(event, lesson, fold);
    lesson.threshold_ppm = 1'000'000;
    auto more = segment(lesson, 50'000, 60'000);
    receive(more, lesson, fold);
    EXPECT_TRUE(fold.completed);
    EXPECT_FALSE(more.completes);
}

TEST(LessonFold, RulesAskForWhatTheyName) {
    LessonRule lesson{LessonId::make(), CompletionRule::manual, 1'000'000, true, {}};
    LessonFold fold;
    EXPECT_FALSE(judge(lesson, fold).completes);
    lesson.rule = CompletionRule::view;
    EXPECT_TRUE(judge(lesson, fold).completes);
    lesson.rule = CompletionRule::quiz_pass;
    EXPECT_TRUE(judge(lesson, fold).completes) << "a lesson without a quiz asks for none";
    const BlockId quiz = BlockId::make();
    lesson.blocks = {{quiz, BlockKind::quiz, QuizId::make(), {}}, {BlockId::make(), BlockKind::other, {}, {}}};
    EXPECT_FALSE(judge(lesson, fold).completes);
    fold.blocks[quiz].submitted = true;
    EXPECT_FALSE(judge(lesson, fold).completes);
    lesson.rule = CompletionRule::submit;
    EXPECT_TRUE(judge(lesson, fold).completes);
    lesson.rule = CompletionRule::all_blocks;
    EXPECT_TRUE(judge(lesson, fold).completes);
    lesson.rule = CompletionRule::quiz_pass;
    fold.blocks[quiz].passed = true;
    EXPECT_TRUE(judge(lesson, fold).completes);
}

TEST(LessonFold, AllBlocksCountsVideosAndQuizzes) {
    auto lesson = video_lesson(CompletionRule::all_blocks, 1'000'000);
    const BlockId quiz = BlockId::make();
    lesson.blocks.push_back({quiz, BlockKind::quiz, QuizId::make(), {}});
    LessonFold fold;
    auto event = segment(lesson, 0, 95'000);
    receive(event, lesson, fold);
    EXPECT_EQ(fold.completion_ppm, 500'000);
    fold.blocks[quiz].submitted = true;
    EXPECT_TRUE(judge(lesson, fold).completes);
}

TEST(LessonFold, TheNewestPositionWinsInWhateverOrderReportsArrive) {
    const auto lesson = video_lesson(CompletionRule::video_percent, 1'000'000);
    LessonFold fold;
    auto late = segment(lesson, 0, 1, noon + milliseconds(2));
    late.verb = Verb::video_position;
    late.position_ms = 7000;
    auto early = segment(lesson, 0, 1, noon + milliseconds(1));
    early.verb = Verb::video_position;
    early.position_ms = 3000;
    receive(late, lesson, fold);
    receive(early, lesson, fold);
    EXPECT_EQ(fold.position_ms, 7000);
}

/// The heart of the rebuild: stored events give the same fold in any order.
TEST(LessonFoldProperties, ReplayInAnyOrderGivesWhatReceiptGave) {
    std::mt19937_64 random(11);
    for (int round = 0; round < 300; ++round) {
        auto lesson = video_lesson(CompletionRule(random() % 6), static_cast<int>(random() % 1'000'001));
        lesson.blocks.push_back({BlockId::make(), BlockKind::quiz, QuizId::make(), {}});
        LessonFold received;
        std::vector<ProgressEvent> stored;
        for (int i = 0; i < 25; ++i) {
            auto event = segment(lesson, 0, 1, noon + milliseconds(random() % 1000));
            event.verb = Verb(random() % 5);
            event.from_ms = static_cast<int>(random() % 90'000);
            event.to_ms = *event.from_ms + 1 + static_cast<int>(random() % 10'000);
            event.client_seq = static_cast<std::int64_t>(random() % 4);
            event.received_at = noon + milliseconds(random() % 2000);
            if (event.verb == Verb::quiz_graded) {
                event.block_id = lesson.blocks[1].id;
                event.passed = random() % 2 == 0;
            }
            if (random() % 3 == 0) lesson.threshold_ppm = static_cast<int>(random() % 1'000'001);
            receive(event, lesson, received);
            stored.push_back(event);
        }
        std::shuffle(stored.begin(), stored.end(), random);
        LessonFold rebuilt;
        for (const auto& event : stored) replay(event, rebuilt);
        EXPECT_EQ(rebuilt, received);
    }
}

CourseRules rules_of(LessonRule lesson) {
    CourseRules rules;
    rules.lessons.push_back(std::move(lesson));
    return rules;
}

TEST(Intake, RefusesWhatDoesNotFitTheCourse) {
    const auto rules = rules_of(video_lesson(CompletionRule::video_percent, 900'000));
    const auto& lesson = rules.lessons.front();
    auto fine = segment(lesson, 0, 10);
    fine.block_id.reset();
    EXPECT_EQ(refusal_of(fine, rules), "");
    EXPECT_EQ(fine.block_id, lesson.blocks.front().id);
    auto event = segment(lesson, 10, 10);
    EXPECT_EQ(refusal_of(event, rules), "invalid_segment");
    event = segment(lesson, -5, 10);
    EXPECT_EQ(refusal_of(event, rules), "invalid_segment");
    event = segment(lesson, 0, max_video_ms + 1);
    EXPECT_EQ(refusal_of(event, rules), "invalid_segment");
    event = segment(lesson, 0, 10);
    event.block_id = BlockId::make();
    EXPECT_EQ(refusal_of(event, rules), "block_not_found");
    event = segment(lesson, 0, 10);
    event.lesson_id = LessonId::make();
    EXPECT_EQ(refusal_of(event, rules), "lesson_not_found");
    event = segment(lesson, 0, 10);
    event.verb = Verb::lesson_completed;
    EXPECT_EQ(refusal_of(event, rules), "completion_rule_not_met");
    event = segment(lesson, 0, 10);
    event.verb = Verb::video_position;
    EXPECT_EQ(refusal_of(event, rules), "invalid_position");
}

TEST(Intake, BelievesIdsOfThisWeekOnly) {
    const auto now_ms = std::chrono::duration_cast<milliseconds>(noon.time_since_epoch()).count();
    const std::int64_t week = 7LL * 24 * 3600 * 1000;
    EXPECT_TRUE(is_believable_id(uuid_v7_at(now_ms - week), noon));
    EXPECT_FALSE(is_believable_id(uuid_v7_at(now_ms - week - 1), noon));
    EXPECT_FALSE(is_believable_id(uuid_v7_at(now_ms + week + 1), noon));
    EXPECT_FALSE(is_believable_id(uuid_v4(), noon));
}

TEST(Intake, ClampsTheClockOfTheDevice) {
    const Time enrolled = noon - std::chrono::hours(1);
    EXPECT_EQ(clamp_occurred(noon - std::chrono::hours(5), enrolled, noon), enrolled);
    EXPECT_EQ(clamp_occurred(noon + std::chrono::hours(5), enrolled, noon), noon + std::chrono::minutes(5));
    EXPECT_EQ(clamp_occurred(noon, enrolled, noon), noon);
}

}  // namespace
}  // namespace tt::progress
