#pragma once

#include "platform/json/json.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Facts this service tells through the outbox. Ordered per learner.
namespace tt::progress {

/// The learner has met the course's completion rule; told once per learner and course.
struct CourseCompleted {
    static constexpr std::string_view topic = "course.completed";
    UserId user_id;
    CourseId course_id;
    Uuid course_version_id;
    Time completed_at{};
    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(CourseCompleted, (), (user_id, course_id, course_version_id, completed_at))

struct QuizGraded {
    static constexpr std::string_view topic = "quiz.graded";
    UserId user_id;
    AttemptId attempt_id;
    QuizId quiz_id;
    CourseId course_id;
    json::Raw score_points;
    json::Raw max_points;
    bool passed = false;
    Time submitted_at{};
    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(QuizGraded, (),
                      (user_id, attempt_id, quiz_id, course_id, score_points, max_points, passed, submitted_at))

struct CertificateIssued {
    static constexpr std::string_view topic = "certificate.issued";
    UserId user_id;
    CertificateId certificate_id;
    CourseId course_id;
    std::string course_title;
    std::string certificate_no;
    std::string verification_code;
    Time issued_at{};
    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(CertificateIssued, (),
                      (user_id, certificate_id, course_id, course_title, certificate_no, verification_code, issued_at))

/// The account has ended and nothing of how the person learned is left here.
struct ProgressErased {
    static constexpr std::string_view topic = "progress.erased";
    UserId user_id;
    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(ProgressErased, (), (user_id))

}  // namespace tt::progress
