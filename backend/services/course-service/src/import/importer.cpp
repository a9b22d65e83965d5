#include "services/course-service/src/import/importer.hpp"

#include "platform/archive/archive_reader.hpp"
#include "platform/core/sha256.hpp"
#include "platform/log/log.hpp"
#include "services/course-service/src/domain/check_draft.hpp"
#include "services/course-service/src/import/import_report.hpp"
#include "services/course-service/src/store/course_writer.hpp"
#include "services/course-service/src/store/imports.hpp"

#include <boost/json.hpp>

#include <chrono>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

namespace tt::course::import {
namespace {

namespace fs = std::filesystem;
namespace bj = boost::json;

constexpr int unpacked_percent = 15;  // shares of the time of a real import, measured
constexpr int read_percent = 75;
constexpr auto leftover_age = std::chrono::hours{24};  // far beyond any import

/// The unpacked archive; gone when the reading ends, however it ends. What a killed run of the same import left there
/// goes first.
class WorkFolder {
public:
    explicit WorkFolder(fs::path path) : path_(std::move(path)) {
        fs::remove_all(path_);
        fs::create_directories(path_);
    }
    ~WorkFolder() {
        std::error_code ignored;  // clean_up() tries again
        fs::remove_all(path_, ignored);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

std::string sha256_of_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    Sha256 hash;
    std::vector<char> buffer(256 * 1024);
    while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0) {
        hash.update({buffer.data(), static_cast<std::size_t>(file.gcount())});
    }
    return to_hex(hash.finish());
}

void tell(const ProgressListener& listener, std::string_view stage, double percent) {
    if (listener) listener(stage, static_cast<int>(percent));
}

}  // namespace

struct Importer::Read {
    OlxCourse course;
    std::string sha256;
    std::uint64_t bytes = 0;
    std::chrono::steady_clock::time_point started_at;
};

Importer::Importer(Runtime& runtime, db::Database academy, storage::FileDirectory store, fs::path work_folder,
                   const Clock& clock)
    : runtime_(runtime),
      academy_(std::move(academy)),
      store_(std::move(store)),
      work_folder_(std::move(work_folder)),
      clock_(clock) {
    fs::create_directories(work_folder_ / "archives");
    fs::create_directories(work_folder_ / "unpacked");
}

Result<std::shared_ptr<Importer::Read>> Importer::unpack_and_read(Uuid import, const fs::path& archive,
                                                                  const ProgressListener& listener) const {
    auto read = std::make_shared<Read>();
    read->started_at = std::chrono::steady_clock::now();
    read->sha256 = sha256_of_file(archive);
    read->bytes = fs::file_size(archive);
    const WorkFolder work(work_folder_ / "unpacked" / to_string(import));
    const auto on_unpack = [&](double share) { tell(listener, "unpack", share * unpacked_percent); };
    const auto unpacked = archive::extract(archive, work.path(), {}, on_unpack);
    if (!unpacked) return unpacked.error();
    const auto folder = CourseFolder::find(work.path());
    if (!folder) return folder.error();
    const auto on_read = [&](double share) {
        tell(listener, "read", unpacked_percent + share * (read_percent - unpacked_percent));
    };
    auto course = read_olx(*folder, store_, on_read);
    if (!course) return course.error();
    if (auto valid = check_draft(course->draft); !valid) return valid.error();
    read->course = std::move(*course);
    return read;
}

Task<Result<std::string>> Importer::run(Uuid import, fs::path archive, std::string source_name,
                                        ProgressListener listener) {
    const auto work = [this, import, &archive, &listener] { return unpack_and_read(import, archive, listener); };
    auto read = co_await runtime_.on_cpu(work);
    if (!read) co_return read.error();
    tell(listener, "save", read_percent);
    auto report = co_await save(import, *read, source_name);
    if (report) tell(listener, "done", 100);
    co_return report;
}

Task<Result<std::string>> Importer::save(Uuid import, std::shared_ptr<Read> read, std::string source_name) {
    const auto body = [this, import, read, source_name](db::Tx& tx) { return save_in(tx, import, *read, source_name); };
    co_return co_await academy_.transact(body);
}

Task<Result<std::string>> Importer::save_in(db::Tx& tx, Uuid import, const Read& read, std::string source_name) {
    const Time now = clock_.now();
    const auto saved = co_await store::save_course(tx, read.course.draft, now);
    const auto published = co_await store::publish_course(tx, saved.course_id, "Imported from " + source_name, now);
    if (!published) co_return published.error();
    const auto course = co_await store::imported_course(tx, saved.course_id);
    const auto duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - read.started_at);
    const ImportSource source{source_name, read.sha256, read.bytes};
    std::string report = write_report(source, course, saved, read.course.draft, read.course.findings, duration);
    const bool is_ours = co_await store::finish_import(tx, import, report, saved.course_id, now);
    if (!is_ours) co_return Error{Code::conflict, "import_ended", "The import was ended by somebody else."};
    co_return report;
}

Task<Result<std::string>> Importer::import_archive(fs::path archive, ProgressListener listener) {
    std::error_code missing;
    const auto bytes = fs::file_size(archive, missing);
    if (missing || !fs::is_regular_file(archive)) {
        co_return Error{Code::not_found, "file_not_found", "There is no file " + archive.string() + "."};
    }
    const store::NewImport row{uuid_v7(), std::nullopt, archive.filename().string(), static_cast<std::int64_t>(bytes)};
    const Time now = clock_.now();
    const auto insert = [&row, now](db::Tx& tx) { return store::insert_import(tx, row, now); };
    co_await academy_.transact(insert);
    co_await store::start_import(academy_, row.id, now);
    auto report = co_await run(row.id, archive, row.file_name, std::move(listener));
    if (!report) co_await store::fail_import(academy_, row.id, error_json(report.error()), clock_.now());
    co_return report;
}

void Importer::keep_archive(Uuid import, const fs::path& file) const {
    const fs::path kept = archive_path(import);
    std::error_code other_file_system;
    fs::rename(file, kept, other_file_system);
    if (other_file_system) fs::copy_file(file, kept);
}

Task<void> Importer::clean_up() {
    std::error_code ignored;  // another process may be cleaning up as well
    const auto oldest = fs::file_time_type::clock::now() - leftover_age;
    for (const auto& entry : fs::directory_iterator(work_folder_ / "unpacked")) {
        if (entry.last_write_time(ignored) < oldest) fs::remove_all(entry.path(), ignored);
    }
    const auto unfinished = co_await store::unfinished_imports(academy_);
    std::set<std::string> needed;
    for (const Uuid& import : unfinished) needed.insert(to_string(import));
    for (const auto& entry : fs::directory_iterator(work_folder_ / "archives")) {
        const bool is_old = entry.last_write_time(ignored) < oldest;
        if (is_old && !needed.contains(entry.path().filename().string())) fs::remove(entry.path(), ignored);
    }
    store_.remove_abandoned(leftover_age);
}

std::string error_json(const Error& error) {
    bj::array fields;
    for (const auto& field : error.fields)
        fields.emplace_back(bj::object{{"pointer", field.pointer}, {"detail", field.detail}});
    return bj::serialize(bj::object{{"code", error.reason}, {"message", error.message}, {"fields", fields}});
}

}  // namespace tt::course::import
