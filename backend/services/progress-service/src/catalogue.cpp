#include "services/progress-service/src/catalogue.hpp"

#include "services/progress-service/src/domain/question.hpp"

#include <boost/describe.hpp>

#include <set>
#include <stdexcept>

namespace tt::progress {
namespace {

using course::CourseStructure;
using course::QuestionRef;
using course::QuestionRevision;

template <class E>
E enum_from(const std::string& text, E otherwise) {
    E value = otherwise;
    return boost::describe::enum_from_string(text.c_str(), value) ? value : otherwise;
}

CertificateRule certificate_rule(std::string_view text) {
    if (text == "none") return CertificateRule::none;
    if (text == "completed") return CertificateRule::completed;
    if (text == "passed") return CertificateRule::passed;
    return CertificateRule::completed_and_passed;
}

BlockRule to_rule(const course::StructureBlock& block, const std::set<QuizId>& answerable) {
    BlockRule rule{block.id, BlockKind::other, block.quiz_id, block.duration_ms};
    if (block.kind == "video") rule.kind = BlockKind::video;
    if (block.quiz_id && answerable.contains(*block.quiz_id)) rule.kind = BlockKind::quiz;
    return rule;
}

LessonRule to_rule(const course::StructureLesson& lesson, const std::set<QuizId>& answerable) {
    LessonRule rule{lesson.id,
                    enum_from(lesson.completion_rule, CompletionRule::view),
                    lesson.completion_threshold_ppm,
                    lesson.required,
                    {}};
    for (const auto& block : lesson.blocks) rule.blocks.push_back(to_rule(block, answerable));
    return rule;
}

QuizRule to_rule(const course::StructureQuiz& quiz, const std::set<QuizId>& answerable) {
    QuizRule rule{.id = quiz.id,
                  .lesson_id = quiz.lesson_id,
                  .block_id = {},
                  .is_graded = quiz.mode == "graded" && answerable.contains(quiz.id),
                  .category_id = {},
                  .weight = exact(quiz.weight),
                  .attempt_policy = enum_from(quiz.attempt_policy, AttemptPolicy::highest)};
    if (quiz.grade_category_id) rule.category_id = to_string(*quiz.grade_category_id);
    return rule;
}

/// Where each quiz stands; a quiz that stands in several lessons counts in the first.
void place_quizzes(CourseRules& rules) {
    for (const auto& lesson : rules.lessons) {
        for (const auto& block : lesson.blocks) {
            for (auto& quiz : rules.quizzes) {
                if (block.quiz_id != quiz.id || quiz.block_id) continue;
                quiz.lesson_id = lesson.id;
                quiz.block_id = block.id;
            }
        }
    }
}

CourseRules to_rules(const CourseStructure& structure, const std::set<QuizId>& answerable) {
    CourseRules rules;
    rules.id = structure.course_id;
    rules.version_id = structure.course_version_id;
    rules.slug = structure.slug;
    rules.title = structure.title;
    rules.duration_seconds = structure.duration_seconds;
    rules.pass_percent = exact(structure.pass_percent);
    rules.certificate_rule = certificate_rule(structure.certificate_rule);
    for (const auto& lesson : structure.lessons) rules.lessons.push_back(to_rule(lesson, answerable));
    for (const auto& quiz : structure.quizzes) rules.quizzes.push_back(to_rule(quiz, answerable));
    for (const auto& category : structure.grade_categories) {
        rules.categories.push_back({to_string(category.id), exact(category.weight), category.drop_lowest});
    }
    place_quizzes(rules);
    return rules;
}

/// Quizzes with at least one question the server can mark; nobody can be asked to pass the others.
std::set<QuizId> answerable_quizzes(const CourseStructure& structure, const std::vector<QuestionRevision>& questions) {
    std::set<QuestionRef> gradable;
    for (const auto& question : questions) {
        if (is_gradable(question.type)) gradable.insert({question.question_id, question.revision});
    }
    std::set<QuizId> quizzes;
    for (const auto& quiz : structure.quizzes) {
        for (const auto& ref : quiz.questions) {
            if (gradable.contains(ref)) quizzes.insert(quiz.id);
        }
    }
    return quizzes;
}

}  // namespace

bool is_gradable(std::string_view question_type) {
    QuestionType type{};
    return boost::describe::enum_from_string(std::string(question_type).c_str(), type);
}

Catalogue::Catalogue(course::CourseClient& courses, const Clock& clock) : courses_(courses), clock_(clock) {}

Task<Result<CourseRulesPtr>> Catalogue::rules(CourseId course) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = rules_.find(course);
        if (found != rules_.end() && clock_.now() - found->second.read_at < max_age) co_return found->second.rules;
    }
    co_return co_await fresh_rules(course);
}

Task<Result<CourseRulesPtr>> Catalogue::fresh_rules(CourseId course) {
    const auto structure = co_await courses_.structure(course);
    if (!structure) co_return structure.error();
    std::vector<QuestionRef> refs;
    for (const auto& quiz : structure->quizzes) refs.insert(refs.end(), quiz.questions.begin(), quiz.questions.end());
    const auto asked = co_await questions(std::move(refs));
    if (!asked) co_return asked.error();
    auto rules = std::make_shared<const CourseRules>(to_rules(*structure, answerable_quizzes(*structure, *asked)));
    remember(rules);
    co_return rules;
}

void Catalogue::remember(const CourseRulesPtr& rules) {
    const std::lock_guard lock(mutex_);
    if (rules_.size() >= max_courses) rules_.clear();
    rules_[rules->id] = {rules, clock_.now()};
}

Task<Result<std::vector<QuestionRevision>>> Catalogue::questions(std::vector<QuestionRef> refs) {
    std::map<QuestionRef, QuestionRevision> known = remembered(refs);
    std::vector<QuestionRef> missing;
    for (const auto& ref : refs) {
        if (!known.contains(ref)) missing.push_back(ref);
    }
    if (!missing.empty()) {
        auto answer = co_await courses_.question_revisions(missing);
        if (!answer) co_return answer.error();
        for (auto& question : *answer) known.try_emplace({question.question_id, question.revision}, question);
        remember(std::move(*answer));
    }
    std::vector<QuestionRevision> result;
    result.reserve(refs.size());
    for (const auto& ref : refs) {
        const auto question = known.find(ref);
        if (question == known.end()) co_return Error{Code::not_found, "question_not_found"};
        result.push_back(question->second);
    }
    co_return result;
}

std::map<QuestionRef, QuestionRevision> Catalogue::remembered(const std::vector<QuestionRef>& refs) {
    const std::lock_guard lock(mutex_);
    std::map<QuestionRef, QuestionRevision> known;
    for (const auto& ref : refs) {
        if (const auto found = questions_.find(ref); found != questions_.end()) known.insert(*found);
    }
    return known;
}

void Catalogue::remember(std::vector<QuestionRevision> questions) {
    const std::lock_guard lock(mutex_);
    if (questions_.size() + questions.size() > max_questions) questions_.clear();
    for (auto& question : questions) {
        const QuestionRef ref{question.question_id, question.revision};
        questions_.insert_or_assign(ref, std::move(question));
    }
}

}  // namespace tt::progress
