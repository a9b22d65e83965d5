#include "services/content-service/src/domain/growth_quiz.hpp"

#include <algorithm>
#include <set>

namespace tt::content {
namespace {

constexpr std::size_t max_recommendations = 3;

template <class Items>
auto find_key(Items& items, const std::string& key) {
    return std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.key == key; });
}

template <class Items>
bool has_key(const Items& items, const std::string& key) {
    return find_key(items, key) != items.end();
}

template <class Items>
bool keys_are_unique(const Items& items) {
    std::set<std::string> keys;
    for (const auto& item : items) keys.insert(item.key);
    return keys.size() == items.size() && !keys.contains("");
}

Error invalid(const QuizDefinition& quiz, const std::string& why) {
    return {Code::invalid_argument, "quiz_invalid", quiz.slug + ": " + why};
}

int points_of(const QuizOption& option, const std::string& dimension) {
    int sum = 0;
    for (const auto& points : option.points) sum += points.dimension == dimension ? points.points : 0;
    return sum;
}

/// The most one question can give: its best option, or the sum of all helpful ones where several may be chosen.
int best_of(const QuizQuestion& question, const std::string& dimension) {
    int best = 0;
    for (const auto& option : question.options) {
        const int points = points_of(option, dimension);
        best = question.type == "multiple" ? best + std::max(points, 0) : std::max(best, points);
    }
    return best;
}

Score score_of(const QuizDefinition& quiz, const Answers& answers, const QuizDimension& dimension) {
    Score score{.dimension = dimension.key, .label = dimension.label};
    for (const auto& question : quiz.questions) {
        score.max += best_of(question, dimension.key);
        for (const auto& chosen : answers.at(question.key)) {
            const auto option = find_key(question.options, chosen);
            if (option != question.options.end()) score.score += points_of(*option, dimension.key);
        }
    }
    score.score = std::clamp(score.score, 0, score.max);
    return score;
}

double share_of(const Score& score) {
    return score.max == 0 ? 1.0 : static_cast<double>(score.score) / score.max;
}

std::string profile_for(const QuizDefinition& quiz, const std::vector<Score>& scores) {
    int sum = 0, max = 0;
    for (const auto& score : scores) {
        sum += score.score;
        max += score.max;
    }
    const int percent = max == 0 ? 0 : sum * 100 / max;
    const QuizProfile* best = nullptr;
    for (const auto& profile : quiz.profiles) {
        const bool applies = profile.min_percent <= percent;
        if (applies && (!best || profile.min_percent > best->min_percent)) best = &profile;
    }
    return best ? best->key : std::string();
}

}  // namespace

Result<void> check_definition(const QuizDefinition& quiz) {
    if (quiz.questions.empty() || quiz.dimensions.empty()) return invalid(quiz, "needs questions and dimensions");
    if (!keys_are_unique(quiz.questions) || !keys_are_unique(quiz.dimensions) || !keys_are_unique(quiz.profiles)) {
        return invalid(quiz, "a key is empty or occurs twice");
    }
    for (const auto& question : quiz.questions) {
        if (question.type != "single" && question.type != "multiple") return invalid(quiz, question.key + ": type");
        if (question.options.size() < 2 || !keys_are_unique(question.options)) {
            return invalid(quiz, question.key + ": needs two or more options with unique keys");
        }
        for (const auto& option : question.options) {
            for (const auto& points : option.points) {
                if (!has_key(quiz.dimensions, points.dimension)) return invalid(quiz, question.key + ": dimension");
            }
        }
    }
    const bool has_base = std::any_of(quiz.profiles.begin(), quiz.profiles.end(),
                                      [](const QuizProfile& profile) { return profile.min_percent == 0; });
    if (!has_base) return invalid(quiz, "no profile applies to 0 %");
    return {};
}

Result<void> check_answer(const QuizDefinition& quiz, const std::string& question,
                          const std::vector<std::string>& options) {
    const auto found = find_key(quiz.questions, question);
    if (found == quiz.questions.end()) {
        return Error{Code::not_found, "question_unknown", "This quiz has no question '" + question + "'."};
    }
    const std::set<std::string> chosen(options.begin(), options.end());
    const bool is_known =
        std::all_of(chosen.begin(), chosen.end(), [&](const std::string& key) { return has_key(found->options, key); });
    const bool is_count_right =
        !options.empty() && chosen.size() == options.size() && (found->type == "multiple" || options.size() == 1);
    if (is_known && is_count_right) return {};
    return Error{
        Code::invalid_argument,
        "answer_invalid",
        "Choose from the options of this question.",
        {{"/options", is_known ? "choose exactly as many as the question asks for" : "has an unknown option"}}};
}

Result<Outcome> evaluate(const QuizDefinition& quiz, const Answers& answers) {
    std::string missing;
    for (const auto& question : quiz.questions) {
        if (!answers.contains(question.key)) missing += (missing.empty() ? "" : ", ") + question.key;
    }
    if (!missing.empty()) return Error{Code::conflict, "quiz_incomplete", "Not answered yet: " + missing + "."};

    Outcome outcome;
    for (const auto& dimension : quiz.dimensions) outcome.scores.push_back(score_of(quiz, answers, dimension));
    const auto weakest = std::min_element(outcome.scores.begin(), outcome.scores.end(),
                                          [](const Score& a, const Score& b) { return share_of(a) < share_of(b); });
    outcome.weakest_dimension = weakest->dimension;
    outcome.profile = profile_for(quiz, outcome.scores);
    return outcome;
}

std::vector<CourseAdvice> recommend(const QuizDefinition& quiz, const std::string& weakest_dimension,
                                    const std::vector<OfferedCourse>& offered) {
    std::vector<CourseAdvice> advice;
    const auto add = [&](const OfferedCourse& course, const std::string& reason) {
        const bool is_new = std::none_of(advice.begin(), advice.end(),
                                         [&](const CourseAdvice& known) { return known.slug == course.slug; });
        if (is_new && advice.size() < max_recommendations) advice.push_back({course.slug, course.title, reason});
    };
    for (const auto& candidate : quiz.recommendations) {
        if (candidate.dimension != weakest_dimension) continue;
        for (const auto& course : offered) {
            if (course.slug == candidate.course_slug) add(course, candidate.reason);
        }
    }
    for (const auto& course : offered) add(course, quiz.fallback_reason);
    return advice;
}

const QuizProfile* find_profile(const QuizDefinition& quiz, const std::string& key) {
    const auto found = find_key(quiz.profiles, key);
    return found == quiz.profiles.end() ? nullptr : &*found;
}

}  // namespace tt::content
