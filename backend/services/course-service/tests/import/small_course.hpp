#pragma once

#include "platform/archive/tests/archive_builder.hpp"
#include "services/course-service/tests/import/demo_course.hpp"

#include <fstream>
#include <map>
#include <string>

namespace tt::course::import::testing {

using Files = std::map<std::string, std::string>;

/// A course of our own in OLX: one chapter, one graded section, one unit with `unit` as its content.
inline Files small_course(const std::string& unit) {
    return {
        {"course.xml", R"(<course url_name="run1" org="Org" course="C1"/>)"},
        {"course/run1.xml", R"(<course display_name="Small Course" language="de"><chapter url_name="ch1"/></course>)"},
        {"chapter/ch1.xml", R"(<chapter display_name="Chapter"><sequential url_name="s1"/></chapter>)"},
        {"sequential/s1.xml",
         R"(<sequential display_name="Section" format="Homework" graded="true"><vertical url_name="v1"/></sequential>)"},
        {"vertical/v1.xml", "<vertical display_name=\"Unit One\">" + unit + "</vertical>"},
        {"policies/run1/grading_policy.json",
         R"({"GRADER":[{"type":"Homework","weight":1.0,"min_count":2,"drop_count":1}],"GRADE_CUTOFFS":{"A":0.9,"B":0.65}})"},
        {"static/picture one.png", "not really a picture"},
        {"static/subs_film.srt.sjson", R"({"start":[0,1500],"end":[1400,3000],"text":["Hello","W<orld>"]})"},
    };
}

inline void write_folder(const Files& files, const std::filesystem::path& folder) {
    for (const auto& [name, content] : files) {
        std::filesystem::create_directories((folder / name).parent_path());
        std::ofstream(folder / name, std::ios::binary) << content;
    }
}

inline void write_archive(const Files& files, const std::filesystem::path& file) {
    platform::archive::testing::ArchiveBuilder builder(file);
    for (const auto& [name, content] : files) builder.file("course/" + name, content);
    builder.close();
}

/// Reads a course from files, throwing away what it stores.
inline Result<OlxCourse> read_files(const Files& files) {
    const ScratchFolder scratch;
    write_folder(files, scratch.path() / "course");
    const storage::FileDirectory store(scratch.path() / "objects");
    const auto folder = CourseFolder::find(scratch.path() / "course");
    if (!folder) return folder.error();
    return read_olx(*folder, store);
}

inline OlxCourse read_small(const std::string& unit) {
    return read_files(small_course(unit)).value();
}

/// The only lesson of a small course.
inline const LessonDraft& lesson_of(const OlxCourse& course) {
    return course.draft.modules.at(0).sections.at(0).lessons.at(0);
}

}  // namespace tt::course::import::testing
