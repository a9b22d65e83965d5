#pragma once

#include "shared/types/ids.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>

/// Facts the course-service tells through its outbox.
namespace tt::course {

struct EnrollmentCreated {
    static constexpr std::string_view topic = "enrollment.created";
    EnrollmentId enrollment_id;
    UserId user_id;
    CourseId course_id;
    Time enrolled_at{};
    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(EnrollmentCreated, (), (enrollment_id, user_id, course_id, enrolled_at))

struct CoursePublished {
    static constexpr std::string_view topic = "course.published";
    CourseId course_id;
    std::string slug;
    std::string title;
    std::optional<std::string> subtitle;
    std::string level;
    std::string language;
    int duration_seconds = 0;
    int lesson_count = 0;
    int version_no = 0;
    std::string subject() const { return to_string(course_id); }
};
BOOST_DESCRIBE_STRUCT(CoursePublished, (),
                      (course_id, slug, title, subtitle, level, language, duration_seconds, lesson_count, version_no))

}  // namespace tt::course
