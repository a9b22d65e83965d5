#pragma once

#include "services/course-service/src/import/olx_reader.hpp"
#include "services/course-service/src/store/course_writer.hpp"
#include "services/course-service/src/store/imports.hpp"

#include <boost/json/value.hpp>

#include <chrono>
#include <string>

namespace tt::course::import {

/// Facts about the archive itself.
struct ImportSource {
    std::string name;
    std::string sha256;
    std::uint64_t bytes = 0;
};

/// Contents of a draft by kind, for the report and for tests.
boost::json::object count_contents(const CourseDraft& draft, const Findings& findings);

/// The whole report of an import as JSON: what was written, what was found, what was removed, what has no counterpart.
std::string write_report(const ImportSource& source, const store::ImportedCourse& course,
                         const store::SaveReport& saved, const CourseDraft& draft, const Findings& findings,
                         std::chrono::milliseconds duration);

}  // namespace tt::course::import
