#include "services/course-service/src/import/problem_prompt.hpp"

#include "platform/core/text.hpp"
#include "platform/markup/text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <algorithm>
#include <array>

namespace tt::course::import {
namespace {

using markup::XmlElement;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::ranges::find(names, name) != names.end();
}

/// Parts of a problem that are no question text: keys, hints, code.
bool is_hidden(std::string_view name) {
    static constexpr std::array<std::string_view, 18> names{
        "script",      "style",           "solution",  "demandhint",   "responseparam", "additional_answer",
        "correcthint", "stringequalhint", "hintgroup", "hintpart",     "compoundhint",  "booleanhint",
        "choicehint",  "optionhint",      "answer",    "startouttext", "endouttext",    "regexphint"};
    return is_one_of(name, names);
}

bool is_input(std::string_view name) {
    static constexpr std::array<std::string_view, 10> names{
        "choicegroup",          "checkboxgroup",  "radiogroup", "optioninput",    "textline",
        "formulaequationinput", "numericalinput", "textbox",    "filesubmission", "imageinput"};
    return is_one_of(name, names);
}

class PromptWriter {
public:
    PromptWriter(const std::vector<const XmlElement*>& responses, const XmlElement* own)
        : responses_(responses), own_(own) {}

    std::string inner(const XmlElement& element) const {
        return markup::inner_html(element,
                                  [this](const XmlElement& child, std::string& out) { return replace(child, out); });
    }

    /// One child of a container, itself included.
    void append(const markup::XmlNode& node, std::string& out) const {
        if (const auto* text = std::get_if<std::string>(&node)) {
            out += escape_html(*text);
            return;
        }
        const auto& element = *std::get<std::unique_ptr<XmlElement>>(node);
        if (replace(element, out)) return;
        out += "<" + element.name;
        for (const auto& [name, value] : element.attributes) out += " " + name + "=\"" + escape_html(value) + "\"";
        out += ">";
        if (markup::is_void_element(element.name)) return;
        out += inner(element) + "</" + element.name + ">";
    }

private:
    bool replace(const XmlElement& element, std::string& out) const {
        if (is_hidden(element.name)) return true;
        if (is_input(element.name)) {
            // Screen readers hear this label in Open edX; here it is part of the question.
            const std::string label = trimmed(element.attribute_or("label", ""));
            if (!label.empty()) out += "<p>" + escape_html(label) + "</p>";
            return true;
        }
        if (element.name == "label") return wrap("<p>", element, "</p>", out);
        if (element.name == "description") return wrap("<p><em>", element, "</em></p>", out);
        if (element.name == "clarification") return wrap(" <small>(", element, ")</small> ", out);
        const auto response = std::ranges::find(responses_, &element);
        if (response == responses_.end()) return false;
        const auto number = std::to_string(response - responses_.begin() + 1);
        if (own_ != nullptr)
            out += &element == own_ ? "<mark><strong>(" + number + ")?</strong></mark>" : "(" + number + ")";
        if (own_ == nullptr || &element == own_) out += inner(element);
        return true;
    }

    bool wrap(std::string_view before, const XmlElement& element, std::string_view after, std::string& out) const {
        out += std::string(before) + inner(element) + std::string(after);
        return true;
    }

    const std::vector<const XmlElement*>& responses_;
    const XmlElement* own_;  ///< the marked gap, or null when no gaps are shown
};

/// The element whose children the responses are, when nothing else but wrapping lies between it and the problem.
const XmlElement* common_parent(const XmlElement& problem, const std::vector<const XmlElement*>& responses) {
    const XmlElement* parent = &problem;
    for (;;) {
        const auto children = parent->elements();
        const auto is_child = [&](const XmlElement* response) {
            return std::ranges::find(children, response) != children.end();
        };
        if (std::ranges::all_of(responses, is_child)) return parent;
        const auto is_text = [](const markup::XmlNode& node) {
            const auto* text = std::get_if<std::string>(&node);
            return text != nullptr && !trimmed(*text).empty();
        };
        std::vector<const XmlElement*> visible = children;
        std::erase_if(visible, [](const XmlElement* child) { return is_hidden(child->name); });
        const bool is_wrapper = visible.size() == 1 && std::ranges::none_of(parent->children, is_text);
        if (!is_wrapper || is_child(responses.front())) return nullptr;
        parent = visible.front();
    }
}

std::vector<std::string> split_at_responses(const XmlElement& parent, const std::vector<const XmlElement*>& responses) {
    const PromptWriter writer(responses, nullptr);
    std::vector<std::string> prompts;
    std::string part;
    for (const auto& node : parent.children) {
        writer.append(node, part);
        const auto* element = std::get_if<std::unique_ptr<XmlElement>>(&node);
        const bool is_response = element != nullptr && std::ranges::find(responses, element->get()) != responses.end();
        if (!is_response) continue;
        prompts.push_back(std::move(part));
        part.clear();
    }
    prompts.back() += part;
    return prompts;
}

}  // namespace

std::vector<std::string> split_prompts(const XmlElement& problem, const std::vector<const XmlElement*>& responses) {
    if (responses.size() == 1) return {PromptWriter(responses, nullptr).inner(problem)};
    if (const XmlElement* parent = common_parent(problem, responses)) return split_at_responses(*parent, responses);
    std::vector<std::string> prompts;
    for (const XmlElement* own : responses) prompts.push_back(PromptWriter(responses, own).inner(problem));
    return prompts;
}

}  // namespace tt::course::import
