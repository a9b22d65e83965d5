#pragma once

#include "platform/db/pool.hpp"
#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"
#include "services/course-service/src/domain/course_draft.hpp"
#include "services/course-service/src/service.hpp"
#include "services/course-service/src/store/course_writer.hpp"
#include "shared/types/principal.hpp"

#include <gtest/gtest.h>

namespace tt::course::testing {

using namespace platform::testing;

/// A small whole course: a chapter with a lesson and a section with two, an inline and a graded quiz, one draft lesson.
CourseDraft sample_draft(const std::string& key);

Task<store::SaveReport> save_in(db::Tx& tx, CourseDraft draft, Time now);

/// Progress as a test sets it; nothing set reads as nothing done.
class FakeProgress final : public progress::ProgressClient {
public:
    Task<std::vector<progress::CourseProgress>> course_progress(UserId user, std::vector<CourseId> courses) override;
    Task<std::vector<progress::LessonState>> lesson_states(UserId user, CourseId course) override;
    Task<std::vector<progress::QuizRules>> quiz_rules_for(UserId user, std::vector<QuizId> quizzes) override;

    std::vector<progress::LessonState> states;
    std::optional<LessonId> last_lesson_id;
};

/// The service on a database of its own, called through its router without a network.
class CourseKit {
public:
    CourseKit();
    ~CourseKit();

    http::Response call(std::string method, std::string target, std::string body = {},
                        std::optional<UserId> user = std::nullopt);
    /// The same without waiting, on either io thread.
    std::future<http::Response> start(std::string method, std::string target, std::string body,
                                      std::optional<UserId> user, std::size_t thread);

    template <class T>
    T run(Task<T> task) {
        return runtime.run(std::move(task));
    }

    store::SaveReport save(CourseDraft draft);
    /// Saves and publishes.
    CourseId publish(CourseDraft draft);
    CourseStructure structure(CourseId course);
    CourseDraft unique_draft();

    TestRuntime runtime{2};
    TestDb database{std::string("academy")};
    db::Pool pool;
    db::Database academy;
    FakeClock clock;
    CourseCatalogue catalogue;
    FakeProgress progress;
    storage::UrlSigner signer;
    CourseService service;
    http::Router router;

private:
    int next_key_ = 0;
};

/// One kit per suite: making a database costs more than any test here.
class CourseTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = std::make_unique<CourseKit>(); }
    static void TearDownTestSuite() { kit_.reset(); }
    static CourseKit& kit() { return *kit_; }

private:
    static inline std::unique_ptr<CourseKit> kit_;
};

boost::json::value json_of(const http::Response& response);
std::string text_of(const http::Response& response);

}  // namespace tt::course::testing
