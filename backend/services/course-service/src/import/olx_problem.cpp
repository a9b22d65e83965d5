#include "services/course-service/src/import/olx_problem.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/import/names.hpp"
#include "services/course-service/src/import/problem_prompt.hpp"
#include "services/course-service/src/import/problem_responses.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

namespace tt::course::import {
namespace {

using markup::XmlElement;
using Reader = Result<QuestionDraft> (*)(const XmlElement&, ContentCleaner&, const std::string&);

struct ResponseKind {
    std::string_view kind;
    Reader read = nullptr;  ///< null: known, but cannot be graded here
};

const std::unordered_map<std::string_view, ResponseKind>& response_kinds() {
    static const std::unordered_map<std::string_view, ResponseKind> table{
        {"multiplechoiceresponse", {"single_choice", read_choices}},
        {"choiceresponse", {"multiple_choice", read_choices}},
        {"optionresponse", {"dropdown", read_dropdown}},
        {"numericalresponse", {"numeric", read_numeric}},
        {"stringresponse", {"short_text", read_short_text}},
        {"customresponse", {"custom", nullptr}},
        {"formularesponse", {"formula", nullptr}},
        {"imageresponse", {"image", nullptr}},
        {"schematicresponse", {"schematic", nullptr}},
        {"symbolicresponse", {"symbolic", nullptr}},
        {"coderesponse", {"code", nullptr}},
        {"externalresponse", {"external", nullptr}},
        {"javascriptresponse", {"javascript", nullptr}},
        {"choicetextresponse", {"choice_text", nullptr}},
        {"truefalseresponse", {"true_false", nullptr}},
    };
    return table;
}

bool has_element(const XmlElement& element, std::string_view name) {
    return !element.find_all([&](const XmlElement& e) { return e.name == name; }).empty();
}

bool has_variable(std::string_view text) {
    for (std::size_t at = text.find('$'); at != std::string_view::npos && at + 1 < text.size();
         at = text.find('$', at + 1)) {
        const char next = text[at + 1];
        if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '_' || next == '{') return true;
    }
    return false;
}

/// Whether a response of a problem with a script uses its variables, in the key or in what the learner reads.
bool uses_variables(const XmlElement& response, const std::string& prompt) {
    return has_variable(markup::outer_html(response)) || has_variable(prompt);
}

std::string solution_html(const XmlElement& element, bool direct_only, ContentCleaner& cleaner,
                          const std::string& source) {
    std::string html;
    const auto is_solution = [](const XmlElement& e) { return e.name == "solution"; };
    const auto is_solution_or_response = [&](const XmlElement& e) {
        return is_solution(e) || (direct_only && response_kinds().contains(e.name));
    };
    for (const auto* solution : element.find_all(is_solution_or_response)) {
        if (is_solution(*solution)) html += cleaner.clean_html(markup::inner_html(*solution), source);
    }
    return html;
}

std::vector<std::string> read_hints(const XmlElement& problem, ContentCleaner& cleaner, const std::string& source) {
    std::vector<std::string> hints;
    for (const auto* hint : problem.find_all([](const XmlElement& e) { return e.name == "hint"; })) {
        // Plain text: a hint is shown in a line of its own, without markup.
        const std::string text = cleaner.clean(markup::inner_html(*hint), source).text;
        if (!text.empty()) hints.push_back(text);
    }
    return hints;
}

UnsupportedResponse not_gradable(const std::string& name, std::string_view kind) {
    return {std::string(kind), "response_not_supported",
            "Answers of type " + name + " need code or a drawing tool of Open edX to be graded."};
}

/// Reads the response at `index`; either a question or an unsupported response is added.
void convert_response(const OlxNode& problem, const XmlElement& response, const std::string& prompt, bool has_script,
                      ContentCleaner& cleaner, ConvertedProblem& result) {
    const ResponseKind& kind = response_kinds().at(response.name);
    if (kind.read == nullptr) {
        result.unsupported.push_back(not_gradable(response.name, kind.kind));
        return;
    }
    if (has_script && uses_variables(response, prompt)) {
        result.unsupported.push_back({std::string(kind.kind) + "_with_script", "uses_script",
                                      "The question takes values from a Python script, which is never run."});
        return;
    }
    auto question = kind.read(response, cleaner, problem.source);
    if (!question) {
        result.unsupported.push_back({std::string(kind.kind), question.error().reason, question.error().message});
        return;
    }
    question->prompt_html = cleaner.clean_html(prompt, problem.source);
    if (question->prompt_html.empty())
        question->prompt_html = "<p>" + cleaner.clean_html(problem.title(), problem.source) + "</p>";
    const std::string explanation = solution_html(response, false, cleaner, problem.source);
    if (!explanation.empty()) question->explanation_html = explanation;
    result.questions.push_back(std::move(*question));
}

}  // namespace

ConvertedProblem convert_problem(const OlxNode& problem, ContentCleaner& cleaner) {
    ConvertedProblem result;
    const XmlElement& element = problem.element;
    result.has_hints = has_element(element, "demandhint");
    result.has_solution = has_element(element, "solution");
    const auto groups =
        element.find_all([](const XmlElement& e) { return e.name == "choicegroup" || e.name == "checkboxgroup"; });
    const auto is_shuffled = [](const XmlElement* group) {
        return lower_ascii(group->attribute_or("shuffle", "")) == "true";
    };
    result.shuffles_options = !groups.empty() && std::ranges::all_of(groups, is_shuffled);

    const auto responses = element.find_all([](const XmlElement& e) { return response_kinds().contains(e.name); });
    if (responses.empty()) {
        result.unsupported.push_back({"none", "no_response", "The problem has no kind of answer that is known here."});
        return result;
    }
    const bool has_script = has_element(element, "script");
    const auto prompts = split_prompts(element, responses);
    for (std::size_t i = 0; i < responses.size(); ++i) {
        ++result.responses;
        convert_response(problem, *responses[i], prompts[i], has_script, cleaner, result);
    }
    if (result.questions.empty()) return result;
    result.questions.front().hints = read_hints(element, cleaner, problem.source);
    const std::string explanation = solution_html(element, true, cleaner, problem.source);
    if (!explanation.empty()) {
        auto& last = result.questions.back().explanation_html;
        last = last.value_or("") + explanation;
    }
    return result;
}

}  // namespace tt::course::import
