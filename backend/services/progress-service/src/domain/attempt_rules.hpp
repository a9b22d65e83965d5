#pragma once

#include "services/progress-service/src/domain/exact.hpp"
#include "services/progress-service/src/domain/number_input.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

/// The rules around an attempt: may it start, until when may it be answered, which attempt counts, what may be seen.
/// Pure: the time is an argument.
namespace tt::progress {

enum class AttemptPolicy { highest, latest, first, average };
BOOST_DESCRIBE_ENUM(AttemptPolicy, highest, latest, first, average)

enum class ClosePolicy { hard_close, start_window };
BOOST_DESCRIBE_ENUM(ClosePolicy, hard_close, start_window)

enum class Release { never, after_submit, after_last_attempt, after_close, after_last_attempt_or_close };
BOOST_DESCRIBE_ENUM(Release, never, after_submit, after_last_attempt, after_close, after_last_attempt_or_close)

struct ReviewRules {
    Release score = Release::after_submit;
    Release correctness = Release::after_submit;
    Release key = Release::after_last_attempt_or_close;
    Release explanation = Release::after_submit;
};
BOOST_DESCRIBE_STRUCT(ReviewRules, (), (score, correctness, key, explanation))

/// Frozen into the attempt at its start: a later edit of the quiz changes nothing for a learner who is writing.
struct FrozenPolicy {
    std::optional<int> time_limit_seconds{};
    int max_attempts = 0;
    int grace_seconds = 0;
    std::optional<Time> closes_at{};
    std::string pass_percent = "0";
    ReviewRules review;
    DecimalMark decimal_mark = DecimalMark::unknown;
};
BOOST_DESCRIBE_STRUCT(FrozenPolicy, (),
                      (time_limit_seconds, max_attempts, grace_seconds, closes_at, pass_percent, review, decimal_mark))

struct StartFacts {
    Time now{};
    std::optional<Time> opens_at{};
    std::optional<Time> closes_at{};
    int max_attempts = 0;  // 0 = unlimited
    int attempts_used = 0;
    int retry_delay_seconds = 0;
    std::optional<Time> last_submitted_at{};
};

/// Errors (409): quiz_not_open, quiz_closed, attempts_exhausted, retry_too_soon (with retry_after_s).
Result<void> may_start(const StartFacts& facts);

struct DeadlineFacts {
    Time started_at{};
    std::optional<int> time_limit_seconds{};
    int extra_time_percent = 0;
    std::optional<Time> closes_at{};
    ClosePolicy close_policy = ClosePolicy::hard_close;
};

/// started + limit × (1 + extra %), cut at closes_at unless the closing time only ends the window for starting.
std::optional<Time> deadline_of(const DeadlineFacts& facts);

/// Whether an answer received at `now` comes too late. Grace is for the network, so it counts on receipt only.
bool is_over(std::optional<Time> deadline, int grace_seconds, Time now);

struct ReviewFacts {
    bool is_submitted = false;
    int max_attempts = 0;
    int attempts_finished = 0;
    bool has_open_attempt = false;  // nothing that helps a paper still being written is released by the last two rules
    std::optional<Time> closes_at{};
    Time now{};
};

bool is_released(Release release, const ReviewFacts& facts);

struct AttemptScore {
    Exact score;
    Exact max;
};

/// The share (0..1) that counts, from the finished attempts in order; nothing without a finished attempt.
std::optional<Exact> counted_share(AttemptPolicy policy, const std::vector<AttemptScore>& finished);

}  // namespace tt::progress
