#pragma once

#include "services/course-service/src/domain/course_draft.hpp"
#include "services/course-service/src/import/course_folder.hpp"
#include "services/course-service/src/import/findings.hpp"
#include "services/course-service/src/import/olx_tree.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace tt::course::import {

/// The settings of a course: attributes of <course>, overridden by policies/<run>/policy.json as in Open edX.
class CourseSettings {
public:
    CourseSettings(const CourseFolder& folder, const OlxTree& tree, Findings& findings);

    /// Text of a setting from the policy, else from the XML; empty when neither has it.
    std::string text(std::string_view name) const;
    /// The same as written in the XML alone: where the policy names a file that is not there.
    std::string xml_text(std::string_view name) const;
    boost::json::array list(std::string_view name) const;

private:
    const markup::XmlElement& course_;
    boost::json::object policy_;
};

/// grading_policy.json → grade categories and the pass mark; without one the course has neither.
void read_grading(const CourseFolder& folder, const OlxTree& tree, Findings& findings, CourseDraft& draft);

}  // namespace tt::course::import
