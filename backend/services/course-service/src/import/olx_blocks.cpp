#include "services/course-service/src/import/olx_blocks.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/domain/slug.hpp"
#include "services/course-service/src/import/decimal_text.hpp"
#include "services/course-service/src/import/names.hpp"
#include "services/course-service/src/import/olx_activities.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

namespace tt::course::import {
namespace {

namespace bj = boost::json;

constexpr std::size_t kept_source_bytes = 64 * 1024;  // of an unsupported component, so that nothing is lost
constexpr int words_per_minute = 200;
constexpr int seconds_per_question = 90;
constexpr std::size_t widget_text_bytes = 80;

bool is_html_tag(std::string_view tag) {
    return tag == "html" || tag == "raw_html" || tag == "about";
}

bool is_pool(std::string_view tag) {
    return tag == "library_content" || tag == "itembank" || tag == "legacy_library_content";
}

bool is_variants(std::string_view tag) {
    return tag == "split_test" || tag == "conditional" || tag == "randomize";
}

std::optional<int> whole_number(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    return error == std::errc{} && end == text->data() + text->size() && value >= 0 ? std::optional(value)
                                                                                    : std::nullopt;
}

/// Open edX's showanswer as a review policy. What is shown after the last attempt or the close there is so here, too.
ReviewPolicy review_policy(const std::string& show_answer) {
    static constexpr std::array<std::string_view, 3> at_once{"always", "attempted", "answered"};
    ReviewPolicy policy;
    if (show_answer == "never") policy.key = "never";
    if (std::ranges::find(at_once, show_answer) != at_once.end()) policy.key = "after_submit";
    policy.explanation = policy.key;
    return policy;
}

std::string group_names(const std::string& group_access) {
    boost::system::error_code error;
    const auto parsed = bj::parse(group_access, error);
    return error || !parsed.is_object() || parsed.get_object().empty() ? "" : bj::serialize(parsed);
}

/// A problem used in two places gives questions with two keys.
void number_questions(const std::string& problem_key, std::vector<QuestionDraft>& questions) {
    for (std::size_t i = 0; i < questions.size(); ++i)
        questions[i].import_key = problem_key + ":" + std::to_string(i + 1);
}

int word_count(std::string_view text) {
    return text.empty() ? 0 : static_cast<int>(std::ranges::count(text, ' ')) + 1;
}

}  // namespace

Inherited Inherited::refined_by(const OlxNode& node) const {
    Inherited settings = *this;
    if (const auto graded = node.element.attribute("graded")) settings.is_graded = lower_ascii(*graded) == "true";
    if (const auto format = node.element.attribute("format"); format && !trimmed(*format).empty())
        settings.grade_category = trimmed(*format);
    if (const auto attempts = whole_number(node.element.attribute("max_attempts"))) settings.max_attempts = attempts;
    if (const auto show = node.element.attribute("showanswer")) settings.show_answer = lower_ascii(*show);
    return settings;
}

BlockReader::BlockReader(const CourseFolder& folder, ContentCleaner& cleaner, VideoReader& videos, Findings& findings)
    : folder_(folder), cleaner_(cleaner), videos_(videos), findings_(findings) {}

std::vector<BlockDraft> BlockReader::read(const OlxNode& node, const Inherited& outer, const std::string& path) {
    const Inherited settings = outer.refined_by(node);
    std::vector<BlockDraft> blocks;
    if (node.problem) {
        blocks.push_back(unsupported(node, path, node.problem->reason, node.problem->message));
    } else if (is_pool(node.tag)) {
        blocks.push_back(read_pool(node, settings, path));
    } else if (is_variants(node.tag)) {
        blocks.push_back(read_variants(node, settings, path));
    } else if (is_container(node.tag)) {
        for (const OlxNode& child : node.children)
            std::ranges::move(read(child, settings, path), std::back_inserter(blocks));
    } else if (is_html_tag(node.tag)) {
        blocks.push_back(read_html(node));
    } else if (node.tag == "video" || node.tag == "videoalpha") {
        int length_ms = 0;
        blocks.push_back(keyed(node, videos_.read(node, length_ms)));
        seconds_ += length_ms / 1000;
    } else if (node.tag == "problem") {
        blocks.push_back(read_problem(node, settings, path));
    } else if (node.tag == "discussion") {
        blocks.push_back(keyed(node, read_discussion(node)));
    } else if (node.tag == "poll") {
        blocks.push_back(keyed(node, read_poll(node, cleaner_)));
    } else if (node.tag == "survey") {
        blocks.push_back(keyed(node, read_survey(node)));
    } else if (node.tag == "openassessment" || node.tag == "edx_sga") {
        blocks.push_back(keyed(node, read_assignment(node, cleaner_)));
    } else {
        blocks.push_back(
            unsupported(node, path, "component_not_supported", "There is no counterpart of <" + node.tag + "> yet."));
    }
    return blocks;
}

int BlockReader::take_seconds() {
    return std::exchange(seconds_, 0);
}

std::string BlockReader::free_key(const OlxNode& node) {
    const std::string key = free_slug(node.url_name.empty() ? node.tag : node.url_name, used_keys_);
    used_keys_.insert(key);
    return key;
}

BlockDraft BlockReader::keyed(const OlxNode& node, BlockDraft block) {
    block.import_key = free_key(node);
    return block;
}

BlockDraft BlockReader::read_html(const OlxNode& node) {
    BlockDraft block;
    block.kind = "html";
    block.source_type = node.tag;
    std::string source = node.source;
    std::string html;
    if (const auto file = node.element.attribute("filename")) {
        source = "html/" + *file + ".html";
        const bool is_inside = file->find("..") == std::string::npos && !file->starts_with('/');
        const auto bytes = is_inside ? folder_.read(source) : std::nullopt;
        if (!bytes) findings_.warnings.push_back({source, "The file is missing; its block is empty."});
        html = bytes.value_or("");
    } else {
        html = markup::inner_html(node.element);
    }
    cleaner_.note_static_refs(html);
    const auto clean = cleaner_.clean(html, source);
    if (clean.report.scripts > 0) ++findings_.html_files_with_scripts;
    findings_.images += static_cast<int>(clean.report.images);
    // Buttons whose script is gone, with a word or two around them: nothing is left that a reader could use.
    const bool is_dead_widget = clean.report.controls > 0 && !clean.has_media && clean.text.size() <= widget_text_bytes;
    if (is_dead_widget)
        findings_.warnings.push_back(
            {source, "A widget of buttons without their script was emptied: \"" + clean.text + "\"."});
    const bool is_empty = clean.text.empty() && !clean.has_media;  // only scripts and style sheets were in it
    block.content_html = is_dead_widget || is_empty ? "" : trimmed(clean.html);
    const std::string groups = group_names(node.element.attribute_or("group_access", ""));
    if (!groups.empty())
        findings_.warnings.push_back(
            {source, "Shown to some content groups only in the source; here to every learner."});
    bj::object content;
    if (!node.title().empty()) content["title"] = node.title();
    if (!groups.empty()) content["group_access"] = bj::parse(groups);
    block.content = json::Raw{bj::serialize(content)};
    seconds_ += word_count(clean.text) * 60 / words_per_minute;
    return keyed(node, std::move(block));
}

QuizDraft BlockReader::make_quiz(const OlxNode& node, const Inherited& settings) const {
    QuizDraft quiz;
    quiz.title = node.title();
    quiz.mode = settings.is_graded ? "graded" : "inline";
    if (settings.is_graded) quiz.grade_category = settings.grade_category;
    quiz.max_attempts = settings.max_attempts.value_or(0);
    quiz.review_policy = review_policy(settings.show_answer);
    return quiz;
}

void BlockReader::count_problem(const OlxNode& node, const ConvertedProblem& problem) {
    ++findings_.problems;
    if (problem.has_hints) ++findings_.problems_with_hints;
    if (problem.has_solution) ++findings_.problems_with_solutions;
    if (const auto bytes = folder_.read(node.source)) cleaner_.note_static_refs(*bytes);
    seconds_ += static_cast<int>(problem.questions.size()) * seconds_per_question;
}

void BlockReader::report_responses(const OlxNode& node, const ConvertedProblem& problem, const std::string& path,
                                   bool is_whole_problem) {
    for (const auto& response : problem.unsupported) {
        ++findings_.unsupported_responses[response.kind];
        // A problem that is unsupported as a whole is listed once, as a block.
        if (!is_whole_problem)
            findings_.unsupported.push_back(
                {"problem." + response.kind, node.title(), path, node.source, response.reason, response.detail});
    }
}

BlockDraft BlockReader::read_problem(const OlxNode& node, const Inherited& settings, const std::string& path) {
    const auto problem = convert_problem(node, cleaner_);
    count_problem(node, problem);
    if (settings.max_attempts.value_or(0) == 0) ++findings_.problems_without_attempt_limit;
    report_responses(node, problem, path, problem.questions.empty());
    if (problem.questions.empty()) {
        const auto& first = problem.unsupported.front();
        return unsupported(node, path, first.reason, first.detail);
    }
    BlockDraft block;
    block.kind = "quiz";
    block.source_type = node.tag;
    QuizDraft quiz = make_quiz(node, settings);
    quiz.shuffle_options = problem.shuffles_options;
    const auto weight = plain_decimal(node.element.attribute_or("weight", ""));
    quiz.weight = weight.value_or(std::to_string(problem.responses));
    quiz.questions = problem.questions;
    block.quiz = std::move(quiz);
    block = keyed(node, std::move(block));
    block.quiz->import_key = block.import_key;
    number_questions(block.import_key, block.quiz->questions);
    return block;
}

BlockDraft BlockReader::read_pool(const OlxNode& node, const Inherited& settings, const std::string& path) {
    BlockDraft block;
    block.kind = "quiz";
    block.source_type = node.tag;
    QuizDraft quiz = make_quiz(node, settings);
    for (const OlxNode& child : node.children) {
        if (child.problem || child.tag != "problem") {
            const std::string detail =
                child.problem ? child.problem->message : "Only problems can be drawn from a pool.";
            findings_.unsupported.push_back({child.tag, child.title(), path, child.source,
                                             child.problem ? child.problem->reason : "pool_item_not_supported",
                                             detail});
            continue;
        }
        auto problem = convert_problem(child, cleaner_);
        count_problem(child, problem);
        report_responses(child, problem, path, false);
        number_questions(free_key(child), problem.questions);
        for (auto& question : problem.questions) {
            question.pool_key = node.url_name.empty() ? "pool" : node.url_name;
            quiz.questions.push_back(std::move(question));
        }
    }
    if (quiz.questions.empty())
        return unsupported(node, path, "pool_empty", "No problem of the pool can be used here.");
    const auto wanted = whole_number(node.element.attribute("max_count"));
    const int available = static_cast<int>(quiz.questions.size());
    if (wanted && *wanted > 0 && *wanted < available) quiz.draw_count = *wanted;
    quiz.weight = std::to_string(quiz.draw_count.value_or(available));
    quiz.shuffle_questions = true;
    block.quiz = std::move(quiz);
    block = keyed(node, std::move(block));
    block.quiz->import_key = block.import_key;
    return block;
}

BlockDraft BlockReader::read_variants(const OlxNode& node, const Inherited& settings, const std::string& path) {
    BlockDraft block;
    block.kind = "variants";
    block.source_type = node.tag;
    block = keyed(node, std::move(block));
    bj::array variants;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const OlxNode& child = node.children[i];
        const std::string key = child.url_name.empty() ? "variant-" + std::to_string(i + 1) : child.url_name;
        variants.emplace_back(bj::object{{"key", key}, {"title", child.title()}});
        for (auto& inner : read(child, settings, path)) {
            inner.variant_key = key;
            block.children.push_back(std::move(inner));
        }
    }
    block.content = json::Raw{bj::serialize(bj::object{{"title", node.title()}, {"variants", variants}})};
    return block;
}

BlockDraft BlockReader::unsupported(const OlxNode& node, const std::string& path, const std::string& reason,
                                    const std::string& detail) {
    findings_.unsupported.push_back({node.tag, node.title(), path, node.source, reason, detail});
    BlockDraft block;
    block.kind = "unsupported";
    block.source_type = node.tag;
    std::string source = markup::outer_html(node.element).substr(0, kept_source_bytes);
    // Not in the middle of a UTF-8 sequence: JSON would refuse it.
    while (!source.empty() && (static_cast<unsigned char>(source.back()) & 0x80) != 0) source.pop_back();
    const bj::object content{{"title", node.title()}, {"reason", reason}, {"detail", detail}, {"source", source}};
    block.content = json::Raw{bj::serialize(content)};
    return keyed(node, std::move(block));
}

}  // namespace tt::course::import
