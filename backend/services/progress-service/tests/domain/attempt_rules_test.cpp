#include "services/progress-service/src/domain/attempt_rules.hpp"
#include "services/progress-service/src/domain/paper.hpp"
#include "services/progress-service/tests/domain/noon.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tt::progress {
namespace {

using std::chrono::seconds;

std::string reason_of(const StartFacts& facts) {
    const auto result = may_start(facts);
    return result ? "" : result.error().reason;
}

TEST(MayStart, FollowsTheQuizRules) {
    EXPECT_EQ(reason_of({.now = noon}), "");
    EXPECT_EQ(reason_of({.now = noon, .opens_at = noon + seconds(1)}), "quiz_not_open");
    EXPECT_EQ(reason_of({.now = noon, .opens_at = noon}), "");
    EXPECT_EQ(reason_of({.now = noon, .closes_at = noon}), "quiz_closed");
    EXPECT_EQ(reason_of({.now = noon, .max_attempts = 2, .attempts_used = 1}), "");
    EXPECT_EQ(reason_of({.now = noon, .max_attempts = 2, .attempts_used = 2}), "attempts_exhausted");
    EXPECT_EQ(reason_of({.now = noon, .max_attempts = 0, .attempts_used = 900}), "");
    const StartFacts waiting{.now = noon, .retry_delay_seconds = 60, .last_submitted_at = noon - seconds(59)};
    EXPECT_EQ(reason_of(waiting), "retry_too_soon");
    EXPECT_EQ(may_start(waiting).error().retry_after_s, 1);
    EXPECT_EQ(reason_of({.now = noon, .retry_delay_seconds = 60, .last_submitted_at = noon - seconds(60)}), "");
}

TEST(Deadline, HonoursExtraTimeAndClosing) {
    EXPECT_EQ(deadline_of({.started_at = noon}), std::nullopt);
    EXPECT_EQ(deadline_of({.started_at = noon, .time_limit_seconds = 600}), noon + seconds(600));
    EXPECT_EQ(deadline_of({.started_at = noon, .time_limit_seconds = 600, .extra_time_percent = 25}),
              noon + seconds(750));
    const auto soon = noon + seconds(100);
    EXPECT_EQ(deadline_of({.started_at = noon, .time_limit_seconds = 600, .closes_at = soon}), soon);
    EXPECT_EQ(deadline_of({.started_at = noon, .closes_at = soon}), soon);
    EXPECT_EQ(deadline_of({.started_at = noon,
                           .time_limit_seconds = 600,
                           .closes_at = soon,
                           .close_policy = ClosePolicy::start_window}),
              noon + seconds(600));
}

TEST(Deadline, GraceCountsOnReceipt) {
    EXPECT_FALSE(is_over(std::nullopt, 5, noon));
    EXPECT_FALSE(is_over(noon, 5, noon + seconds(5)));
    EXPECT_TRUE(is_over(noon, 5, noon + seconds(6)));
}

TEST(Review, KeysOnlyWhenNothingIsLeftToWin) {
    const auto key = Release::after_last_attempt_or_close;
    ReviewFacts facts{.is_submitted = true, .max_attempts = 2, .attempts_finished = 1, .now = noon};
    EXPECT_FALSE(is_released(key, facts));
    facts.attempts_finished = 2;
    EXPECT_TRUE(is_released(key, facts));
    facts.max_attempts = 0;
    EXPECT_FALSE(is_released(key, facts));
    facts.closes_at = noon;
    EXPECT_TRUE(is_released(key, facts));
    facts.has_open_attempt = true;
    EXPECT_FALSE(is_released(key, facts));
    facts.has_open_attempt = false;
    facts.is_submitted = false;
    for (const auto release : {Release::never, Release::after_submit, Release::after_close, key}) {
        EXPECT_FALSE(is_released(release, facts));
    }
    facts.is_submitted = true;
    EXPECT_FALSE(is_released(Release::never, facts));
    EXPECT_TRUE(is_released(Release::after_submit, facts));
}

TEST(CountedShare, FollowsThePolicy) {
    const std::vector<AttemptScore> attempts{{Exact(1), Exact(4)}, {Exact(3), Exact(4)}, {Exact(1), Exact(2)}};
    EXPECT_EQ(counted_share(AttemptPolicy::first, attempts), Exact(1, 4));
    EXPECT_EQ(counted_share(AttemptPolicy::latest, attempts), Exact(1, 2));
    EXPECT_EQ(counted_share(AttemptPolicy::highest, attempts), Exact(3, 4));
    EXPECT_EQ(counted_share(AttemptPolicy::average, attempts), Exact(1, 2));
    EXPECT_EQ(counted_share(AttemptPolicy::highest, {}), std::nullopt);
    EXPECT_EQ(counted_share(AttemptPolicy::highest, {{Exact(0), Exact(0)}}), Exact(0));
}

std::vector<PoolQuestion> pool(int count, std::optional<std::string> key) {
    std::vector<PoolQuestion> questions;
    for (int i = 0; i < count; ++i) questions.push_back({QuestionId::make(), 1, "1", key, 4});
    return questions;
}

TEST(Paper, SameSeedSamePaper) {
    const auto questions = pool(20, std::nullopt);
    const PaperOptions options{.shuffle_questions = true, .shuffle_options = true, .draw_count = 8};
    const auto paper = draw_paper(questions, options, 4711);
    EXPECT_EQ(canonical_paper(paper), canonical_paper(draw_paper(questions, options, 4711)));
    EXPECT_NE(canonical_paper(paper), canonical_paper(draw_paper(questions, options, 4712)));
}

TEST(Paper, DrawsFromEachPoolAndKeepsTheRest) {
    auto questions = pool(6, "easy");
    const auto hard = pool(5, "hard");
    const auto fixed = pool(2, std::nullopt);
    questions.insert(questions.end(), hard.begin(), hard.end());
    questions.insert(questions.end(), fixed.begin(), fixed.end());
    for (std::int64_t seed = 0; seed < 50; ++seed) {
        const auto paper = draw_paper(questions, {.draw_count = 3}, seed);
        std::set<QuestionId> asked;
        for (const auto& item : paper) asked.insert(item.question_id);
        EXPECT_EQ(asked.size(), 8U);
        for (const auto& question : fixed) EXPECT_TRUE(asked.contains(question.question_id));
        for (std::size_t i = 0; i < paper.size(); ++i) EXPECT_EQ(paper[i].slot, static_cast<int>(i) + 1);
    }
}

TEST(Paper, OptionOrderIsAPermutation) {
    const auto paper = draw_paper(pool(10, std::nullopt), {.shuffle_options = true}, 99);
    bool moved = false;
    for (auto item : paper) {
        moved |= !std::is_sorted(item.option_order.begin(), item.option_order.end());
        std::sort(item.option_order.begin(), item.option_order.end());
        EXPECT_EQ(item.option_order, (std::vector<int>{0, 1, 2, 3}));
    }
    EXPECT_TRUE(moved);
}

TEST(SeededShuffle, IsEven) {
    SeededShuffle random(1);
    std::array<int, 5> hits{};
    for (int i = 0; i < 50000; ++i) ++hits[random.below(5)];
    for (const int count : hits) EXPECT_NEAR(count, 10000, 500);
}

}  // namespace
}  // namespace tt::progress
