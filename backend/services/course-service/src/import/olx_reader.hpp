#pragma once

#include "services/course-service/src/domain/course_draft.hpp"
#include "services/course-service/src/import/asset_library.hpp"
#include "services/course-service/src/import/course_folder.hpp"
#include "services/course-service/src/import/findings.hpp"

#include "platform/storage/file_store.hpp"

#include <functional>

namespace tt::course::import {

struct OlxCourse {
    CourseDraft draft;
    Findings findings;
};

/// Share of the reading that is done, 0..1.
using ReadProgress = std::function<void(double)>;

/// Reads an unpacked OLX course: files go into `store`, everything else into the draft. Blocking, on one thread.
/// Errors (422): not_a_course, xml_invalid, xml_doctype_refused, course_too_large.
Result<OlxCourse> read_olx(const CourseFolder& folder, const storage::FileDirectory& store,
                           const ReadProgress& progress = {});

}  // namespace tt::course::import
