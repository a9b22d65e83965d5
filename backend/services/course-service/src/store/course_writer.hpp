#pragma once

#include "platform/db/database.hpp"
#include "services/course-service/src/domain/course_draft.hpp"

#include <optional>
#include <string>

namespace tt::course::store {

struct RowCounts {
    int created = 0;
    int updated = 0;
    int unchanged = 0;
    int removed = 0;  ///< were there before, are not in the draft: soft-deleted
};
BOOST_DESCRIBE_STRUCT(RowCounts, (), (created, updated, unchanged, removed))

struct SaveReport {
    CourseId course_id;
    RowCounts courses;
    RowCounts grade_categories;
    RowCounts modules;
    RowCounts lessons;
    RowCounts blocks;
    RowCounts quizzes;
    RowCounts questions;
    RowCounts assets;
    RowCounts captions;

    /// Whether any row differs from before.
    bool changed() const;
};
BOOST_DESCRIBE_STRUCT(SaveReport, (),
                      (course_id, courses, grade_categories, modules, lessons, blocks, quizzes, questions, assets,
                       captions))

/// Writes the course so that it equals the draft: rows are found again by import_key, a question whose words or key
/// changed gets a new revision, rows the draft does not have any more are soft-deleted. The same draft twice changes
/// nothing. Does not publish. Call inside one transaction (role svc_course) and commit it, so that a reader sees all or
/// nothing; two writers of one course wait for each other.
Task<SaveReport> save_course(db::Tx& tx, CourseDraft draft, Time now);

struct PublishedVersion {
    Uuid id;
    int version_no = 0;
    bool created = false;  ///< false: nothing changed since the last published version
};

/// Freezes the course's published modules, lessons and quizzes in a course_versions manifest and makes it the live one.
/// Errors: course_not_found (404), course_empty (422) when no lesson would be visible.
Task<Result<PublishedVersion>> publish_course(db::Tx& tx, CourseId course, std::string change_note, Time now);

}  // namespace tt::course::store
