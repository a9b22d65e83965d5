#pragma once

#include "platform/core/result.hpp"
#include "platform/json/json.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// The growth quiz as data: questions whose options give points per dimension, result profiles by total, and courses
/// recommended by the weakest dimension. A definition is a JSON document of QuizDefinition.
namespace tt::content {

struct Points {
    std::string dimension;
    int points = 0;
};
BOOST_DESCRIBE_STRUCT(Points, (), (dimension, points))

struct QuizOption {
    std::string key;
    std::string label;
    std::vector<Points> points;
};
BOOST_DESCRIBE_STRUCT(QuizOption, (), (key, label, points))

struct QuizQuestion {
    std::string key;
    std::string title;
    std::string help;
    std::string type;  ///< single or multiple
    std::vector<QuizOption> options;
};
BOOST_DESCRIBE_STRUCT(QuizQuestion, (), (key, title, help, type, options))

struct QuizDimension {
    std::string key;
    std::string label;
};
BOOST_DESCRIBE_STRUCT(QuizDimension, (), (key, label))

/// Applies from min_percent of all points on; the highest that applies wins.
struct QuizProfile {
    std::string key;
    std::string title;
    std::string summary;
    std::vector<std::string> advice;
    int min_percent = 0;
};
BOOST_DESCRIBE_STRUCT(QuizProfile, (), (key, title, summary, advice, min_percent))

struct Recommendation {
    std::string dimension;  ///< for whom this is the weakest
    std::string course_slug;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Recommendation, (), (dimension, course_slug, reason))

struct QuizDefinition {
    std::string slug;
    int version = 1;
    std::string title;
    std::string intro;
    std::vector<QuizDimension> dimensions;
    std::vector<QuizQuestion> questions;
    std::vector<QuizProfile> profiles;
    std::vector<Recommendation> recommendations;
    std::string fallback_reason;  ///< said of a course that no recommendation names
};
BOOST_DESCRIBE_STRUCT(QuizDefinition, (),
                      (slug, version, title, intro, dimensions, questions, profiles, recommendations, fallback_reason))

/// Every reference resolves, keys are unique, some profile applies to 0 %. Errors: quiz_invalid.
Result<void> check_definition(const QuizDefinition& quiz);

/// Chosen option keys by question key.
using Answers = std::map<std::string, std::vector<std::string>>;

/// Errors: question_unknown (404), answer_invalid (400): an unknown option, none, or several for a single choice.
Result<void> check_answer(const QuizDefinition& quiz, const std::string& question,
                          const std::vector<std::string>& options);

struct Score {
    std::string dimension;
    std::string label;
    int score = 0;
    int max = 0;
};
BOOST_DESCRIBE_STRUCT(Score, (), (dimension, label, score, max))

struct Outcome {
    std::vector<Score> scores;  ///< in the definition's order
    std::string profile;
    std::string weakest_dimension;
};

/// The result of a complete set of answers. Error: quiz_incomplete (409), naming the questions left.
Result<Outcome> evaluate(const QuizDefinition& quiz, const Answers& answers);

struct OfferedCourse {
    std::string slug;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(OfferedCourse, (), (slug, title))

struct CourseAdvice {
    std::string slug;
    std::string title;
    std::string reason;
};

/// Up to three of the courses on offer: first those the definition names for the weakest dimension, then any other.
std::vector<CourseAdvice> recommend(const QuizDefinition& quiz, const std::string& weakest_dimension,
                                    const std::vector<OfferedCourse>& offered);

const QuizProfile* find_profile(const QuizDefinition& quiz, const std::string& key);

}  // namespace tt::content
