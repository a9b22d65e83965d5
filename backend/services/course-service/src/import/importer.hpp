#pragma once

#include "platform/core/runtime.hpp"
#include "platform/db/database.hpp"
#include "platform/storage/file_store.hpp"
#include "services/course-service/src/import/olx_reader.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace tt::course::import {

/// Told from any thread, a few times a second. Stages: unpack, read, save, done.
using ProgressListener = std::function<void(std::string_view stage, int percent)>;

/// Turns an archive into a published course.
///
/// Files go into the object store first; they are named by content, so what an interrupted import leaves there is
/// harmless and found again. Everything else (course, published version, report, status) is one transaction: a reader
/// sees the old course or the new one, a killed process leaves the old one. The same archive twice changes nothing.
class Importer {
public:
    /// `academy` acts as svc_course; archives are unpacked below `work_folder`.
    Importer(Runtime& runtime, db::Database academy, storage::FileDirectory store, std::filesystem::path work_folder,
             const Clock& clock);

    /// Does the work of an import whose row is running and ends it as done, with the report as JSON.
    /// Errors (422), the row is left running: archive_unreadable, archive_unsafe_entry, archive_too_large,
    /// not_a_course, xml_invalid, xml_doctype_refused, course_too_large, course_invalid, course_empty; 409 import_ended
    /// when somebody else ended it meanwhile.
    Task<Result<std::string>> run(Uuid import, std::filesystem::path archive, std::string source_name,
                                  ProgressListener listener);

    /// The whole of it for a file on this machine (`./tt import FILE`): makes the row, runs, records the failure.
    Task<Result<std::string>> import_archive(std::filesystem::path archive, ProgressListener listener = {});

    /// Where the uploaded archive of an import waits for its job. It is not in the object store, whose objects are
    /// shared by content: it belongs to one import and goes with it.
    std::filesystem::path archive_path(Uuid import) const { return work_folder_ / "archives" / to_string(import); }
    /// Moves an uploaded file there. Blocking when it lies on another file system.
    void keep_archive(Uuid import, const std::filesystem::path& file) const;

    /// Removes what killed processes left behind: unpacked archives, half-written objects, archives of ended imports.
    Task<void> clean_up();

    Runtime& runtime() { return runtime_; }
    db::Database& academy() { return academy_; }
    const Clock& clock() const { return clock_; }

private:
    struct Read;

    Result<std::shared_ptr<Read>> unpack_and_read(Uuid import, const std::filesystem::path& archive,
                                                  const ProgressListener& listener) const;
    Task<Result<std::string>> save(Uuid import, std::shared_ptr<Read> read, std::string source_name);
    Task<Result<std::string>> save_in(db::Tx& tx, Uuid import, const Read& read, std::string source_name);

    Runtime& runtime_;
    db::Database academy_;
    storage::FileDirectory store_;
    std::filesystem::path work_folder_;
    const Clock& clock_;
};

/// {code, message, fields} for academy.imports.error.
std::string error_json(const Error& error);

}  // namespace tt::course::import
