#include "services/progress-service/src/domain/course_grade.hpp"

#include <algorithm>
#include <map>

namespace tt::progress {
namespace {

struct Member {
    Exact share;
    Exact weight;
};

Exact category_average(std::vector<Member> members, int drop_lowest) {
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
        return a.share != b.share ? a.share < b.share : a.weight < b.weight;
    });
    // The last one always counts, however many the author lets drop.
    const auto droppable = std::min(members.size() - 1, static_cast<std::size_t>(std::max(drop_lowest, 0)));
    Exact sum = 0;
    Exact weights = 0;
    for (std::size_t i = droppable; i < members.size(); ++i) {
        sum += members[i].share * members[i].weight;
        weights += members[i].weight;
    }
    return weights == 0 ? Exact(0) : Exact(sum / weights);
}

struct Rule {
    Exact weight = 0;
    int drop_lowest = 0;
};

/// Category "" takes the quizzes that belong to none.
std::map<std::string, Rule> rules_of(const std::vector<GradeCategoryRule>& categories) {
    std::map<std::string, Rule> rules;
    Exact named = 0;
    for (const auto& category : categories) {
        rules[category.id] = {category.weight, category.drop_lowest};
        named += category.weight;
    }
    rules[""] = {named < 1 ? Exact(1 - named) : Exact(0), 0};
    return rules;
}

}  // namespace

CourseGrade course_grade(const std::vector<GradedQuiz>& quizzes, const std::vector<GradeCategoryRule>& categories) {
    CourseGrade grade;
    auto rules = rules_of(categories);
    std::map<std::string, std::vector<Member>> members;
    for (const auto& quiz : quizzes) {
        grade.is_graded = true;
        grade.anything_handed_in |= quiz.earned_share.has_value();
        const std::string id = quiz.category_id && rules.contains(*quiz.category_id) ? *quiz.category_id : "";
        members[id].push_back({quiz.earned_share.value_or(0), quiz.weight});
    }
    Exact weights = 0;
    for (const auto& [id, list] : members) weights += rules[id].weight;
    Exact sum = 0;
    for (auto& [id, list] : members) {
        // Only weightless work was given: count it evenly rather than make the course impossible to pass.
        const Exact weight = weights == 0 ? Exact(1) : rules[id].weight;
        sum += weight * category_average(std::move(list), rules[id].drop_lowest);
    }
    if (weights == 0) weights = members.size();
    if (weights != 0) grade.percent = sum * 100 / weights;
    return grade;
}

bool is_course_complete(CertificateRule rule, const CompletionFacts& facts) {
    const bool lessons_done = facts.lessons_completed >= facts.lessons_required;
    const bool something_asked = facts.lessons_required > 0 || facts.is_graded;
    const bool passed = facts.is_graded ? facts.is_passed : lessons_done;
    switch (rule) {
        case CertificateRule::completed:
            return facts.lessons_required > 0 ? lessons_done : something_asked && passed;
        case CertificateRule::passed:
            return something_asked && passed;
        case CertificateRule::none:
        case CertificateRule::completed_and_passed:
            return something_asked && lessons_done && passed;
    }
    return false;
}

int completion_ppm(int done, int required) {
    constexpr std::int64_t whole = 1'000'000;
    if (required <= 0) return 0;
    return static_cast<int>(std::min(whole, whole * done / required));
}

}  // namespace tt::progress
