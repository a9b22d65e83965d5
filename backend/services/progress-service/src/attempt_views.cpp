#include "services/progress-service/src/attempt_views.hpp"

#include "platform/json/json.hpp"
#include "services/progress-service/src/answer_codec.hpp"
#include "services/progress-service/src/domain/grading.hpp"
#include "services/progress-service/src/views.hpp"

#include <algorithm>
#include <stdexcept>

namespace tt::progress {
namespace {

/// What of a finished attempt may be shown.
struct Releases {
    bool score = false;
    bool correctness = false;
    bool key = false;
    bool explanation = false;
};

Releases releases(const ReviewRules& rules, const ReviewFacts& facts) {
    return {is_released(rules.score, facts), is_released(rules.correctness, facts), is_released(rules.key, facts),
            is_released(rules.explanation, facts)};
}

ReviewFacts review_facts(const store::AttemptRow& row, const FrozenPolicy& policy, AttemptCounts counts, Time now) {
    return {.is_submitted = row.submitted_at.has_value(),
            .max_attempts = policy.max_attempts,
            .attempts_finished = counts.finished,
            .has_open_attempt = counts.has_open,
            .closes_at = policy.closes_at,
            .now = now};
}

json::Raw points(const std::string& text) {
    return number(exact(text), shown_points_decimals);
}

void add_key(ItemView& view, const store::ItemRow& item, const course::AnswerKey& key, const Releases& shown) {
    QuestionType type{};
    boost::describe::enum_from_string(view.type.c_str(), type);
    if (shown.key) view.correct = correct_response(type, to_key(type, key.answer_key));
    if (!shown.explanation) return;
    view.explanation_html = key.explanation_html;
    const std::string feedback =
        feedback_html(key.feedback, to_response(item.response), item.is_correct.value_or(false));
    if (!feedback.empty()) view.feedback_html = feedback;
}

ItemView to_item(const store::ItemRow& item, const course::QuestionRevision& question) {
    ItemView view{.slot = item.slot,
                  .type = question.type,
                  .prompt_html = question.prompt_html,
                  .options = {},
                  .points = points(item.points_possible),
                  .response = item.response,
                  .response_seq = item.response_seq,
                  .hints = question.hints,
                  .is_correct = {},
                  .points_awarded = {},
                  .correct = {},
                  .feedback_html = {},
                  .explanation_html = {}};
    for (const int position : item.option_order) {
        const auto& option = question.options.at(static_cast<std::size_t>(position));
        view.options.push_back({option.id, option.html});
    }
    return view;
}

/// Anything with the members both views share.
template <class View>
void add_score(View& view, const store::AttemptRow& row, bool is_released) {
    if (!is_released || !row.score_points) return;
    view.score_points = points(*row.score_points);
    view.score_percent = number(percent_of(exact(*row.score_points), exact(row.max_points)), shown_percent_decimals);
    view.passed = row.passed;
}

}  // namespace

FrozenPolicy to_policy(const store::AttemptRow& row) {
    auto policy = json::parse<FrozenPolicy>(row.policy.text);
    if (!policy) throw std::logic_error("unreadable attempt policy: " + policy.error().reason);
    return std::move(*policy);
}

bool shows_keys(const store::AttemptRow& row, AttemptCounts counts, Time now) {
    const FrozenPolicy policy = to_policy(row);
    const Releases shown = releases(policy.review, review_facts(row, policy, counts, now));
    return shown.key || shown.explanation;
}

AttemptView to_view(const AttemptParts& parts, Time now) {
    const store::AttemptRow& row = parts.row;
    const FrozenPolicy policy = to_policy(row);
    const Releases shown = releases(policy.review, review_facts(row, policy, parts.counts, now));
    AttemptView view{.id = row.id,
                     .quiz_id = row.quiz_id,
                     .course_id = row.course_id,
                     .lesson_id = row.lesson_id,
                     .attempt_no = row.attempt_no,
                     .status = row.status,
                     .started_at = row.started_at,
                     .deadline_at = row.deadline_at,
                     .server_time = now,
                     .items = {},
                     .max_points = points(row.max_points),
                     .score_points = {},
                     .score_percent = {},
                     .passed = {},
                     .submitted_at = row.submitted_at,
                     .submit_reason = row.submit_reason};
    add_score(view, row, shown.score);
    for (std::size_t i = 0; i < parts.items.size(); ++i) {
        ItemView item = to_item(parts.items[i], parts.questions.at(i));
        if (shown.correctness) item.is_correct = parts.items[i].is_correct;
        if (shown.correctness && parts.items[i].points_awarded) {
            item.points_awarded = points(*parts.items[i].points_awarded);
        }
        if (i < parts.keys.size()) add_key(item, parts.items[i], parts.keys[i], shown);
        view.items.push_back(std::move(item));
    }
    return view;
}

AttemptSummary to_summary(const store::AttemptRow& row, AttemptCounts counts, Time now) {
    const FrozenPolicy policy = to_policy(row);
    AttemptSummary summary{.id = row.id,
                           .attempt_no = row.attempt_no,
                           .status = row.status,
                           .started_at = row.started_at,
                           .deadline_at = row.deadline_at,
                           .submitted_at = row.submitted_at,
                           .max_points = points(row.max_points),
                           .score_points = {},
                           .score_percent = {},
                           .passed = {}};
    add_score(summary, row, is_released(policy.review.score, review_facts(row, policy, counts, now)));
    return summary;
}

QuizRules to_rules_view(const course::QuizDefinition& quiz, int question_count,
                        const std::vector<store::AttemptRow>& attempts, Time now) {
    const AttemptCounts counts = count(attempts);
    QuizRules rules{.id = quiz.id,
                    .title = quiz.title,
                    .mode = quiz.mode,
                    .question_count = question_count,
                    .time_limit_seconds = quiz.time_limit_seconds,
                    .max_attempts = quiz.max_attempts,
                    .attempts_used = counts.used,
                    .pass_percent = number(exact(quiz.pass_percent), shown_percent_decimals),
                    .open_attempt_id = {},
                    .best_score_percent = {}};
    std::optional<Exact> best;
    for (const auto& attempt : attempts) {
        if (attempt.is_open()) rules.open_attempt_id = attempt.id;
        const FrozenPolicy policy = to_policy(attempt);
        const auto facts = review_facts(attempt, policy, counts, now);
        if (!attempt.score_points || !is_released(policy.review.score, facts)) continue;
        const Exact percent = percent_of(exact(*attempt.score_points), exact(attempt.max_points));
        if (!best || percent > *best) best = percent;
    }
    if (best) rules.best_score_percent = number(*best, shown_percent_decimals);
    return rules;
}

AttemptCounts count(const std::vector<store::AttemptRow>& attempts) {
    AttemptCounts counts;
    for (const auto& row : attempts) {
        if (!row.is_used()) continue;
        ++counts.used;
        counts.has_open |= row.is_open();
        counts.finished += row.is_open() ? 0 : 1;
    }
    return counts;
}

}  // namespace tt::progress
