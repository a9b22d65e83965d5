#include "services/course-service/src/api/course_views.hpp"

#include <map>

namespace tt::course::api {

namespace {

/// The modules as a tree; `make_lesson` turns a StructureLesson into the lesson of the view.
template <class Module, class MakeLesson>
std::vector<Module> to_tree(const CourseStructure& structure, MakeLesson make_lesson) {
    std::map<ModuleId, Module> modules;
    for (const auto& module : structure.modules) modules[module.id] = Module{module.id, module.title, {}, {}};
    for (const auto& lesson : structure.lessons) modules[lesson.module_id].lessons.push_back(make_lesson(lesson));
    for (const auto& module : structure.modules) {
        if (module.parent_id) modules[*module.parent_id].children.push_back(std::move(modules[module.id]));
    }
    std::vector<Module> roots;
    for (const auto& module : structure.modules) {
        if (!module.parent_id) roots.push_back(std::move(modules[module.id]));
    }
    return roots;
}

}  // namespace

EnrollmentView to_view(const Enrollment& enrollment) {
    return {enrollment.id,          enrollment.user_id,    enrollment.course_id,   enrollment.status,
            enrollment.enrolled_at, enrollment.expires_at, enrollment.completed_at};
}

MyEnrollment to_my_enrollment(const Enrollment& enrollment) {
    return {enrollment.id, enrollment.status, enrollment.enrolled_at, enrollment.completed_at};
}

std::vector<SyllabusModule> to_syllabus(const CourseStructure& structure) {
    return to_tree<SyllabusModule>(structure, [](const StructureLesson& lesson) {
        return SyllabusLesson{lesson.id,          lesson.slug,       lesson.title,   lesson.kind,
                              lesson.est_seconds, lesson.is_preview, lesson.required};
    });
}

std::vector<OutlineModule> to_outline(const CourseStructure& structure,
                                      const std::vector<progress::LessonState>& states) {
    std::map<LessonId, std::string> state_of;
    for (const auto& state : states) state_of.emplace(state.lesson_id, state.state);
    return to_tree<OutlineModule>(structure, [&](const StructureLesson& lesson) {
        const auto at = state_of.find(lesson.id);
        return OutlineLesson{lesson.id,
                             lesson.slug,
                             lesson.title,
                             lesson.kind,
                             lesson.est_seconds,
                             lesson.required,
                             at == state_of.end() ? "not_started" : at->second};
    });
}

}  // namespace tt::course::api
