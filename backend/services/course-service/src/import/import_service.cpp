#include "services/course-service/src/import/import_service.hpp"

#include "platform/http/endpoint.hpp"
#include "platform/log/log.hpp"
#include "services/course-service/src/import/progress_writer.hpp"
#include "shared/types/principal.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace tt::course::import {
namespace {

constexpr std::string_view base_path = "/api/v1/admin/imports";
constexpr int listed_imports = 20;
constexpr std::size_t max_file_name_bytes = 200;
constexpr auto stale_after = std::chrono::minutes{10};  // progress is written twice a second while a worker lives
constexpr auto stale_check_interval = std::chrono::minutes{1};

/// The name for people: the last part of what the client sent, without control characters. Never used as a path.
std::string shown_file_name(std::string_view header) {
    std::string name = http::percent_decode(header).value_or("");
    name.erase(0, name.find_last_of("/\\") + 1);
    std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (name.empty() || name.size() > max_file_name_bytes) return "course.tar.gz";
    return name;
}

/// gzip (RFC 1952) or zip by its first bytes; the content type a browser sends for a file says little.
bool looks_like_archive(const std::filesystem::path& file) {
    std::array<char, 2> start{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(start.data(), start.size());
    const std::string_view magic(start.data(), static_cast<std::size_t>(stream.gcount()));
    return magic == "\x1f\x8b" || magic == "PK";
}

Error give_up_error() {
    return {Code::internal, "import_failed",
            "The import failed for a reason on our side. Please try again; the log has the details."};
}

/// Refuses before the body is read, so that a stranger cannot make us receive a gigabyte.
Task<http::Response> only_admins(http::Request& request, const http::Handler& next) {
    if (const auto admin = require_role(request, "admin"); !admin) co_return http::render_error(admin.error(), request);
    co_return co_await next(request);
}

}  // namespace

ImportService::ImportService(Importer& importer) : importer_(importer) {}

void ImportService::mount(http::Router& router) {
    router.use(std::string(base_path), only_admins);
    router.route(
        http::Method::post, std::string(base_path), [this](http::Request& request) { return upload(request); },
        {.operation_id = "upload_course_archive",
         .summary = "Upload an OLX course archive (tar.gz or zip, raw body, X-Filename) and queue its import",
         .tag = "imports",
         .body_limit_bytes = max_archive_bytes,
         .body_to_file = true,
         .error_reasons = {"401 unauthenticated", "403 role_required", "413 body_too_large", "415 not_an_archive"}});
    const auto find = [this](http::Request& request, http::NoBody) -> Task<Result<http::Reply<store::ImportRecord>>> {
        const auto id = request.uuid_param("id");
        const Error missing{Code::not_found, "import_not_found", "There is no such import."};
        if (!id) co_return missing;
        auto record = co_await store::find_import(importer_.academy(), *id);
        if (!record) co_return missing;
        co_return http::Reply<store::ImportRecord>{200, std::move(*record), {}};
    };
    router.typed<http::NoBody, store::ImportRecord>(
        http::Method::get, std::string(base_path) + "/{id}", find,
        {.operation_id = "get_course_import",
         .summary = "Status, progress and report of an import",
         .tag = "imports",
         .error_reasons = {"401 unauthenticated", "403 role_required", "404 import_not_found"}});
    const auto list = [this](http::Request&, http::NoBody) -> Task<Result<http::Reply<ImportList>>> {
        ImportList newest{co_await store::newest_imports(importer_.academy(), listed_imports), std::nullopt};
        co_return http::Reply<ImportList>{200, std::move(newest), {}};
    };
    router.typed<http::NoBody, ImportList>(http::Method::get, std::string(base_path), list,
                                           {.operation_id = "list_course_imports",
                                            .summary = "The newest imports",
                                            .tag = "imports",
                                            .error_reasons = {"401 unauthenticated", "403 role_required"}});
}

Task<http::Response> ImportService::upload(http::Request& request) {
    const auto admin = require_role(request, "admin");
    if (!admin) co_return http::render_error(admin.error(), request);
    if (!looks_like_archive(request.body_file)) {
        const Error refused{Code::unsupported_media_type, "not_an_archive",
                            "Send a .tar.gz or .zip archive as the body."};
        co_return http::render_error(refused, request);
    }
    const Uuid id = co_await enqueue(request.body_file, shown_file_name(request.header("x-filename")), *admin);
    auto response = http::json_response(202, json::write(ImportAccepted{id}));
    response.headers.set("location", std::string(base_path) + "/" + to_string(id));
    co_return response;
}

Task<Uuid> ImportService::enqueue(std::filesystem::path archive, std::string file_name, UserId requested_by) {
    const Uuid id = uuid_v7();
    const auto keep = [this, id, &archive] {
        importer_.keep_archive(id, archive);
        return std::filesystem::file_size(importer_.archive_path(id));
    };
    const auto bytes = co_await importer_.runtime().on_cpu(keep);
    const store::NewImport row{id, requested_by, file_name, static_cast<std::int64_t>(bytes)};
    const Time now = importer_.clock().now();
    const auto body = [&row, now](db::Tx& tx) -> Task<void> {
        co_await store::insert_import(tx, row, now);
        jobs::NewJob job;
        job.queue = queue;
        job.payload = boost::json::serialize(boost::json::object{{"import_id", to_string(row.id)}});
        co_await jobs::enqueue(tx, std::move(job));
    };
    co_await importer_.academy().transact(body);
    log::info("course_import_queued", {{"import_id", to_string(row.id)}});
    co_return row.id;
}

void ImportService::work(jobs::Worker& worker) {
    jobs::HandlerOptions options;
    options.lease_s = 30;
    options.max_attempts = max_attempts;
    options.concurrency = 1;  // an import keeps one CPU thread busy
    worker.handle(std::string(queue), [this](jobs::Job job) { return run_job(std::move(job)); }, options);
}

void ImportService::schedule(jobs::Scheduler& scheduler) {
    scheduler.every("course_imports_stale", stale_check_interval, [this] { return fail_stale(); });
}

Task<void> ImportService::run_job(jobs::Job job) {
    const auto payload = boost::json::parse(job.payload);
    const auto id = parse_uuid(std::string_view(payload.at("import_id").as_string()));
    if (!id) co_return;  // not one of our jobs
    const auto import = co_await store::start_import(importer_.academy(), *id, importer_.clock().now());
    if (!import) co_return;  // ended in an earlier run whose acknowledgement was lost
    std::exception_ptr failure;
    Result<std::string> report = give_up_error();
    ProgressWriter progress(importer_, import->id);
    try {
        report = co_await importer_.run(import->id, importer_.archive_path(import->id), import->file_name,
                                        progress.listener());
    } catch (const std::exception& error) {
        log::warn("course_import_broke", {{"import_id", to_string(import->id)}, {"what", std::string(error.what())}});
        failure = std::current_exception();
    }
    progress.stop();
    if (failure && job.attempt < max_attempts) std::rethrow_exception(failure);
    if (!report) {
        co_await end(*import, report.error());
        co_return;
    }
    log::info("course_imported", {{"import_id", to_string(import->id)}});
    drop_archive(import->id);
}

Task<void> ImportService::end(store::StartedImport import, Error error) {
    co_await store::fail_import(importer_.academy(), import.id, error_json(error), importer_.clock().now());
    log::warn("course_import_failed", {{"import_id", to_string(import.id)}, {"reason", error.reason}});
    drop_archive(import.id);
}

void ImportService::drop_archive(Uuid import) {
    std::error_code ignored;  // clean_up() tries again
    std::filesystem::remove(importer_.archive_path(import), ignored);
}

Task<void> ImportService::fail_stale() {
    const Time now = importer_.clock().now();
    const Error error{Code::internal, "import_interrupted",
                      "The import was interrupted too often. Please upload the archive again."};
    const auto stale =
        co_await store::fail_stale_imports(importer_.academy(), now - stale_after, error_json(error), now);
    for (const auto& import : stale) {
        log::warn("course_import_failed", {{"import_id", to_string(import.id)}, {"reason", error.reason}});
        drop_archive(import.id);
    }
    co_await importer_.clean_up();
}

}  // namespace tt::course::import
