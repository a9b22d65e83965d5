#include "services/course-service/src/store/enrollments.hpp"

#include "services/course-service/src/store/enrollments_sql.hpp"

namespace tt::course::store {

Task<std::optional<Enrollment>> find_enrollment(db::Database database, UserId user, CourseId course) {
    return database.maybe_one<Enrollment>(sql::find_enrollment, user, course);
}

Task<std::optional<Enrollment>> find_enrollment(db::Tx& tx, UserId user, CourseId course) {
    return tx.maybe_one<Enrollment>(sql::find_enrollment, user, course);
}

Task<std::vector<Enrollment>> enrollments_of(db::Database database, UserId user) {
    return database.many<Enrollment>(sql::enrollments_of, user);
}

Task<std::optional<CourseGate>> find_gate(db::Tx& tx, CourseId course) {
    return tx.maybe_one<CourseGate>(sql::course_gate, course);
}

Task<std::optional<Enrollment>> insert_enrollment(db::Tx& tx, NewEnrollment enrollment) {
    return tx.maybe_one<Enrollment>(sql::insert_enrollment, enrollment.user_id, EnrollmentId::make(),
                                    enrollment.course_id, enrollment.course_version_id, enrollment.enrolled_at,
                                    enrollment.expires_at);
}

Task<void> complete_enrollment(db::Tx& tx, UserId user, CourseId course, Time completed_at,
                               std::optional<Uuid> version) {
    co_await tx.execute(sql::complete_enrollment, user, course, completed_at, version);
}

Task<void> erase_enrollments(db::Tx& tx, UserId user) {
    co_await tx.execute(sql::erase_enrollments, user);
}

}  // namespace tt::course::store
