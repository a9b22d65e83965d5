#pragma once

#include "platform/app/service.hpp"
#include "platform/events/bus.hpp"
#include "platform/http/router.hpp"
#include "platform/storage/url_signer.hpp"
#include "services/course-service/contract/personal_data.hpp"
#include "services/course-service/src/api/course_views.hpp"
#include "services/course-service/src/api/lesson_views.hpp"
#include "services/course-service/src/catalogue.hpp"
#include "shared/types/personal_data.hpp"

namespace tt::course {

/// The course-service as a process sees it: routes for learners and for other services, and the events it listens to.
class CourseService final : public app::Service, public PersonalDataSource {
public:
    CourseService(db::Database academy, CourseCatalogue& catalogue, progress::ProgressClient& progress,
                  const storage::UrlSigner& signer, const Clock& clock);

    std::string_view name() const override { return "course"; }
    void mount(http::Router& router) override;
    void subscribe(events::Bus& bus) override;

    /// Errors: invalid_cursor (400).
    Task<Result<api::CourseList>> list(api::CourseQuery query);

    /// Errors: course_not_found (404).
    Task<Result<api::CoursePage>> page(std::string slug, std::optional<UserId> user);

    Task<api::MyCourses> my_courses(UserId user);

    /// Errors: course_not_found (404), not_enrolled (403).
    Task<Result<api::Outline>> outline(std::string slug, UserId user);

    /// A preview lesson needs nobody; any other an enrollment that is in force.
    /// Errors: lesson_not_found (404), unauthenticated (401), not_enrolled (403).
    Task<Result<api::Lesson>> lesson(LessonId lesson, std::optional<UserId> user);

    std::vector<std::string> part_names() const override { return personal_data_parts(); }
    Task<PersonalData> personal_data(PersonalDataOwner owner) override;

    CourseCatalogue& catalogue() { return catalogue_; }

private:
    Task<Result<void>> may_open(CourseId course, bool is_preview, std::optional<UserId> user);
    Task<std::vector<progress::QuizRules>> rules_of(std::vector<QuizId> quizzes, std::optional<UserId> user);
    Task<std::optional<api::LessonProgress>> progress_in(CourseId course, LessonId lesson, std::optional<UserId> user);

    db::Database academy_;
    CourseCatalogue& catalogue_;
    progress::ProgressClient& progress_;
    const storage::UrlSigner& signer_;
    const Clock& clock_;
};

}  // namespace tt::course
