#include "services/progress-service/src/answer_codec.hpp"

#include "platform/core/text.hpp"
#include "services/progress-service/src/domain/grading.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace tt::progress {

struct AnswerJson {
    std::optional<std::string> option;
    std::optional<std::vector<std::string>> options;
    std::optional<std::string> value;
    std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(AnswerJson, (), (option, options, value, text))

struct ToleranceJson {
    std::string type;
    std::optional<std::string> value;
    std::optional<std::string> low;
    std::optional<std::string> high;
};
BOOST_DESCRIBE_STRUCT(ToleranceJson, (), (type, value, low, high))

struct NumericAnswerJson {
    std::optional<std::string> value;
    std::optional<ToleranceJson> tolerance;
};
BOOST_DESCRIBE_STRUCT(NumericAnswerJson, (), (value, tolerance))

struct NumericKeyJson {
    std::vector<NumericAnswerJson> answers;
};
BOOST_DESCRIBE_STRUCT(NumericKeyJson, (), (answers))

struct TextKeyJson {
    std::optional<std::vector<std::string>> accept;
    std::optional<bool> case_sensitive;
    std::optional<std::vector<std::string>> regex;
};
BOOST_DESCRIBE_STRUCT(TextKeyJson, (), (accept, case_sensitive, regex))

}  // namespace tt::progress

namespace platform::json {
using tt::progress::AnswerJson;
inline constexpr Rule only_when_set{.omit_when_null = true};
template <>
inline constexpr Rule rule<&AnswerJson::option> = only_when_set;
template <>
inline constexpr Rule rule<&AnswerJson::options> = only_when_set;
template <>
inline constexpr Rule rule<&AnswerJson::value> = only_when_set;
template <>
inline constexpr Rule rule<&AnswerJson::text> = only_when_set;
}  // namespace platform::json

namespace tt::progress {
namespace {

template <class T>
T parse_key(const json::Raw& text) {
    auto value = json::parse<T>(text.text);
    if (!value) throw std::invalid_argument("unreadable answer key: " + value.error().reason);
    return std::move(*value);
}

template <class E>
E described(const std::string& text, std::string_view what) {
    E value{};
    if (!boost::describe::enum_from_string(text.c_str(), value)) {
        throw std::invalid_argument("unknown " + std::string(what) + ": " + text);
    }
    return value;
}

ChoiceKey choice_key(const json::Raw& text) {
    const auto key = parse_key<AnswerJson>(text);
    ChoiceKey result;
    if (key.option) result.options.insert(*key.option);
    if (key.options) result.options.insert(key.options->begin(), key.options->end());
    return result;
}

NumericRange numeric_range(const NumericAnswerJson& answer) {
    const std::string type = answer.tolerance ? answer.tolerance->type : "none";
    if (type == "range") {
        const Exact low = exact(answer.tolerance->low.value_or(""));
        const Exact high = exact(answer.tolerance->high.value_or(""));
        const std::string shown = answer.value.value_or(*answer.tolerance->low + " – " + *answer.tolerance->high);
        return {low, high, shown};
    }
    const Exact value = exact(answer.value.value_or(""));
    if (type == "none") return absolute_range(value, 0);
    const Exact tolerance = exact(answer.tolerance->value.value_or(""));
    if (type == "absolute") return absolute_range(value, tolerance);
    if (type == "relative") return relative_range(value, tolerance);
    throw std::invalid_argument("unknown tolerance: " + type);
}

NumericKey numeric_key(const json::Raw& text) {
    NumericKey key;
    for (const auto& answer : parse_key<NumericKeyJson>(text).answers) key.answers.push_back(numeric_range(answer));
    return key;
}

TextKey text_key(const json::Raw& text) {
    auto key = parse_key<TextKeyJson>(text);
    return {key.accept.value_or(std::vector<std::string>{}), key.regex.value_or(std::vector<std::string>{}),
            key.case_sensitive.value_or(false)};
}

Error invalid_response(std::string detail, std::string pointer) {
    return Error{Code::unprocessable, "invalid_response", detail, {{"/response" + pointer, detail}}};
}

bool has_option(const Question& question, const std::string& id) {
    return std::find(question.option_ids.begin(), question.option_ids.end(), id) != question.option_ids.end();
}

using Cleaned = Result<std::optional<json::Raw>>;

Cleaned stored(const AnswerJson& answer) {
    return std::optional(json::Raw{json::write(answer)});
}

Cleaned clean_single(const Question& question, const AnswerJson& answer) {
    if (answer.options || answer.value || answer.text) return invalid_response("Expected one option.", "");
    if (!answer.option) return std::optional<json::Raw>();
    if (!has_option(question, *answer.option)) return invalid_response("No such option.", "/option");
    return stored({.option = answer.option, .options = {}, .value = {}, .text = {}});
}

Cleaned clean_multiple(const Question& question, const AnswerJson& answer) {
    if (answer.option || answer.value || answer.text) return invalid_response("Expected a list of options.", "");
    if (!answer.options || answer.options->empty()) return std::optional<json::Raw>();
    const std::set<std::string> chosen(answer.options->begin(), answer.options->end());
    for (const auto& id : chosen) {
        if (!has_option(question, id)) return invalid_response("No such option.", "/options");
    }
    std::vector<std::string> sorted(chosen.begin(), chosen.end());
    return stored({.option = {}, .options = std::move(sorted), .value = {}, .text = {}});
}

Cleaned clean_number(const AnswerJson& answer) {
    if (answer.option || answer.options || answer.text) return invalid_response("Expected a number.", "");
    if (!answer.value || answer.value->empty()) return std::optional<json::Raw>();
    if (count_characters(*answer.value) > max_number_characters)
        return invalid_response("The number is too long.", "/value");
    return stored({.option = {}, .options = {}, .value = answer.value, .text = {}});
}

Cleaned clean_text(const AnswerJson& answer) {
    if (answer.option || answer.options || answer.value) return invalid_response("Expected a text.", "");
    if (!answer.text || answer.text->empty()) return std::optional<json::Raw>();
    if (count_characters(*answer.text) > max_answer_characters)
        return invalid_response("The text is too long.", "/text");
    return stored({.option = {}, .options = {}, .value = {}, .text = answer.text});
}

void append_html(std::string& out, const boost::json::value* html) {
    if (html && html->is_string()) out += html->as_string();
}

}  // namespace

Question to_question(const course::QuestionRevision& revision) {
    Question question;
    question.type = described<QuestionType>(revision.type, "question type");
    question.points = exact(revision.points);
    question.partial_credit = described<PartialCredit>(revision.partial_credit, "partial credit");
    question.negative_points = exact(revision.negative_points);
    for (const auto& option : revision.options) question.option_ids.push_back(option.id);
    return question;
}

Key to_key(QuestionType type, const json::Raw& answer_key) {
    switch (type) {
        case QuestionType::numeric:
            return numeric_key(answer_key);
        case QuestionType::short_text:
            return text_key(answer_key);
        case QuestionType::single_choice:
        case QuestionType::true_false:
        case QuestionType::dropdown:
        case QuestionType::multiple_choice:
            return choice_key(answer_key);
    }
    throw std::invalid_argument("unknown question type");
}

Result<std::optional<json::Raw>> clean_response(const Question& question, const json::Raw& response) {
    if (response.text == "null") return std::optional<json::Raw>();
    const auto answer = json::parse<AnswerJson>(response.text);
    if (!answer) return invalid_response("The answer does not fit the question.", "");
    switch (question.type) {
        case QuestionType::multiple_choice:
            return clean_multiple(question, *answer);
        case QuestionType::numeric:
            return clean_number(*answer);
        case QuestionType::short_text:
            return clean_text(*answer);
        case QuestionType::single_choice:
        case QuestionType::true_false:
        case QuestionType::dropdown:
            return clean_single(question, *answer);
    }
    return invalid_response("This question takes no answer.", "");
}

Response to_response(const std::optional<json::Raw>& stored) {
    if (!stored) return std::monostate{};
    const auto answer = json::parse<AnswerJson>(stored->text);
    if (!answer) throw std::invalid_argument("unreadable stored answer");
    if (answer->option) return ChoiceResponse{{*answer->option}};
    if (answer->options) return ChoiceResponse{{answer->options->begin(), answer->options->end()}};
    if (answer->value) return TextResponse{*answer->value};
    if (answer->text) return TextResponse{*answer->text};
    return std::monostate{};
}

json::Raw correct_response(QuestionType type, const Key& key) {
    AnswerJson answer;
    if (const auto* choice = std::get_if<ChoiceKey>(&key)) {
        if (type == QuestionType::multiple_choice) {
            answer.options = std::vector<std::string>(choice->options.begin(), choice->options.end());
        } else if (!choice->options.empty()) {
            answer.option = *choice->options.begin();
        }
    } else if (const auto* numeric = std::get_if<NumericKey>(&key)) {
        if (!numeric->answers.empty()) answer.value = numeric->answers.front().shown;
    } else if (const auto* text = std::get_if<TextKey>(&key)) {
        const auto& shown = text->accept.empty() ? text->patterns : text->accept;
        if (!shown.empty()) answer.text = shown.front();
    }
    return {json::write(answer)};
}

std::string feedback_html(const json::Raw& feedback, const Response& response, bool is_correct) {
    boost::system::error_code error;
    const auto document = boost::json::parse(feedback.text, error);
    if (error || !document.is_object()) return {};
    const auto& object = document.as_object();
    std::string html;
    const auto* options = object.if_contains("options");
    const auto* chosen = std::get_if<ChoiceResponse>(&response);
    if (options && options->is_object() && chosen) {
        for (const auto& id : chosen->options) append_html(html, options->as_object().if_contains(id));
    }
    append_html(html, object.if_contains(is_correct ? "correct" : "incorrect"));
    return html;
}

}  // namespace tt::progress
