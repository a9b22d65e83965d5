#pragma once

#include "services/progress-service/src/domain/number_input.hpp"
#include "services/progress-service/src/domain/question.hpp"

#include <vector>

/// Marks one answer, and sums marks. Pure and deterministic: the same paper, keys and answers give the same score on
/// every machine and at every time.
namespace tt::progress {

struct Mark {
    Exact points;  // may be negative where the author takes points off; a whole attempt never is
    bool is_correct = false;
};

/// Throws std::invalid_argument when key or response do not belong to the question's type.
Mark grade(const Question& question, const Key& key, const Response& response, DecimalMark decimal_mark);

/// The sum, never below zero.
Exact total(const std::vector<Mark>& marks);

/// `score` of `max` in percent; 0 when nothing could be earned.
Exact percent_of(const Exact& score, const Exact& max);

/// Inclusive: exactly the pass mark passes.
bool is_pass(const Exact& score, const Exact& max, const Exact& pass_percent);

NumericRange absolute_range(const Exact& value, const Exact& tolerance);
NumericRange relative_range(const Exact& value, const Exact& fraction);

}  // namespace tt::progress
