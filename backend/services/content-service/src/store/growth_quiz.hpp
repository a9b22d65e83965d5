#pragma once

#include "platform/db/database.hpp"
#include "services/content-service/src/domain/growth_quiz.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::content::store {

/// A session and, once completed, its result.
struct ResultRow {
    Uuid id;
    std::string quiz_slug;
    int quiz_version = 1;
    std::optional<UserId> user_id;
    std::string answers;                ///< JSON object: question → option keys
    std::optional<std::string> scores;  ///< JSON array of Score
    std::optional<std::string> profile;
    std::vector<std::string> recommended_course_slugs;
    std::optional<Time> completed_at;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (),
                      (id, quiz_slug, quiz_version, user_id, answers, scores, profile, recommended_course_slugs,
                       completed_at))

/// What course.published says of a course.
struct MirroredCourse {
    Uuid course_id;
    std::string slug;
    std::string title;
    std::optional<std::string> subtitle;
    std::string level;
    int duration_seconds = 0;
    int lesson_count = 0;
    int version_no = 0;
};

struct NewSession {
    Uuid id;
    std::string quiz_slug;
    int quiz_version = 1;
    std::string token_sha256;
    std::string utm_json;
    Time started_at{};
};

struct CompletedResult {
    Uuid id;
    std::string scores_json;
    std::string profile;
    std::vector<std::string> course_slugs;
    std::optional<std::string> email;
    Time completed_at{};
};

Task<std::optional<QuizDefinition>> live_quiz(const db::Database& site, std::string slug);
Task<std::optional<QuizDefinition>> quiz_version(const db::Database& site, std::string slug, int version);
/// Stores a new version and makes it the live one; a version that exists stays as it is. Whether anything changed.
Task<bool> save_quiz(const db::Database& site, QuizDefinition quiz);

Task<void> start_session(const db::Database& site, NewSession session);
Task<std::optional<ResultRow>> find_result(const db::Database& site, std::string token_sha256);
Task<std::optional<ResultRow>> lock_result(db::Tx& tx, std::string token_sha256);
Task<void> save_answers(db::Tx& tx, Uuid id, std::string answers_json);
Task<void> complete_result(db::Tx& tx, CompletedResult result);
/// Whether it was free.
Task<bool> claim_result(const db::Database& site, Uuid id, UserId user, Time at);
Task<std::vector<ResultRow>> results_of_user(const db::Database& site, UserId user);

Task<void> mirror_course(db::Tx& tx, MirroredCourse course);
Task<std::vector<OfferedCourse>> mirrored_courses(const db::Database& site);

}  // namespace tt::content::store
