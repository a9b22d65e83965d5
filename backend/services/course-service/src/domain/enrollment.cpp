#include "services/course-service/src/domain/enrollment.hpp"

namespace tt::course {

Result<void> may_enroll(const CourseGate& course, Time now) {
    if (course.status != "published" || course.visibility == "private") {
        return Error{Code::not_found, "course_not_found", "There is no such course."};
    }
    const bool is_early = course.enroll_opens_at && now < *course.enroll_opens_at;
    const bool is_late = course.enroll_closes_at && now >= *course.enroll_closes_at;
    if (course.enrollment_mode == "closed" || course.enrollment_mode == "invite" || is_early || is_late) {
        return Error{Code::conflict, "course_not_open", "This course is not open for enrollment."};
    }
    if (course.enrollment_mode == "paid") {
        return Error{Code::payment_required, "payment_required", "This course has to be bought first."};
    }
    return {};
}

std::optional<Time> access_ends(const CourseGate& course, Time now) {
    if (!course.access_days) return std::nullopt;
    return now + std::chrono::days(*course.access_days);
}

bool gives_access(const Enrollment& enrollment, Time now) {
    return enrollment.status == "active" && (!enrollment.expires_at || now < *enrollment.expires_at);
}

}  // namespace tt::course
