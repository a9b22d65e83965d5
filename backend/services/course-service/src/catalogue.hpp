#pragma once

#include "platform/db/database.hpp"
#include "services/course-service/contract/course_client.hpp"
#include "services/course-service/src/store/learners.hpp"

#include <map>
#include <mutex>

namespace tt::course {

/// What the course-service knows, from the database alone: the in-process CourseClient. The routes stand in
/// CourseService, so that a service this one asks (progress) can be built on the catalogue before it.
class CourseCatalogue final : public CourseClient {
public:
    CourseCatalogue(db::Database academy, const Clock& clock);

    Task<Result<EnrollOutcome>> enroll(UserId caller, CourseId course) override;
    Task<Result<Enrollment>> find_enrollment(UserId user, CourseId course) override;
    Task<Result<CourseStructure>> structure(CourseId course) override;
    Task<Result<CourseId>> course_by_slug(std::string slug) override;
    Task<Result<QuizDefinition>> quiz(QuizId quiz) override;
    Task<Result<std::vector<QuestionRevision>>> question_revisions(std::vector<QuestionRef> questions) override;
    Task<Result<std::vector<AnswerKey>>> answer_keys(std::vector<QuestionRef> questions) override;
    Task<Result<Learner>> learner(UserId user) override;

    /// The same without the copy.
    Task<Result<std::shared_ptr<const CourseStructure>>> shared_structure(CourseId course);

    /// Reconciliation with the profiles of the site.
    Task<std::vector<SyncBucket>> learner_buckets();
    /// Returns how many were new or newer.
    Task<std::size_t> upsert_learners(std::vector<LearnerProfile> profiles);

    /// Published versions kept parsed. A version never changes, so nothing here can be stale: which version is live is
    /// asked each time. 256 courses of the size of the Open edX demo course take about 30 MB.
    static constexpr std::size_t max_cached_versions = 256;

private:
    using Structure = std::shared_ptr<const CourseStructure>;

    Task<Result<EnrollOutcome>> enroll_in(db::Tx& tx, UserId caller, CourseId course, Time now);
    Structure cached(Uuid version);
    void keep(Uuid version, Structure structure);

    db::Database academy_;
    db::Database grader_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<Uuid, Structure> versions_;
};

}  // namespace tt::course
