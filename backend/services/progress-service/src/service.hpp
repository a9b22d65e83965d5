#pragma once

#include "platform/app/service.hpp"
#include "platform/core/runtime.hpp"
#include "platform/db/database.hpp"
#include "platform/http/router.hpp"
#include "platform/storage/object_store.hpp"
#include "services/progress-service/contract/personal_data.hpp"
#include "services/progress-service/contract/progress_client.hpp"
#include "services/progress-service/src/attempts.hpp"
#include "services/progress-service/src/catalogue.hpp"
#include "services/progress-service/src/certificates.hpp"
#include "services/progress-service/src/progress_log.hpp"
#include "services/progress-service/src/rebuild.hpp"
#include "shared/types/personal_data.hpp"

#include <functional>

namespace tt::progress {

struct ProgressConfig {
    CertificateConfig certificates;
    /// Makes stored file addresses in question HTML usable in a browser; the identity when empty.
    std::function<std::string(std::string)> present_html;
};

/// What the service works with; all outlive it.
struct ProgressParts {
    db::Database database;  // of the academy, as svc_progress
    course::CourseClient& courses;
    storage::ObjectStore& objects;
    Runtime& runtime;
    const Clock& clock;
};

/// The progress-service as a process sees it: progress, quiz attempts and certificates.
class ProgressService final : public app::Service, public ProgressClient, public PersonalDataSource {
public:
    ProgressService(ProgressParts parts, ProgressConfig config);

    std::string_view name() const override { return "progress"; }
    void mount(http::Router& router) override;
    void subscribe(events::Bus& bus) override;
    void work(jobs::Worker& worker) override;
    void schedule(jobs::Scheduler& scheduler) override;
    Task<void> start() override;

    Task<std::vector<CourseProgress>> course_progress(UserId user, std::vector<CourseId> courses) override;
    Task<std::vector<LessonState>> lesson_states(UserId user, CourseId course) override;
    Task<std::vector<QuizRules>> quiz_rules_for(UserId user, std::vector<QuizId> quizzes) override;

    std::vector<std::string> part_names() const override { return personal_data_parts(); }
    Task<PersonalData> personal_data(PersonalDataOwner owner) override;

    /// `trendtactics rebuild-progress`: compares the rows with the log and repairs them.
    Task<RebuildReport> rebuild(RebuildScope scope) { return rebuild_.run(scope); }

    ProgressLog& progress() { return progress_; }
    Attempts& attempts() { return attempts_; }
    Certificates& certificates() { return certificates_; }
    Catalogue& catalogue() { return catalogue_; }
    const ProgressConfig& config() const { return config_; }

    static constexpr std::chrono::seconds sweep_interval{3};  // overdue attempts are handed in within 10 s
    static constexpr std::chrono::hours partition_interval{24};
    static constexpr int partition_months = 4;  // the current one and three ahead: a stopped scheduler has time

private:
    ProgressConfig config_;
    db::Database database_;
    storage::ObjectStore& objects_;
    const Clock& clock_;
    Catalogue catalogue_;
    ProgressLog progress_;
    Attempts attempts_;
    Certificates certificates_;
    Rebuild rebuild_;
};

}  // namespace tt::progress
