#pragma once

#include "platform/markup/xml.hpp"
#include "services/course-service/src/import/course_folder.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::course::import {

/// One component of an OLX course with every pointer followed: <problem url_name="x"/> holds what problem/x.xml holds.
struct OlxNode {
    std::string tag;
    std::string url_name;  ///< may be empty for components written in place
    std::string source;    ///< the file its XML was read from
    markup::XmlElement element;
    std::vector<OlxNode> children;  ///< of containers only
    /// Why the component could not be read: missing_file, xml_invalid, xml_doctype_refused; with a sentence.
    std::optional<Error> problem;

    std::string title() const { return element.attribute_or("display_name", ""); }
};

/// Components whose element children are components again.
bool is_container(std::string_view tag);

struct OlxTree {
    std::string org;
    std::string course;
    std::string run;
    OlxNode root;  ///< tag "course"
};

/// Errors (422): not_a_course, xml_invalid, xml_doctype_refused (of course.xml itself), course_too_large (50,000
/// components or 16 levels). A component further down that cannot be read is a node with `problem`.
Result<OlxTree> load_olx_tree(const CourseFolder& folder);

}  // namespace tt::course::import
