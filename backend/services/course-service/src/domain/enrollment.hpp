#pragma once

#include "services/course-service/contract/course_client.hpp"

namespace tt::course {

/// What decides whether a course can be joined.
struct CourseGate {
    CourseId id;
    std::string status;           ///< draft | in_review | published | archived
    std::string visibility;       ///< public | unlisted | private
    std::string enrollment_mode;  ///< open | paid | invite | closed
    std::optional<Time> enroll_opens_at;
    std::optional<Time> enroll_closes_at;
    std::optional<int> access_days;
    std::optional<Uuid> published_version_id;
};
BOOST_DESCRIBE_STRUCT(CourseGate, (),
                      (id, status, visibility, enrollment_mode, enroll_opens_at, enroll_closes_at, access_days,
                       published_version_id))

/// Whether anybody may join the course now. Pure.
/// Errors: course_not_found (404) for what the public must not know of, course_not_open (409), payment_required (402).
Result<void> may_enroll(const CourseGate& course, Time now);

/// When access ends for somebody who joins now; nothing for a course without a limit.
std::optional<Time> access_ends(const CourseGate& course, Time now);

/// Whether the enrollment opens the lessons now.
bool gives_access(const Enrollment& enrollment, Time now);

}  // namespace tt::course
