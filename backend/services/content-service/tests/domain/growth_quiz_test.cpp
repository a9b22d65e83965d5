#include "services/content-service/src/domain/growth_quiz.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace tt::content {
namespace {

QuizDefinition seed_quiz() {
    std::ifstream file(std::filesystem::path(TT_SOURCE_DIR) / "database/seeds/site/growth-quiz.json");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return json::parse<QuizDefinition>(text).value();
}

/// Two dimensions, a single and a multiple choice.
QuizDefinition small_quiz() {
    QuizDefinition quiz;
    quiz.slug = "small";
    quiz.dimensions = {{"a", "A"}, {"b", "B"}};
    quiz.questions = {{"one", "One", "", "single", {{"no", "No", {}}, {"yes", "Yes", {{"a", 4}}}}},
                      {"many", "Many", "", "multiple", {{"x", "X", {{"b", 2}}}, {"y", "Y", {{"b", 3}, {"a", -1}}}}}};
    quiz.profiles = {{"high", "High", "", {}, 60}, {"low", "Low", "", {}, 0}, {"mid", "Mid", "", {}, 30}};
    quiz.recommendations = {{"a", "course-a", "because a"}, {"b", "course-b", "because b"}};
    quiz.fallback_reason = "also";
    return quiz;
}

Answers random_answers(const QuizDefinition& quiz, std::mt19937& random) {
    Answers answers;
    for (const auto& question : quiz.questions) {
        std::vector<std::string> keys;
        for (const auto& option : question.options) keys.push_back(option.key);
        std::shuffle(keys.begin(), keys.end(), random);
        keys.resize(question.type == "single" ? 1 : 1 + random() % keys.size());
        answers[question.key] = keys;
    }
    return answers;
}

TEST(GrowthQuizDefinition, TheSeedFileIsValid) {
    const auto quiz = seed_quiz();
    EXPECT_TRUE(check_definition(quiz).has_value());
    EXPECT_EQ(quiz.slug, "growth");
    for (const auto& dimension : quiz.dimensions) {
        const bool is_covered =
            std::any_of(quiz.recommendations.begin(), quiz.recommendations.end(),
                        [&](const Recommendation& candidate) { return candidate.dimension == dimension.key; });
        EXPECT_TRUE(is_covered) << dimension.key << " has no recommended course";
    }
}

TEST(GrowthQuizDefinition, WhatDoesNotHoldTogetherIsRefused) {
    using Damage = void (*)(QuizDefinition&);
    const std::vector<std::pair<const char*, Damage>> damages{
        {"no questions", [](QuizDefinition& quiz) { quiz.questions.clear(); }},
        {"no dimensions", [](QuizDefinition& quiz) { quiz.dimensions.clear(); }},
        {"a question twice", [](QuizDefinition& quiz) { quiz.questions.push_back(quiz.questions[0]); }},
        {"an empty key", [](QuizDefinition& quiz) { quiz.questions[0].key.clear(); }},
        {"a profile twice", [](QuizDefinition& quiz) { quiz.profiles.push_back(quiz.profiles[0]); }},
        {"unknown type", [](QuizDefinition& quiz) { quiz.questions[0].type = "slider"; }},
        {"one option", [](QuizDefinition& quiz) { quiz.questions[0].options.pop_back(); }},
        {"an option twice", [](QuizDefinition& quiz) { quiz.questions[0].options[1].key = "no"; }},
        {"unknown dimension", [](QuizDefinition& quiz) { quiz.questions[0].options[1].points[0].dimension = "c"; }},
        {"nobody at 0 %", [](QuizDefinition& quiz) { quiz.profiles[1].min_percent = 1; }},
    };
    EXPECT_TRUE(check_definition(small_quiz()).has_value());
    for (const auto& [name, damage] : damages) {
        auto quiz = small_quiz();
        damage(quiz);
        const auto checked = check_definition(quiz);
        ASSERT_TRUE(checked.has_error()) << name;
        EXPECT_EQ(checked.error().reason, "quiz_invalid") << name;
    }
}

TEST(GrowthQuizAnswer, OneOfTheOptionsAndNothingElse) {
    const auto quiz = small_quiz();
    EXPECT_TRUE(check_answer(quiz, "one", {"yes"}).has_value());
    EXPECT_TRUE(check_answer(quiz, "many", {"y", "x"}).has_value());
    EXPECT_EQ(check_answer(quiz, "three", {"yes"}).error().reason, "question_unknown");
    const std::vector<std::pair<std::string, std::vector<std::string>>> refused{
        {"one", {}}, {"one", {"yes", "no"}}, {"one", {"x"}}, {"one", {""}}, {"many", {"x", "x"}}, {"many", {"x", "z"}}};
    for (const auto& [question, options] : refused) {
        const auto checked = check_answer(quiz, question, options);
        ASSERT_TRUE(checked.has_error()) << question;
        EXPECT_EQ(checked.error().reason, "answer_invalid");
        EXPECT_EQ(checked.error().fields.at(0).pointer, "/options");
    }
}

TEST(GrowthQuizScore, CountsPointsPerDimension) {
    const auto outcome = evaluate(small_quiz(), {{"one", {"yes"}}, {"many", {"x", "y"}}}).value();
    ASSERT_EQ(outcome.scores.size(), 2U);
    EXPECT_EQ(outcome.scores[0].score, 3);  // 4 of one, -1 of many
    EXPECT_EQ(outcome.scores[0].max, 4);
    EXPECT_EQ(outcome.scores[1].score, 5);
    EXPECT_EQ(outcome.scores[1].max, 5);
    EXPECT_EQ(outcome.weakest_dimension, "a");
    EXPECT_EQ(outcome.profile, "high");
}

TEST(GrowthQuizScore, ProfileByPercentOfAllPoints) {
    const auto profile = [](const Answers& answers) { return evaluate(small_quiz(), answers).value().profile; };
    EXPECT_EQ(profile({{"one", {"no"}}, {"many", {"x"}}}), "low");       // 2 of 9
    EXPECT_EQ(profile({{"one", {"no"}}, {"many", {"y"}}}), "mid");       // 3 of 9; -1 is cut at 0
    EXPECT_EQ(profile({{"one", {"yes"}}, {"many", {"x"}}}), "high");     // 6 of 9
    EXPECT_EQ(profile({{"one", {"no"}}, {"many", {"x", "y"}}}), "mid");  // 5 of 9
}

TEST(GrowthQuizScore, MissingAnswersAreNamed) {
    const auto outcome = evaluate(small_quiz(), {{"one", {"yes"}}});
    ASSERT_TRUE(outcome.has_error());
    EXPECT_EQ(outcome.error().reason, "quiz_incomplete");
    EXPECT_NE(outcome.error().message.find("many"), std::string::npos);
}

TEST(GrowthQuizScore, AnyAnswersScoreBetweenZeroAndMaxInAnyOrder) {
    const auto quiz = seed_quiz();
    std::mt19937 random(20260729);
    for (int i = 0; i < 500; ++i) {
        auto answers = random_answers(quiz, random);
        const auto outcome = evaluate(quiz, answers).value();
        for (const auto& score : outcome.scores) {
            EXPECT_GE(score.score, 0);
            EXPECT_LE(score.score, score.max);
            EXPECT_GT(score.max, 0);
        }
        EXPECT_NE(find_profile(quiz, outcome.profile), nullptr);
        for (auto& [question, options] : answers) std::reverse(options.begin(), options.end());
        const auto again = evaluate(quiz, answers).value();
        EXPECT_EQ(json::write(again.scores), json::write(outcome.scores));
        EXPECT_EQ(again.weakest_dimension, outcome.weakest_dimension);
    }
}

TEST(GrowthQuizScore, OneMoreHelpfulOptionNeverLowersAScore) {
    const auto quiz = seed_quiz();
    std::mt19937 random(7);
    for (int i = 0; i < 200; ++i) {
        auto answers = random_answers(quiz, random);
        const auto before = evaluate(quiz, answers).value();
        for (const auto& option : quiz.questions[1].options) {  // channels, a multiple choice
            auto& chosen = answers["channels"];
            if (std::find(chosen.begin(), chosen.end(), option.key) == chosen.end()) chosen.push_back(option.key);
        }
        const auto after = evaluate(quiz, answers).value();
        for (std::size_t d = 0; d < before.scores.size(); ++d) {
            EXPECT_GE(after.scores[d].score, before.scores[d].score);
        }
    }
}

TEST(GrowthQuizAdvice, TheWeakestDimensionsCourseComesFirst) {
    const std::vector<OfferedCourse> offered{{"z", "Z"}, {"course-b", "B"}, {"course-a", "A"}, {"y", "Y"}};
    const auto advice = recommend(small_quiz(), "b", offered);
    ASSERT_EQ(advice.size(), 3U);
    EXPECT_EQ(advice[0].slug, "course-b");
    EXPECT_EQ(advice[0].reason, "because b");
    EXPECT_EQ(advice[1].slug, "z");
    EXPECT_EQ(advice[1].reason, "also");
}

TEST(GrowthQuizAdvice, OnlyWhatIsOfferedAndNothingTwice) {
    EXPECT_TRUE(recommend(small_quiz(), "a", {}).empty());
    const auto advice = recommend(small_quiz(), "a", {{"course-a", "A"}, {"course-a", "A"}});
    EXPECT_EQ(advice.size(), 1U);
}

}  // namespace
}  // namespace tt::content
