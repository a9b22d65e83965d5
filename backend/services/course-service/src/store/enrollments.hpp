#pragma once

#include "platform/db/database.hpp"
#include "services/course-service/contract/course_client.hpp"
#include "services/course-service/src/domain/enrollment.hpp"

namespace tt::course::store {

Task<std::optional<Enrollment>> find_enrollment(db::Database database, UserId user, CourseId course);
Task<std::optional<Enrollment>> find_enrollment(db::Tx& tx, UserId user, CourseId course);

/// Latest first.
Task<std::vector<Enrollment>> enrollments_of(db::Database database, UserId user);

Task<std::optional<CourseGate>> find_gate(db::Tx& tx, CourseId course);

struct NewEnrollment {
    UserId user_id;
    CourseId course_id;
    std::optional<Uuid> course_version_id;
    Time enrolled_at{};
    std::optional<Time> expires_at;
};

/// Empty when a concurrent request of the same person was first.
Task<std::optional<Enrollment>> insert_enrollment(db::Tx& tx, NewEnrollment enrollment);

Task<void> complete_enrollment(db::Tx& tx, UserId user, CourseId course, Time completed_at,
                               std::optional<Uuid> version);

/// All of a person whose account has ended.
Task<void> erase_enrollments(db::Tx& tx, UserId user);

}  // namespace tt::course::store
