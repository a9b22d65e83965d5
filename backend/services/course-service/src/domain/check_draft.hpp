#pragma once

#include "services/course-service/src/domain/course_draft.hpp"

namespace tt::course {

/// Whether the writer can store the draft as a whole: keys are unique, references by key lead somewhere, every question
/// can be graded. Pure. Errors: course_invalid (422) with one field per fault, `pointer` naming the part by its keys.
Result<void> check_draft(const CourseDraft& draft);

}  // namespace tt::course
