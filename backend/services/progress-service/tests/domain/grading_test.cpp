#include "services/progress-service/src/domain/grading.hpp"
#include "services/progress-service/src/domain/text_match.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>

namespace tt::progress {
namespace {

Question multiple(PartialCredit policy, Exact points = 6) {
    Question question;
    question.type = QuestionType::multiple_choice;
    question.points = points;
    question.partial_credit = policy;
    question.option_ids = {"a", "b", "c", "d", "e"};
    return question;
}

Question of_type(QuestionType type, Exact points = 1) {
    Question question;
    question.type = type;
    question.points = points;
    question.option_ids = {"a", "b", "c"};
    return question;
}

Exact points_of(const Question& question, const Key& key, const Response& response) {
    return grade(question, key, response, DecimalMark::unknown).points;
}

TEST(GradeChoice, SingleIsAllOrNothing) {
    const auto question = of_type(QuestionType::single_choice, 2);
    const Key key = ChoiceKey{{"b"}};
    EXPECT_EQ(points_of(question, key, ChoiceResponse{{"b"}}), 2);
    EXPECT_EQ(points_of(question, key, ChoiceResponse{{"a"}}), 0);
    EXPECT_EQ(points_of(question, key, std::monostate{}), 0);
}

TEST(GradeChoice, MultipleFollowsThePolicy) {
    const Key key = ChoiceKey{{"a", "b", "c"}};
    struct Case {
        std::set<std::string> chosen;
        Exact none, proportional, right_minus_wrong;
    };
    const Case cases[] = {
        {{"a", "b", "c"}, 6, 6, 6},
        {{"a", "b"}, 0, Exact(24, 5), 4},
        {{"a", "b", "c", "d"}, 0, Exact(24, 5), 4},
        {{"a", "d", "e"}, 0, Exact(6, 5), 0},
        {{"d", "e"}, 0, 0, 0},
        {{"a", "b", "c", "d", "e"}, 0, Exact(18, 5), 2},
        {{}, 0, 0, 0},
    };
    for (const auto& c : cases) {
        const ChoiceResponse response{c.chosen};
        EXPECT_EQ(points_of(multiple(PartialCredit::none), key, response), c.none);
        EXPECT_EQ(points_of(multiple(PartialCredit::proportional), key, response), c.proportional);
        EXPECT_EQ(points_of(multiple(PartialCredit::right_minus_wrong), key, response), c.right_minus_wrong);
    }
}

TEST(GradeChoice, WrongAnswersMayCostButSilenceNever) {
    auto question = of_type(QuestionType::single_choice, 2);
    question.negative_points = Exact(1, 2);
    const Key key = ChoiceKey{{"b"}};
    EXPECT_EQ(points_of(question, key, ChoiceResponse{{"a"}}), Exact(-1, 2));
    EXPECT_EQ(points_of(question, key, std::monostate{}), 0);
    EXPECT_EQ(total({{Exact(-1, 2), false}, {Exact(-3), false}}), 0);
}

TEST(GradeNumeric, ToleranceIsInclusive) {
    const auto question = of_type(QuestionType::numeric);
    const auto marks = [&](const NumericRange& range, const char* text) {
        return points_of(question, NumericKey{{range}}, TextResponse{text});
    };
    EXPECT_EQ(marks(absolute_range(exact("3.5"), exact("0.1")), "3,6"), 1);
    EXPECT_EQ(marks(absolute_range(exact("3.5"), exact("0.1")), "3.4"), 1);
    EXPECT_EQ(marks(absolute_range(exact("3.5"), exact("0.1")), "3.6000001"), 0);
    EXPECT_EQ(marks(absolute_range(exact("3.5"), 0), "3.50"), 1);
    EXPECT_EQ(marks(relative_range(exact("200"), exact("0.05")), "190"), 1);
    EXPECT_EQ(marks(relative_range(exact("-200"), exact("0.05")), "-210"), 1);
    EXPECT_EQ(marks(relative_range(exact("200"), exact("0.05")), "189.99"), 0);
    EXPECT_EQ(marks({exact("1"), exact("2"), ""}, "2"), 1);
    EXPECT_EQ(marks({exact("0.449"), exact("0.451"), ""}, "45 %"), 1);
    EXPECT_EQ(marks(absolute_range(1, 0), "one"), 0);
}

TEST(GradeText, ComparesAsPeopleDo) {
    const auto question = of_type(QuestionType::short_text);
    const auto accepts = [&](TextKey key, const char* text) {
        return grade(question, key, TextResponse{text}, DecimalMark::unknown).is_correct;
    };
    const TextKey paris{{"Paris"}, {}, false};
    EXPECT_TRUE(accepts(paris, "  pARIS "));
    EXPECT_FALSE(accepts({{"Paris"}, {}, true}, "paris"));
    EXPECT_TRUE(accepts({{"New York"}, {}, false}, "new   york"));
    EXPECT_TRUE(accepts({{"Stra\u00DFe"}, {}, false}, "STRASSE"));
    EXPECT_TRUE(accepts({{"caf\u00E9"}, {}, true}, "cafe\u0301"));
    EXPECT_TRUE(accepts({{}, {"colou?r"}, false}, "Colour"));
    EXPECT_FALSE(accepts({{}, {"colou?r"}, false}, "a colour"));
    EXPECT_FALSE(accepts({{}, {"(a)\\1"}, false}, "aa"));  // back-references are not regular: refused, not run
    EXPECT_FALSE(accepts(paris, "Pariss"));
    EXPECT_FALSE(accepts(paris, ""));
}

TEST(TextMatch, PatternsRunInLinearTime) {
    const std::string text(2000, 'a');
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(matches_pattern(text + "!", "(a+)+(a+)+(a+)+b", true));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

/// Random papers: the score stays within the paper, does not depend on order, and grading again changes nothing.
TEST(GradingProperties, ScoreIsBoundedAndIndependentOfOrder) {
    std::mt19937_64 random(42);
    const std::vector<std::string> ids{"a", "b", "c", "d", "e"};
    const auto subset = [&] {
        std::set<std::string> chosen;
        for (const auto& id : ids) {
            if (random() % 2 == 0) chosen.insert(id);
        }
        return chosen;
    };
    for (int round = 0; round < 2000; ++round) {
        std::vector<Mark> marks;
        Exact max = 0;
        for (std::size_t i = 0; i < 1 + random() % 6; ++i) {
            auto question = multiple(PartialCredit(random() % 3), Exact(random() % 40, 4));
            question.negative_points = Exact(random() % 8, 4);
            const Key key = ChoiceKey{subset()};
            const Response response = ChoiceResponse{subset()};
            const Mark mark = grade(question, key, response, DecimalMark::unknown);
            const Mark again = grade(question, key, response, DecimalMark::unknown);
            EXPECT_EQ(mark.points, again.points);
            EXPECT_LE(mark.points, question.points);
            EXPECT_GE(mark.points, -question.negative_points);
            EXPECT_EQ(mark.is_correct, std::get<ChoiceKey>(key).options == std::get<ChoiceResponse>(response).options &&
                                           !std::get<ChoiceKey>(key).options.empty());
            max += question.points;
            marks.push_back(mark);
        }
        const Exact score = total(marks);
        EXPECT_GE(score, 0);
        EXPECT_LE(score, max);
        std::shuffle(marks.begin(), marks.end(), random);
        EXPECT_EQ(total(marks), score);
        EXPECT_LE(percent_of(score, max), 100);
    }
}

TEST(GradingProperties, PassMarkIsInclusiveAndExact) {
    EXPECT_TRUE(is_pass(Exact(2), Exact(3), exact("66.666")));
    EXPECT_FALSE(is_pass(Exact(2), Exact(3), exact("66.667")));
    EXPECT_TRUE(is_pass(Exact(60), Exact(100), exact("60")));
    EXPECT_TRUE(is_pass(0, 0, 0));
    EXPECT_FALSE(is_pass(0, 0, 1));
}

}  // namespace
}  // namespace tt::progress
