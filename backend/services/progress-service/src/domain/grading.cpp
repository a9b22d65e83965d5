#include "services/progress-service/src/domain/grading.hpp"

#include "services/progress-service/src/domain/text_match.hpp"

#include <algorithm>
#include <stdexcept>

namespace tt::progress {
namespace {

constexpr int shown_decimals = 12;  // enough for any answer an author types

struct Tally {
    int right_chosen = 0;
    int wrong_chosen = 0;
    int right_left = 0;
    int wrong_left = 0;
};

Tally tally(const Question& question, const ChoiceKey& key, const ChoiceResponse& response) {
    Tally counts;
    for (const auto& option : question.option_ids) {
        const bool right = key.options.contains(option);
        const bool chosen = response.options.contains(option);
        (right ? (chosen ? counts.right_chosen : counts.right_left)
               : (chosen ? counts.wrong_chosen : counts.wrong_left))++;
    }
    return counts;
}

Exact share_earned(const Tally& counts, PartialCredit policy) {
    const int right = counts.right_chosen + counts.right_left;
    const int all = right + counts.wrong_chosen + counts.wrong_left;
    switch (policy) {
        case PartialCredit::none:
            break;
        case PartialCredit::proportional:
            return all == 0 ? Exact(0) : Exact(counts.right_chosen + counts.wrong_left, all);
        case PartialCredit::right_minus_wrong:
            return right == 0 ? Exact(0) : Exact(std::max(0, counts.right_chosen - counts.wrong_chosen), right);
    }
    return 0;
}

Mark wrong(const Question& question) {
    return {Exact(-question.negative_points), false};
}

Mark grade_choice(const Question& question, const ChoiceKey& key, const ChoiceResponse& response) {
    if (response.options.empty()) return {0, false};
    const Tally counts = tally(question, key, response);
    if (counts.wrong_chosen == 0 && counts.right_left == 0 && counts.right_chosen > 0) return {question.points, true};
    if (question.type != QuestionType::multiple_choice || question.partial_credit == PartialCredit::none) {
        return wrong(question);
    }
    const Exact share = share_earned(counts, question.partial_credit);
    if (share == 0) return wrong(question);
    return {Exact(question.points * share), false};
}

Mark grade_numeric(const Question& question, const NumericKey& key, const TextResponse& response, DecimalMark mark) {
    if (normalise_text(response.text, false).empty()) return {0, false};
    for (const auto& reading : read_number(response.text, mark)) {
        const auto accepts = [&](const NumericRange& range) { return range.low <= reading && reading <= range.high; };
        if (std::any_of(key.answers.begin(), key.answers.end(), accepts)) return {question.points, true};
    }
    return wrong(question);
}

Mark grade_text(const Question& question, const TextKey& key, const TextResponse& response) {
    const std::string given = normalise_text(response.text, !key.case_sensitive);
    if (given.empty()) return {0, false};
    const auto equals = [&](const std::string& text) { return normalise_text(text, !key.case_sensitive) == given; };
    const std::string unfolded = normalise_text(response.text, false);
    const auto matches = [&](const std::string& p) { return matches_pattern(unfolded, p, key.case_sensitive); };
    const bool correct = std::any_of(key.accept.begin(), key.accept.end(), equals) ||
                         std::any_of(key.patterns.begin(), key.patterns.end(), matches);
    return correct ? Mark{question.points, true} : wrong(question);
}

}  // namespace

Mark grade(const Question& question, const Key& key, const Response& response, DecimalMark decimal_mark) {
    if (std::holds_alternative<std::monostate>(response)) return {0, false};
    const auto* choice = std::get_if<ChoiceResponse>(&response);
    const auto* text = std::get_if<TextResponse>(&response);
    if (const auto* choice_key = std::get_if<ChoiceKey>(&key); choice_key && choice) {
        return grade_choice(question, *choice_key, *choice);
    }
    if (const auto* numeric_key = std::get_if<NumericKey>(&key); numeric_key && text) {
        return grade_numeric(question, *numeric_key, *text, decimal_mark);
    }
    if (const auto* text_key = std::get_if<TextKey>(&key); text_key && text) {
        return grade_text(question, *text_key, *text);
    }
    throw std::invalid_argument("key and response are of different kinds");
}

Exact total(const std::vector<Mark>& marks) {
    Exact sum = 0;
    for (const auto& mark : marks) sum += mark.points;
    return std::max(sum, Exact(0));
}

Exact percent_of(const Exact& score, const Exact& max) {
    return max == 0 ? Exact(0) : Exact(score * 100 / max);
}

bool is_pass(const Exact& score, const Exact& max, const Exact& pass_percent) {
    return percent_of(score, max) >= pass_percent;
}

NumericRange absolute_range(const Exact& value, const Exact& tolerance) {
    return {Exact(value - abs(tolerance)), Exact(value + abs(tolerance)), to_display(value, shown_decimals)};
}

NumericRange relative_range(const Exact& value, const Exact& fraction) {
    return absolute_range(value, Exact(abs(value) * abs(fraction)));
}

}  // namespace tt::progress
