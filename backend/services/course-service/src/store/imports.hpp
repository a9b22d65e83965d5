#pragma once

#include "platform/db/database.hpp"
#include "platform/json/json.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tt::course::store {

struct NewImport {
    Uuid id;
    std::optional<UserId> requested_by;  ///< nobody: the command line
    std::string file_name;
    std::int64_t archive_bytes = 0;
};

/// An import whose work begins or comes back after a crash.
struct StartedImport {
    Uuid id;
    std::string file_name;
    int attempt = 0;
};
BOOST_DESCRIBE_STRUCT(StartedImport, (), (id, file_name, attempt))

struct ImportRecord {
    Uuid id;
    std::string file_name;
    std::string status;  ///< queued | running | done | failed
    std::string stage;   ///< queued | unpack | read | save | done
    int percent = 0;
    std::optional<json::Raw> report;
    std::optional<json::Raw> error;  ///< {code, message, fields}
    std::optional<CourseId> course_id;
    Time created_at{};
    std::optional<Time> started_at;
    std::optional<Time> finished_at;
};
BOOST_DESCRIBE_STRUCT(ImportRecord, (),
                      (id, file_name, status, stage, percent, report, error, course_id, created_at, started_at,
                       finished_at))

struct ImportedCourse {
    CourseId id;
    std::string slug;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(ImportedCourse, (), (id, slug, title))

Task<void> insert_import(db::Tx& tx, NewImport import, Time now);
/// Empty when the import has ended already.
Task<std::optional<StartedImport>> start_import(db::Database database, Uuid import, Time now);
Task<void> note_import_progress(db::Database database, Uuid import, std::string stage, int percent, Time now);
/// False when somebody else ended the import meanwhile; then nothing may be committed.
Task<bool> finish_import(db::Tx& tx, Uuid import, std::string report, CourseId course, Time now);
Task<void> fail_import(db::Database database, Uuid import, std::string error, Time now);
Task<std::vector<StartedImport>> fail_stale_imports(db::Database database, Time older_than, std::string error,
                                                    Time now);

Task<std::optional<ImportRecord>> find_import(db::Database database, Uuid import);
Task<std::vector<ImportRecord>> newest_imports(db::Database database, int limit);
/// Imports that still need their archive.
Task<std::vector<Uuid>> unfinished_imports(db::Database database);
Task<ImportedCourse> imported_course(db::Tx& tx, CourseId course);

}  // namespace tt::course::store
