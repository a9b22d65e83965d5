#include "services/course-service/src/store/imports.hpp"

#include "services/course-service/src/store/imports_sql.hpp"

namespace tt::course::store {

Task<void> insert_import(db::Tx& tx, NewImport import, Time now) {
    co_await tx.execute(sql::insert_import, import.id, import.requested_by, import.file_name, import.archive_bytes,
                        now);
}

Task<std::optional<StartedImport>> start_import(db::Database database, Uuid import, Time now) {
    return database.maybe_one<StartedImport>(sql::start_import, import, now);
}

Task<void> note_import_progress(db::Database database, Uuid import, std::string stage, int percent, Time now) {
    co_await database.execute(sql::note_import_progress, import, stage, percent, now);
}

Task<bool> finish_import(db::Tx& tx, Uuid import, std::string report, CourseId course, Time now) {
    co_return co_await tx.execute(sql::finish_import, import, json::Raw{report}, course, now) == 1;
}

Task<void> fail_import(db::Database database, Uuid import, std::string error, Time now) {
    co_await database.execute(sql::fail_import, import, json::Raw{error}, now);
}

Task<std::vector<StartedImport>> fail_stale_imports(db::Database database, Time older_than, std::string error,
                                                    Time now) {
    return database.many<StartedImport>(sql::fail_stale_imports, older_than, json::Raw{error}, now);
}

Task<std::optional<ImportRecord>> find_import(db::Database database, Uuid import) {
    return database.maybe_one<ImportRecord>(sql::find_import, import);
}

Task<std::vector<ImportRecord>> newest_imports(db::Database database, int limit) {
    return database.many<ImportRecord>(sql::newest_imports, limit);
}

Task<std::vector<Uuid>> unfinished_imports(db::Database database) {
    return database.many<Uuid>(sql::unfinished_imports);
}

Task<ImportedCourse> imported_course(db::Tx& tx, CourseId course) {
    return tx.one<ImportedCourse>(sql::imported_course, course);
}

}  // namespace tt::course::store
