#include "services/course-service/src/domain/resume.hpp"

#include <algorithm>

namespace tt::course {

namespace {

auto position_of(const std::vector<StructureLesson>& lessons, std::optional<LessonId> id) {
    return std::ranges::find_if(lessons, [&](const StructureLesson& lesson) { return id && lesson.id == *id; });
}

}  // namespace

std::optional<LessonId> resume_lesson(const std::vector<StructureLesson>& lessons, const std::set<LessonId>& completed,
                                      std::optional<LessonId> last) {
    if (lessons.empty()) return std::nullopt;
    const auto is_open = [&](const StructureLesson& lesson) { return !completed.contains(lesson.id); };
    const auto after = std::find_if(position_of(lessons, last), lessons.end(), is_open);
    if (after != lessons.end()) return after->id;
    const auto any = std::ranges::find_if(lessons, is_open);
    return any != lessons.end() ? any->id : lessons.front().id;
}

Neighbours neighbours(const std::vector<StructureLesson>& lessons, LessonId lesson) {
    const auto at = position_of(lessons, lesson);
    Neighbours found;
    if (at == lessons.end()) return found;
    if (at != lessons.begin()) found.previous = std::prev(at)->id;
    if (std::next(at) != lessons.end()) found.next = std::next(at)->id;
    return found;
}

}  // namespace tt::course
