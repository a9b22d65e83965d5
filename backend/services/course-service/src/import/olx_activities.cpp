#include "services/course-service/src/import/olx_activities.hpp"

#include "platform/core/text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <boost/json.hpp>

#include <utility>

namespace tt::course::import {
namespace {

namespace bj = boost::json;

BlockDraft make_block(const OlxNode& node, std::string kind, const bj::object& content) {
    BlockDraft block;
    block.kind = std::move(kind);
    block.source_type = node.tag;
    block.content = json::Raw{bj::serialize(content)};
    return block;
}

/// The XBlock's pairs [["R", {"label": "Red", …}], ["B", "Blue"]] as [{"id","label"}].
bj::array labelled_pairs(const OlxNode& node, const char* attribute) {
    boost::system::error_code error;
    const auto parsed = bj::parse(node.element.attribute_or(attribute, "[]"), error);
    bj::array pairs;
    if (error || !parsed.is_array()) return pairs;
    for (const auto& pair : parsed.get_array()) {
        if (!pair.is_array() || pair.get_array().size() < 2 || !pair.at(0).is_string()) continue;
        const auto& label = pair.at(1);
        const auto* nested = label.is_object() ? label.get_object().if_contains("label") : nullptr;
        const auto* text = nested != nullptr ? nested->if_string() : label.if_string();
        pairs.emplace_back(bj::object{{"id", pair.at(0)}, {"label", text == nullptr ? "" : std::string_view(*text)}});
    }
    return pairs;
}

std::string list_html(const bj::array& pairs) {
    std::string html = "<ul>";
    for (const auto& pair : pairs)
        html += "<li>" + escape_html(std::string_view(pair.at("label").as_string())) + "</li>";
    return html + "</ul>";
}

bj::array rubric_of(const markup::XmlElement& assessment) {
    bj::array criteria;
    const markup::XmlElement* rubric = assessment.child("rubric");
    if (rubric == nullptr) return criteria;
    const auto text_of = [](const markup::XmlElement& element, const char* name) {
        const auto* child = element.child(name);
        return child == nullptr ? std::string() : trimmed(child->text());
    };
    for (const auto* criterion : rubric->elements("criterion")) {
        bj::array options;
        for (const auto* option : criterion->elements("option")) {
            options.emplace_back(bj::object{{"label", text_of(*option, "label")},
                                            {"explanation", text_of(*option, "explanation")},
                                            {"points", option->attribute_or("points", "0")}});
        }
        criteria.emplace_back(bj::object{
            {"label", text_of(*criterion, "label")}, {"prompt", text_of(*criterion, "prompt")}, {"options", options}});
    }
    return criteria;
}

std::string prompts_html(const OlxNode& node, ContentCleaner& cleaner) {
    const bool is_html = node.element.attribute_or("prompts_type", "text") == "html";
    std::string html;
    for (const auto* prompt : node.element.find_all(
             [](const markup::XmlElement& e) { return e.name == "prompt" && e.child("description") != nullptr; })) {
        const std::string text = prompt->child("description")->text();
        html += is_html ? cleaner.clean_html(text, node.source) : "<p>" + escape_html(trimmed(text)) + "</p>";
    }
    return html;
}

}  // namespace

BlockDraft read_discussion(const OlxNode& node) {
    const std::string target = node.element.attribute_or("discussion_target", "");
    const std::string title = node.title().empty() ? target : node.title();
    return make_block(node, "discussion",
                      {{"title", title}, {"category", node.element.attribute_or("discussion_category", "")}});
}

BlockDraft read_poll(const OlxNode& node, ContentCleaner& cleaner) {
    const std::string question = node.element.attribute_or("question", "");
    const bj::array options = labelled_pairs(node, "answers");
    auto block = make_block(node, "poll", {{"title", node.title()}, {"question", question}, {"options", options}});
    block.content_html = "<p>" + cleaner.clean_html(question, node.source) + "</p>" + list_html(options);
    return block;
}

BlockDraft read_survey(const OlxNode& node) {
    const bj::array questions = labelled_pairs(node, "questions");
    const bj::array answers = labelled_pairs(node, "answers");
    const std::string title = node.title().empty() ? node.element.attribute_or("block_name", "") : node.title();
    auto block = make_block(node, "survey", {{"title", title}, {"questions", questions}, {"answers", answers}});
    block.content_html = list_html(questions);
    return block;
}

BlockDraft read_assignment(const OlxNode& node, ContentCleaner& cleaner) {
    const auto* title_element = node.element.child("title");
    const std::string title = title_element == nullptr ? node.title() : trimmed(title_element->text());
    const bool allows_files = node.tag == "edx_sga" || !node.element.attribute_or("file_upload_response", "").empty();
    auto block = make_block(node, "assignment",
                            {{"title", title}, {"allows_files", allows_files}, {"rubric", rubric_of(node.element)}});
    const std::string prompts = prompts_html(node, cleaner);
    if (!prompts.empty()) block.content_html = prompts;
    return block;
}

}  // namespace tt::course::import
