#include "services/course-service/src/import/olx_tree.hpp"

#include "services/course-service/src/import/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tt::course::import {
namespace {

constexpr std::size_t max_components = 50'000;  // the largest real course seen has 6,000
constexpr int max_levels = 16;

/// A pointer tag has its url_name (course: also org and course) and nothing inside.
bool is_pointer(const markup::XmlElement& element) {
    if (!element.children.empty() && !(element.elements().empty() && trimmed(element.text()).empty())) return false;
    if (!element.attribute("url_name")) return false;
    return std::ranges::all_of(element.attributes, [&](const auto& attribute) {
        const bool is_course_name =
            element.name == "course" && (attribute.first == "org" || attribute.first == "course");
        return attribute.first == "url_name" || is_course_name;
    });
}

/// "a:b" means the file a/b.xml. A name that would leave the folder means no file at all.
std::optional<std::string> file_of(const std::string& tag, std::string url_name) {
    std::ranges::replace(url_name, ':', '/');
    const bool is_unsafe = url_name.empty() || url_name.starts_with('/') || url_name.find("..") != std::string::npos ||
                           url_name.find('\\') != std::string::npos || url_name.find('\0') != std::string::npos;
    if (is_unsafe) return std::nullopt;
    return tag + "/" + url_name + ".xml";
}

class Loader {
public:
    explicit Loader(const CourseFolder& folder) : folder_(folder) {}

    Result<OlxTree> run() {
        const auto bytes = folder_.read("course.xml");
        if (!bytes) return Error{Code::unprocessable, "not_a_course", "course.xml cannot be read."};
        auto top = markup::parse_xml(*bytes);
        if (!top) return top.error();
        if (top->name != "course")
            return Error{Code::unprocessable, "not_a_course", "course.xml does not hold a course."};
        OlxTree tree;
        tree.org = top->attribute_or("org", "");
        tree.course = top->attribute_or("course", "");
        tree.run = top->attribute_or("url_name", "course");
        tree.root = load(std::move(*top), "course.xml", 0);
        if (is_too_large_) {
            return Error{Code::unprocessable, "course_too_large",
                         "The course has more than 50,000 components or 16 levels."};
        }
        if (tree.root.problem) return *tree.root.problem;
        return tree;
    }

private:
    OlxNode load(markup::XmlElement element, const std::string& source, int level) {
        OlxNode node;
        node.tag = element.name;
        node.url_name = element.attribute_or("url_name", "");
        node.source = source;
        if (++components_ > max_components || level > max_levels) is_too_large_ = true;
        if (is_too_large_) return node;
        if (is_pointer(element)) {
            follow(node, level);
        } else {
            node.element = std::move(element);
        }
        if (!node.problem && is_container(node.tag)) load_children(node, level);
        return node;
    }

    void follow(OlxNode& node, int level) {
        const auto file = file_of(node.tag, node.url_name);
        const auto bytes = file ? folder_.read(*file) : std::nullopt;
        if (!bytes) {
            // A discussion or a vertical without settings may be just its pointer; anything else lost its content.
            node.problem = Error{Code::unprocessable, "missing_file",
                                 "The archive has no file " + file.value_or(node.url_name) + "."};
            return;
        }
        node.source = *file;
        auto parsed = markup::parse_xml(*bytes);
        if (!parsed) {
            node.problem = parsed.error();
            return;
        }
        if (level == 0 && is_pointer(*parsed)) {
            node.problem = Error{Code::unprocessable, "not_a_course", *file + " points at itself."};
            return;
        }
        node.element = std::move(*parsed);
    }

    void load_children(OlxNode& node, int level) {
        for (const markup::XmlElement* child : node.element.elements()) {
            static constexpr std::array<std::string_view, 3> not_components{"wiki", "textbook", "show"};
            if (std::ranges::find(not_components, child->name) != not_components.end()) continue;
            markup::XmlElement copy = clone(*child);
            node.children.push_back(load(std::move(copy), node.source, level + 1));
            if (is_too_large_) return;
        }
    }

    static markup::XmlElement clone(const markup::XmlElement& element) {
        markup::XmlElement copy{element.name, element.attributes, {}};
        for (const auto& child : element.children) {
            if (const auto* text = std::get_if<std::string>(&child)) {
                copy.children.emplace_back(*text);
            } else {
                copy.children.emplace_back(
                    std::make_unique<markup::XmlElement>(clone(*std::get<std::unique_ptr<markup::XmlElement>>(child))));
            }
        }
        return copy;
    }

    const CourseFolder& folder_;
    std::size_t components_ = 0;
    bool is_too_large_ = false;
};

}  // namespace

bool is_container(std::string_view tag) {
    static constexpr std::array<std::string_view, 14> tags{
        "course",     "chapter",     "sequential",      "videosequence", "vertical",
        "wrapper",    "problemset",  "library_content", "itembank",      "legacy_library_content",
        "split_test", "conditional", "randomize",       "section"};
    return std::ranges::find(tags, tag) != tags.end();
}

Result<OlxTree> load_olx_tree(const CourseFolder& folder) {
    return Loader(folder).run();
}

}  // namespace tt::course::import
