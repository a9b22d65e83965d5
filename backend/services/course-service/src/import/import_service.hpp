#pragma once

#include "platform/app/service.hpp"
#include "platform/http/router.hpp"
#include "platform/jobs/jobs.hpp"
#include "services/course-service/src/import/importer.hpp"
#include "services/course-service/src/store/imports.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace tt::course::import {

struct ImportList {
    std::vector<store::ImportRecord> items;
    std::optional<std::string> next_cursor;  ///< always empty: only the newest are listed
};
BOOST_DESCRIBE_STRUCT(ImportList, (), (items, next_cursor))

struct ImportAccepted {
    Uuid id;
};
BOOST_DESCRIBE_STRUCT(ImportAccepted, (), (id))

/// Imports over HTTP: an administrator uploads an archive, a durable job does the work, the row tells how far it is.
/// A job whose process is killed starts over when its lease ends.
class ImportService final : public app::Service {
public:
    explicit ImportService(Importer& importer);

    std::string_view name() const override { return "course-import"; }
    void mount(http::Router& router) override;
    void work(jobs::Worker& worker) override;
    void schedule(jobs::Scheduler& scheduler) override;

    /// Keeps the archive and queues the import.
    Task<Uuid> enqueue(std::filesystem::path archive, std::string file_name, UserId requested_by);
    /// Runs the import of a job, also for the second time. Throws when it should be tried again later.
    Task<void> run_job(jobs::Job job);
    /// Ends imports that nobody works on any more.
    Task<void> fail_stale();

    static constexpr std::string_view queue = "course.import";
    static constexpr int max_attempts = 3;
    static constexpr std::uint64_t max_archive_bytes = 1ULL << 30;

private:
    Task<http::Response> upload(http::Request& request);
    Task<void> end(store::StartedImport import, Error error);
    void drop_archive(Uuid import);

    Importer& importer_;
};

}  // namespace tt::course::import
