#include "services/progress-service/src/domain/attempt_rules.hpp"

#include <algorithm>

namespace tt::progress {
namespace {

using std::chrono::seconds;

Exact share(const AttemptScore& attempt) {
    return attempt.max == 0 ? Exact(0) : Exact(attempt.score / attempt.max);
}

Error refused(std::string reason, std::string message) {
    return Error{Code::conflict, std::move(reason), std::move(message)};
}

}  // namespace

Result<void> may_start(const StartFacts& facts) {
    if (facts.opens_at && facts.now < *facts.opens_at) return refused("quiz_not_open", "This quiz has not opened yet.");
    if (facts.closes_at && facts.now >= *facts.closes_at) return refused("quiz_closed", "This quiz has closed.");
    if (facts.max_attempts > 0 && facts.attempts_used >= facts.max_attempts) {
        return refused("attempts_exhausted", "All attempts at this quiz are used.");
    }
    if (facts.last_submitted_at) {
        const Time next = *facts.last_submitted_at + seconds(facts.retry_delay_seconds);
        if (facts.now < next) {
            Error error = refused("retry_too_soon", "Please wait before the next attempt.");
            error.retry_after_s = static_cast<int>(std::chrono::ceil<seconds>(next - facts.now).count());
            return error;
        }
    }
    return {};
}

std::optional<Time> deadline_of(const DeadlineFacts& facts) {
    std::optional<Time> deadline;
    if (facts.time_limit_seconds) {
        const std::int64_t limit_ms = std::int64_t{*facts.time_limit_seconds} * 10 * (100 + facts.extra_time_percent);
        deadline = facts.started_at + std::chrono::milliseconds(limit_ms);
    }
    if (facts.closes_at && facts.close_policy == ClosePolicy::hard_close) {
        deadline = deadline ? std::min(*deadline, *facts.closes_at) : *facts.closes_at;
    }
    return deadline;
}

bool is_over(std::optional<Time> deadline, int grace_seconds, Time now) {
    return deadline && now > *deadline + seconds(grace_seconds);
}

bool is_released(Release release, const ReviewFacts& facts) {
    if (!facts.is_submitted) return false;
    const bool is_idle = !facts.has_open_attempt;
    const bool was_last = is_idle && facts.max_attempts > 0 && facts.attempts_finished >= facts.max_attempts;
    const bool has_closed = is_idle && facts.closes_at && facts.now >= *facts.closes_at;
    switch (release) {
        case Release::never:
            return false;
        case Release::after_submit:
            return true;
        case Release::after_last_attempt:
            return was_last;
        case Release::after_close:
            return has_closed;
        case Release::after_last_attempt_or_close:
            return was_last || has_closed;
    }
    return false;
}

std::optional<Exact> counted_share(AttemptPolicy policy, const std::vector<AttemptScore>& finished) {
    if (finished.empty()) return std::nullopt;
    switch (policy) {
        case AttemptPolicy::first:
            return share(finished.front());
        case AttemptPolicy::latest:
            return share(finished.back());
        case AttemptPolicy::highest: {
            Exact best = 0;
            for (const auto& attempt : finished) best = std::max(best, share(attempt));
            return best;
        }
        case AttemptPolicy::average: {
            Exact sum = 0;
            for (const auto& attempt : finished) sum += share(attempt);
            return Exact(sum / finished.size());
        }
    }
    return std::nullopt;
}

}  // namespace tt::progress
