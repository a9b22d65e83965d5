#pragma once

#include "platform/db/database.hpp"
#include "platform/storage/object_store.hpp"
#include "services/course-service/src/store/course_writer.hpp"

#include <filesystem>

namespace tt::course {

/// Loads the course of a seed folder and publishes it; loading it again changes nothing.
///
///     course.json    a CourseDraft; keys of blocks, quizzes and assets need to be unique only within their lesson or
///                    the folder. content_html "@lessons/x.html" stands for that file's text, and asset:x.png in HTML
///                    or content for the address of media/x.png.
///     lessons/*.html
///     media/*        the files of `assets`, by their key
///
/// Errors: seed_unreadable (422) for a missing or malformed file, course_invalid (422), course_empty (422).
Task<Result<store::SaveReport>> load_seed(db::Database academy, storage::ObjectStore& objects,
                                          std::filesystem::path folder, Time now);

/// Every folder below `directory` that has a course.json, by name. Stops at the first error.
Task<Result<std::vector<store::SaveReport>>> load_seeds(db::Database academy, storage::ObjectStore& objects,
                                                        std::filesystem::path directory, Time now);

}  // namespace tt::course
