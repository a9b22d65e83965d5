#pragma once

#include "services/course-service/contract/course_client.hpp"

#include <set>

namespace tt::course {

/// Where "continue" leads: the last lesson while it is unfinished, else the first unfinished one after it, else the
/// first unfinished one at all, else the first lesson. Pure. Empty only for a course without lessons.
std::optional<LessonId> resume_lesson(const std::vector<StructureLesson>& lessons, const std::set<LessonId>& completed,
                                      std::optional<LessonId> last);

struct Neighbours {
    std::optional<LessonId> previous;
    std::optional<LessonId> next;
};
Neighbours neighbours(const std::vector<StructureLesson>& lessons, LessonId lesson);

}  // namespace tt::course
