#include "services/progress-service/src/views.hpp"

namespace tt::progress {

LessonState to_state(LessonId id, const LessonFold& fold) {
    return {id, fold.completed ? "completed" : "started", fold.completion_ppm, fold.position_ms};
}

CourseProgress to_course_progress(const store::CourseRow& row,
                                  const std::vector<store::LiveCertificate>& certificates) {
    CourseProgress progress{.course_id = row.course_id,
                            .lessons_required = row.lessons_required,
                            .lessons_completed = row.lessons_completed,
                            .completion_ppm = row.completion_ppm,
                            .grade_percent = {},
                            .passed = row.passed,
                            .completed_at = row.completed_at,
                            .last_lesson_id = row.last_lesson_id,
                            .certificate = {}};
    if (row.grade_percent) progress.grade_percent = number(exact(*row.grade_percent), shown_percent_decimals);
    for (const auto& certificate : certificates) {
        if (certificate.course_id == row.course_id)
            progress.certificate = CertificateRef{certificate.verification_code};
    }
    return progress;
}

bool is_active(const course::Enrollment& enrollment, Time now) {
    return enrollment.status == "active" && (!enrollment.expires_at || now < *enrollment.expires_at);
}

}  // namespace tt::progress
