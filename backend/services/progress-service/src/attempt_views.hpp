#pragma once

#include "services/course-service/contract/course_client.hpp"
#include "services/progress-service/contract/progress_client.hpp"
#include "services/progress-service/src/domain/attempt_rules.hpp"
#include "services/progress-service/src/store/attempt_store.hpp"

#include "platform/json/rule.hpp"

#include <optional>
#include <string>
#include <vector>

/// Attempts as a learner sees them. What the review policy holds back is not in the JSON at all.
namespace tt::progress {

struct OptionView {
    std::string id;
    std::string html;
};
BOOST_DESCRIBE_STRUCT(OptionView, (), (id, html))

struct ItemView {
    int slot = 0;
    std::string type;
    std::string prompt_html;
    std::vector<OptionView> options;
    json::Raw points;
    std::optional<json::Raw> response;
    std::int64_t response_seq = 0;
    std::vector<std::string> hints;
    std::optional<bool> is_correct;
    std::optional<json::Raw> points_awarded;
    std::optional<json::Raw> correct;  // in the shape of a response
    std::optional<std::string> feedback_html;
    std::optional<std::string> explanation_html;
};
BOOST_DESCRIBE_STRUCT(ItemView, (),
                      (slot, type, prompt_html, options, points, response, response_seq, hints, is_correct,
                       points_awarded, correct, feedback_html, explanation_html))

struct AttemptView {
    AttemptId id;
    QuizId quiz_id;
    CourseId course_id;
    std::optional<LessonId> lesson_id;
    int attempt_no = 0;
    std::string status;  // in_progress | graded
    Time started_at{};
    std::optional<Time> deadline_at;
    Time server_time{};
    std::vector<ItemView> items;
    json::Raw max_points;
    std::optional<json::Raw> score_points;
    std::optional<json::Raw> score_percent;
    std::optional<bool> passed;
    std::optional<Time> submitted_at;
    std::optional<std::string> submit_reason;  // learner | deadline
};
BOOST_DESCRIBE_STRUCT(AttemptView, (),
                      (id, quiz_id, course_id, lesson_id, attempt_no, status, started_at, deadline_at, server_time,
                       items, max_points, score_points, score_percent, passed, submitted_at, submit_reason))

struct AttemptSummary {
    AttemptId id;
    int attempt_no = 0;
    std::string status;
    Time started_at{};
    std::optional<Time> deadline_at;
    std::optional<Time> submitted_at;
    json::Raw max_points;
    std::optional<json::Raw> score_points;
    std::optional<json::Raw> score_percent;
    std::optional<bool> passed;
};
BOOST_DESCRIBE_STRUCT(AttemptSummary, (),
                      (id, attempt_no, status, started_at, deadline_at, submitted_at, max_points, score_points,
                       score_percent, passed))

struct AttemptList {
    std::vector<AttemptSummary> items;
    QuizRules rules;
};
BOOST_DESCRIBE_STRUCT(AttemptList, (), (items, rules))

/// The learner's attempts at one quiz; void ones do not count.
struct AttemptCounts {
    int used = 0;
    int finished = 0;
    bool has_open = false;
};
AttemptCounts count(const std::vector<store::AttemptRow>& attempts);

/// All an attempt is shown from.
struct AttemptParts {
    store::AttemptRow row;
    std::vector<store::ItemRow> items;
    std::vector<course::QuestionRevision> questions;  // one per item
    std::vector<course::AnswerKey> keys;              // one per item, or none when nothing of them is released
    AttemptCounts counts;
};

FrozenPolicy to_policy(const store::AttemptRow& row);

/// Whether the view needs the answer keys.
bool shows_keys(const store::AttemptRow& row, AttemptCounts counts, Time now);

AttemptView to_view(const AttemptParts& parts, Time now);
AttemptSummary to_summary(const store::AttemptRow& row, AttemptCounts counts, Time now);

/// Standing in a quiz, from all attempts of the learner at it.
QuizRules to_rules_view(const course::QuizDefinition& quiz, int question_count,
                        const std::vector<store::AttemptRow>& attempts, Time now);

}  // namespace tt::progress

namespace platform::json {
inline constexpr Rule once_released{.omit_when_null = true};
template <>
inline constexpr Rule rule<&tt::progress::ItemView::is_correct> = once_released;
template <>
inline constexpr Rule rule<&tt::progress::ItemView::points_awarded> = once_released;
template <>
inline constexpr Rule rule<&tt::progress::ItemView::correct> = once_released;
template <>
inline constexpr Rule rule<&tt::progress::ItemView::feedback_html> = once_released;
template <>
inline constexpr Rule rule<&tt::progress::ItemView::explanation_html> = once_released;
}  // namespace platform::json
