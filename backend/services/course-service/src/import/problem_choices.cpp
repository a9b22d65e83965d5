#include "services/course-service/src/import/problem_responses.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <boost/json.hpp>

#include <utility>

namespace tt::course::import {
namespace {

bool is_true(const std::string& word) {
    return lower_ascii(word) == "true";
}

Error unsupported(std::string reason, std::string message) {
    return Error{Code::unprocessable, std::move(reason), std::move(message)};
}

/// One option with everything the source says about it.
struct Choice {
    std::string html;
    bool is_correct = false;
    std::string when_chosen;    ///< feedback HTML
    std::string when_left_out;  ///< checkboxes only
};

/// The question's options, key and feedback from its choices.
void fill_in(const std::vector<Choice>& choices, QuestionDraft& question) {
    boost::json::array correct;
    boost::json::object by_option;
    std::string left_out;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const std::string id = option_id(i);
        question.options.push_back({id, choices[i].html});
        if (choices[i].is_correct) correct.emplace_back(id);
        if (!choices[i].when_chosen.empty()) by_option[id] = choices[i].when_chosen;
        left_out += choices[i].when_left_out;
    }
    boost::json::object key;
    if (question.type == "multiple_choice") {
        key["options"] = correct;
    } else {
        key["option"] = correct.at(0);
    }
    boost::json::object feedback;
    if (!by_option.empty()) feedback["options"] = by_option;
    if (!left_out.empty()) feedback["incorrect"] = left_out;
    question.answer_key = json::Raw{boost::json::serialize(key)};
    question.feedback = json::Raw{boost::json::serialize(feedback)};
}

Result<void> check_single(const std::vector<Choice>& choices) {
    if (choices.empty()) return unsupported("no_options", "The question has no options.");
    const auto correct = std::ranges::count_if(choices, &Choice::is_correct);
    if (correct != 1)
        return unsupported("several_correct_options",
                           "Exactly one option must be right; the source has " + std::to_string(correct) + ".");
    return {};
}

/// `hint_name` is choicehint or optionhint; compound hints have no counterpart.
Choice read_choice(const markup::XmlElement& element, std::string_view hint_name, ContentCleaner& cleaner,
                   const std::string& source) {
    Choice choice;
    choice.is_correct = is_true(element.attribute_or("correct", ""));
    const auto without_hints = [&](const markup::XmlElement& child, std::string&) { return child.name == hint_name; };
    choice.html = cleaner.clean_html(markup::inner_html(element, without_hints), source);
    for (const markup::XmlElement* hint : element.elements(hint_name)) {
        const std::string html = cleaner.clean_html(markup::inner_html(*hint), source);
        if (html.empty()) continue;
        const bool is_for_leaving_out = hint->attribute("selected") && !is_true(*hint->attribute("selected"));
        (is_for_leaving_out ? choice.when_left_out : choice.when_chosen) += "<p>" + html + "</p>";
    }
    return choice;
}

/// Open edX's short form: options="('one','it\'s two')".
std::vector<std::string> quoted_words(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char quote = text[i];
        if (quote != '\'' && quote != '"') continue;
        std::string word;
        for (++i; i < text.size() && text[i] != quote; ++i) {
            if (text[i] == '\\' && i + 1 < text.size()) ++i;
            word += text[i];
        }
        words.push_back(std::move(word));
    }
    return words;
}

}  // namespace

std::string option_id(std::size_t index) {
    std::string id;
    for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        id.insert(id.begin(), static_cast<char>('a' + (rest - 1) % 26));
    return id;
}

Result<QuestionDraft> read_choices(const markup::XmlElement& response, ContentCleaner& cleaner,
                                   const std::string& source) {
    QuestionDraft question;
    question.type = response.name == "choiceresponse" ? "multiple_choice" : "single_choice";
    const bool is_partial = lower_ascii(response.attribute_or("partial_credit", "false")) != "false";
    if (question.type == "multiple_choice" && is_partial) question.partial_credit = "proportional";
    std::vector<Choice> choices;
    for (const auto* element : response.find_all([](const markup::XmlElement& e) { return e.name == "choice"; })) {
        choices.push_back(read_choice(*element, "choicehint", cleaner, source));
    }
    if (choices.empty()) return unsupported("no_options", "The question has no options.");
    if (question.type == "single_choice") {
        if (const auto single = check_single(choices); !single) return single.error();
    }
    fill_in(choices, question);
    return question;
}

Result<QuestionDraft> read_dropdown(const markup::XmlElement& response, ContentCleaner& cleaner,
                                    const std::string& source) {
    const auto inputs = response.find_all([](const markup::XmlElement& e) { return e.name == "optioninput"; });
    if (inputs.size() != 1) return unsupported("no_options", "A dropdown must have exactly one list of options.");
    const markup::XmlElement& input = *inputs.front();
    std::vector<Choice> choices;
    if (const auto words = input.attribute("options")) {
        const std::string correct = input.attribute_or("correct", "");
        for (const auto& word : quoted_words(*words)) choices.push_back({escape_html(word), word == correct, {}, {}});
    } else {
        for (const auto* option : input.elements("option"))
            choices.push_back(read_choice(*option, "optionhint", cleaner, source));
    }
    if (const auto single = check_single(choices); !single) return single.error();
    QuestionDraft question;
    question.type = "dropdown";
    fill_in(choices, question);
    return question;
}

}  // namespace tt::course::import
