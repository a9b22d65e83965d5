#include "services/course-service/src/catalogue.hpp"

#include "platform/events/outbox.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "services/course-service/contract/events.hpp"
#include "services/course-service/src/store/catalogue.hpp"
#include "services/course-service/src/store/enrollments.hpp"
#include "services/course-service/src/store/quizzes.hpp"

namespace tt::course {

namespace {

Error course_not_found() {
    return {Code::not_found, "course_not_found", "There is no such course."};
}

Task<void> tell_enrolled(db::Tx& tx, Enrollment enrollment) {
    const EnrollmentCreated created{enrollment.id, enrollment.user_id, enrollment.course_id, enrollment.enrolled_at};
    events::NewEvent event{std::string(EnrollmentCreated::topic), created.subject(), json::write(created)};
    co_await events::append(tx, std::move(event));
}

}  // namespace

CourseCatalogue::CourseCatalogue(db::Database academy, const Clock& clock)
    : academy_(academy.as("svc_course")), grader_(academy.as("svc_grader")), clock_(clock) {}

Task<Result<EnrollOutcome>> CourseCatalogue::enroll(UserId caller, CourseId course) {
    const Time now = clock_.now();
    auto outcome = co_await academy_.transact(
        [this, caller, course, now](db::Tx& tx) { return enroll_in(tx, caller, course, now); });
    if (outcome && outcome->created) log::info("enrollment_created", {{"course_id", to_string(course)}});
    co_return outcome;
}

Task<Result<EnrollOutcome>> CourseCatalogue::enroll_in(db::Tx& tx, UserId caller, CourseId course_id, Time now) {
    const auto existing = co_await store::find_enrollment(tx, caller, course_id);
    if (existing) co_return EnrollOutcome{*existing, false};

    const auto course = co_await store::find_gate(tx, course_id);
    if (!course) co_return course_not_found();
    const auto allowed = may_enroll(*course, now);
    if (!allowed) co_return allowed.error();

    const store::NewEnrollment wanted{caller, course_id, course->published_version_id, now, access_ends(*course, now)};
    const auto inserted = co_await store::insert_enrollment(tx, wanted);
    if (!inserted) {  // a concurrent request of the same person won the unique key
        const auto winner = co_await store::find_enrollment(tx, caller, course_id);
        co_return EnrollOutcome{winner.value(), false};
    }
    co_await tell_enrolled(tx, *inserted);
    co_return EnrollOutcome{*inserted, true};
}

Task<Result<Enrollment>> CourseCatalogue::find_enrollment(UserId user, CourseId course) {
    const auto enrollment = co_await store::find_enrollment(academy_, user, course);
    if (!enrollment) co_return Error{Code::not_found, "not_enrolled", "You are not enrolled in this course."};
    co_return *enrollment;
}

Task<Result<CourseStructure>> CourseCatalogue::structure(CourseId course) {
    const auto shared = co_await shared_structure(course);
    if (!shared) co_return shared.error();
    co_return **shared;
}

Task<Result<std::shared_ptr<const CourseStructure>>> CourseCatalogue::shared_structure(CourseId course) {
    const auto version = co_await store::published_version(academy_, course);
    if (!version) co_return course_not_found();
    if (auto known = cached(version->course_version_id)) co_return known;
    auto loaded = co_await store::manifest(academy_, *version);
    auto structure = std::make_shared<const CourseStructure>(std::move(loaded));
    keep(version->course_version_id, structure);
    co_return structure;
}

CourseCatalogue::Structure CourseCatalogue::cached(Uuid version) {
    const std::scoped_lock lock(mutex_);
    const auto at = versions_.find(version);
    return at == versions_.end() ? nullptr : at->second;
}

void CourseCatalogue::keep(Uuid version, Structure structure) {
    const std::scoped_lock lock(mutex_);
    // Version ids are time-ordered: the first is the oldest, and the likeliest to be out of use.
    if (versions_.size() >= max_cached_versions) versions_.erase(versions_.begin());
    versions_.insert_or_assign(version, std::move(structure));
}

Task<Result<CourseId>> CourseCatalogue::course_by_slug(std::string slug) {
    const auto id = co_await store::find_course_id(academy_, std::move(slug));
    if (!id) co_return course_not_found();
    co_return *id;
}

Task<Result<QuizDefinition>> CourseCatalogue::quiz(QuizId id) {
    auto quiz = co_await store::find_quiz(academy_, id);
    if (!quiz) co_return Error{Code::not_found, "quiz_not_found", "There is no such quiz."};
    co_return std::move(*quiz);
}

Task<Result<std::vector<QuestionRevision>>> CourseCatalogue::question_revisions(std::vector<QuestionRef> questions) {
    const std::size_t asked = questions.size();
    auto found = co_await store::question_revisions(academy_, std::move(questions));
    if (found.size() != asked) co_return Error{Code::not_found, "question_not_found", "There is no such question."};
    co_return found;
}

Task<Result<std::vector<AnswerKey>>> CourseCatalogue::answer_keys(std::vector<QuestionRef> questions) {
    const std::size_t asked = questions.size();
    auto found = co_await store::answer_keys(grader_, std::move(questions));
    if (found.size() != asked) co_return Error{Code::not_found, "question_not_found", "There is no such question."};
    co_return found;
}

Task<Result<Learner>> CourseCatalogue::learner(UserId user) {
    auto learner = co_await store::find_learner(academy_, user);
    if (!learner) co_return Error{Code::not_found, "learner_not_found", "This learner is not known yet."};
    co_return std::move(*learner);
}

Task<std::vector<SyncBucket>> CourseCatalogue::learner_buckets() {
    return store::learner_buckets(academy_);
}

Task<std::size_t> CourseCatalogue::upsert_learners(std::vector<LearnerProfile> profiles) {
    const Time now = clock_.now();
    co_return co_await academy_.transact(
        [profiles = std::move(profiles), now](db::Tx& tx) { return store::upsert_learners(tx, profiles, now); });
}

}  // namespace tt::course
