#pragma once

#include "services/course-service/contract/course_client.hpp"
#include "services/progress-service/contract/progress_client.hpp"
#include "services/progress-service/src/domain/exact.hpp"
#include "services/progress-service/src/store/progress_rows.hpp"

/// Stored rows as the API shows them.
namespace tt::progress {

inline constexpr int shown_percent_decimals = 2;
inline constexpr int shown_points_decimals = 4;

/// A JSON number with these decimals at most.
inline json::Raw number(const Exact& value, int decimals) {
    return {to_display(value, decimals)};
}

LessonState to_state(LessonId id, const LessonFold& fold);
CourseProgress to_course_progress(const store::CourseRow& row, const std::vector<store::LiveCertificate>& certificates);

/// Whether the learner may work in the course now.
bool is_active(const course::Enrollment& enrollment, Time now);

}  // namespace tt::progress
