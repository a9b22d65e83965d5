#pragma once

#include "services/progress-service/src/domain/exact.hpp"

#include <boost/describe.hpp>

#include <set>
#include <string>
#include <variant>
#include <vector>

/// What grading knows of a question, its key and an answer. Plain values, filled from frozen revisions.
namespace tt::progress {

enum class QuestionType { single_choice, true_false, dropdown, multiple_choice, numeric, short_text };
BOOST_DESCRIBE_ENUM(QuestionType, single_choice, true_false, dropdown, multiple_choice, numeric, short_text)

/// Only for multiple_choice. none = all or nothing; proportional = share of the options judged rightly;
/// right_minus_wrong = (chosen right − chosen wrong) ÷ right ones, never below zero.
enum class PartialCredit { none, proportional, right_minus_wrong };
BOOST_DESCRIBE_ENUM(PartialCredit, none, proportional, right_minus_wrong)

struct Question {
    QuestionType type = QuestionType::single_choice;
    Exact points = 1;
    PartialCredit partial_credit = PartialCredit::none;
    Exact negative_points = 0;  // taken off for a wrong choice; an empty answer costs nothing
    std::vector<std::string> option_ids{};
};

struct ChoiceKey {
    std::set<std::string> options;
};

/// Inclusive bounds, computed from the author's absolute, relative or range tolerance.
struct NumericRange {
    Exact low;
    Exact high;
    std::string shown;  // what the review prints as the right answer
};

struct NumericKey {
    std::vector<NumericRange> answers{};
};

struct TextKey {
    std::vector<std::string> accept{};
    std::vector<std::string> patterns{};
    bool case_sensitive = false;
};

using Key = std::variant<ChoiceKey, NumericKey, TextKey>;

struct ChoiceResponse {
    std::set<std::string> options;
};

/// Numbers too: they are kept as typed and read when graded.
struct TextResponse {
    std::string text;
};

/// monostate: not answered.
using Response = std::variant<std::monostate, ChoiceResponse, TextResponse>;

}  // namespace tt::progress
