#include "services/course-service/src/import/problem_responses.hpp"

#include "services/course-service/src/import/decimal_text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <re2/re2.h>
#include <boost/json.hpp>

#include <utility>

namespace tt::course::import {
namespace {

namespace bj = boost::json;

// capa's default when a numerical problem names no tolerance: 0.001 %.
constexpr std::string_view default_relative_tolerance = "0.00001";

bj::object tolerance(std::string_view type, std::string_view value) {
    return {{"type", type}, {"value", value}};
}

/// "5" is absolute, "5%" relative; empty when it is neither (a formula).
std::optional<bj::object> read_tolerance(const markup::XmlElement& response) {
    for (const auto* parameter : response.elements("responseparam")) {
        const auto written = parameter->attribute("default");
        if (parameter->attribute_or("type", "tolerance") != "tolerance" || !written) continue;
        std::string text = trimmed(*written);
        const bool is_percent = text.ends_with('%');
        if (is_percent) text.pop_back();
        const auto value = plain_decimal(text, is_percent ? -2 : 0);
        if (!value) return std::nullopt;
        return tolerance(is_percent ? "relative" : "absolute", *value);
    }
    return tolerance("relative", default_relative_tolerance);
}

/// "[5, 7)": both ends count as inside, which differs from the source by one point of the number line.
std::optional<bj::object> read_range(const std::string& text) {
    const bool is_range =
        text.size() > 4 && (text.front() == '[' || text.front() == '(') && (text.back() == ']' || text.back() == ')');
    const std::size_t comma = text.find(',');
    if (!is_range || comma == std::string::npos) return std::nullopt;
    const auto low = plain_decimal(std::string_view(text).substr(1, comma - 1));
    const auto high = plain_decimal(std::string_view(text).substr(comma + 1, text.size() - comma - 2));
    if (!low || !high) return std::nullopt;
    return bj::object{{"value", *low}, {"tolerance", bj::object{{"type", "range"}, {"low", *low}, {"high", *high}}}};
}

Result<bj::object> read_numeric_answer(const std::string& written, const markup::XmlElement& response) {
    const std::string text = trimmed(written);
    if (auto range = read_range(text)) return std::move(*range);
    const auto value = plain_decimal(text);
    const auto allowed = read_tolerance(response);
    if (!value || !allowed) {
        return Error{Code::unprocessable, "numeric_expression",
                     "The answer \"" + text + "\" is a formula; only numbers and ranges can be graded."};
    }
    return bj::object{{"value", *value}, {"tolerance", *allowed}};
}

/// correcthint: shown with a right answer.
json::Raw read_correct_hint(const markup::XmlElement& response, ContentCleaner& cleaner, const std::string& source) {
    const markup::XmlElement* hint = response.child("correcthint");
    const std::string html = hint == nullptr ? "" : cleaner.clean_html(markup::inner_html(*hint), source);
    if (html.empty()) return json::Raw{"{}"};
    return json::Raw{bj::serialize(bj::object{{"correct", "<p>" + html + "</p>"}})};
}

/// capa matches ^answer$; a learner's regex engine must be linear in time, so it has to be one RE2 can run.
Result<std::string> read_pattern(const std::string& answer) {
    const std::string pattern = "^(?:" + answer + ")$";
    re2::RE2::Options options;
    options.set_log_errors(false);
    const re2::RE2 compiled(pattern, options);
    if (!compiled.ok())
        return Error{Code::unprocessable, "regex_not_supported",
                     "The pattern \"" + answer + "\" cannot be used: " + compiled.error() + "."};
    return pattern;
}

}  // namespace

Result<QuestionDraft> read_numeric(const markup::XmlElement& response, ContentCleaner& cleaner,
                                   const std::string& source) {
    bj::array answers;
    std::vector<std::string> written{response.attribute_or("answer", "")};
    for (const auto* more : response.elements("additional_answer")) written.push_back(more->attribute_or("answer", ""));
    for (const auto& text : written) {
        auto answer = read_numeric_answer(text, response);
        if (!answer) return answer.error();
        answers.emplace_back(std::move(*answer));
    }
    QuestionDraft question;
    question.type = "numeric";
    question.answer_key = json::Raw{bj::serialize(bj::object{{"answers", answers}})};
    question.feedback = read_correct_hint(response, cleaner, source);
    return question;
}

Result<QuestionDraft> read_short_text(const markup::XmlElement& response, ContentCleaner& cleaner,
                                      const std::string& source) {
    const std::string type = " " + response.attribute_or("type", "") + " ";
    const bool is_regex = type.find(" regexp ") != std::string::npos;
    std::vector<std::string> written{response.attribute_or("answer", "")};
    for (const auto* more : response.elements("additional_answer"))
        written.push_back(more->attribute_or("answer", trimmed(more->text())));
    std::erase(written, "");
    if (written.empty()) return Error{Code::unprocessable, "no_answer", "The question has no answer."};
    bj::array accept;
    bj::array patterns;
    for (const auto& answer : written) {
        if (!is_regex) {
            accept.emplace_back(trimmed(answer));
            continue;
        }
        auto pattern = read_pattern(answer);
        if (!pattern) return pattern.error();
        patterns.emplace_back(std::move(*pattern));
    }
    QuestionDraft question;
    question.type = "short_text";
    const bool is_case_sensitive = type.find(" ci ") == std::string::npos;
    const bj::object key{{"accept", accept}, {"case_sensitive", is_case_sensitive}, {"regex", patterns}};
    question.answer_key = json::Raw{bj::serialize(key)};
    question.feedback = read_correct_hint(response, cleaner, source);
    return question;
}

}  // namespace tt::course::import
