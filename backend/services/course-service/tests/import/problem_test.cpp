#include "services/course-service/tests/import/small_course.hpp"

#include <gtest/gtest.h>

namespace tt::course::import {
namespace {

using testing::lesson_of;
using testing::read_small;

/// The questions of a unit with one inline problem.
std::vector<QuestionDraft> questions(const std::string& problem) {
    const auto course = read_small("<problem url_name=\"p\" display_name=\"Title\">" + problem + "</problem>");
    const auto& block = lesson_of(course).blocks.at(0);
    return block.quiz ? block.quiz->questions : std::vector<QuestionDraft>{};
}

QuestionDraft question(const std::string& problem) {
    return questions(problem).at(0);
}

/// Why a unit with one inline problem is unsupported, or "" when it is a quiz.
std::string unsupported_reason(const std::string& problem) {
    const auto course = read_small("<problem url_name=\"p\">" + problem + "</problem>");
    return course.findings.unsupported.empty() ? "" : course.findings.unsupported.front().reason;
}

TEST(Problem, MultipleChoiceBecomesSingleChoiceWithFeedbackApart) {
    const auto q = question(R"(<multiplechoiceresponse><label>Which?</label><choicegroup>
        <choice correct="false">A <choicehint>No, A.</choicehint></choice><choice correct="True"><b>B</b></choice></choicegroup>
        <solution><p>Because.</p></solution></multiplechoiceresponse>)");
    EXPECT_EQ(q.type, "single_choice");
    EXPECT_EQ(q.prompt_html, "<p>Which?</p>");
    ASSERT_EQ(q.options.size(), 2U);
    EXPECT_EQ(q.options[0].html, "A");
    EXPECT_EQ(q.options[1].html, "<b>B</b>");
    EXPECT_EQ(q.answer_key.text, R"({"option":"b"})");
    EXPECT_EQ(q.feedback.text, R"({"options":{"a":"<p>No, A.</p>"}})");
    EXPECT_EQ(q.explanation_html, "<p>Because.</p>");
    EXPECT_EQ(q.import_key, "p:1");
}

TEST(Problem, CheckboxesBecomeMultipleChoice) {
    const auto q = question(
        R"(<choiceresponse partial_credit="EDC"><checkboxgroup><choice correct="true">1<choicehint selected="false">Missed 1.</choicehint>
        <choicehint selected="true">Yes.</choicehint></choice><choice correct="false">2</choice><choice correct="true">3</choice></checkboxgroup></choiceresponse>)");
    EXPECT_EQ(q.type, "multiple_choice");
    EXPECT_EQ(q.partial_credit, "proportional");
    EXPECT_EQ(q.answer_key.text, R"({"options":["a","c"]})");
    EXPECT_EQ(q.feedback.text, R"({"options":{"a":"<p>Yes.</p>"},"incorrect":"<p>Missed 1.</p>"})");
    EXPECT_EQ(q.prompt_html, "<p>Title</p>") << "a question without words shows the title";
}

TEST(Problem, BothSpellingsOfADropdown) {
    const auto q = question(R"xml(<p>Pick</p><optionresponse>
        <optioninput options="('it\'s','&lt;b&gt;',&quot;two&quot;)" correct="two"/></optionresponse>)xml");
    EXPECT_EQ(q.type, "dropdown");
    ASSERT_EQ(q.options.size(), 3U);
    EXPECT_EQ(q.options[0].html, "it&#39;s");
    EXPECT_EQ(q.options[1].html, "&lt;b&gt;");
    EXPECT_EQ(q.answer_key.text, R"({"option":"c"})");
    const auto r = question(
        R"(<optionresponse><optioninput><option correct="True">x</option><option correct="False">y</option></optioninput></optionresponse>)");
    EXPECT_EQ(r.answer_key.text, R"({"option":"a"})");
}

TEST(Problem, NumbersKeepTheirToleranceExactly) {
    const auto key = [](const std::string& inner, const std::string& answer = "600") {
        return question("<numericalresponse answer=\"" + answer + "\">" + inner +
                        "<formulaequationinput/></numericalresponse>")
            .answer_key.text;
    };
    EXPECT_EQ(key(R"(<responseparam type="tolerance" default="5"/>)"),
              R"({"answers":[{"value":"600","tolerance":{"type":"absolute","value":"5"}}]})");
    EXPECT_EQ(key(R"(<responseparam type="tolerance" default="0.01%"/>)"),
              R"({"answers":[{"value":"600","tolerance":{"type":"relative","value":"0.0001"}}]})");
    EXPECT_EQ(key(""), R"({"answers":[{"value":"600","tolerance":{"type":"relative","value":"0.00001"}}]})");
    EXPECT_EQ(key("", "[5, 7)"), R"({"answers":[{"value":"5","tolerance":{"type":"range","low":"5","high":"7"}}]})");
    EXPECT_NE(key(R"(<additional_answer answer="1e3"/>)").find(R"("value":"1000")"), std::string::npos);
    EXPECT_EQ(unsupported_reason(R"xml(<numericalresponse answer="sqrt(2)"/>)xml"), "numeric_expression");
}

TEST(Problem, TextAnswersKnowCaseAlternativesAndPatterns) {
    EXPECT_EQ(
        question(
            R"(<stringresponse answer="Doc" type="ci"><additional_answer answer="Sleepy"/><textline/></stringresponse>)")
            .answer_key.text,
        R"({"accept":["Doc","Sleepy"],"case_sensitive":false,"regex":[]})");
    EXPECT_EQ(question(R"(<stringresponse answer="Doc"><textline/></stringresponse>)").answer_key.text,
              R"({"accept":["Doc"],"case_sensitive":true,"regex":[]})");
    EXPECT_EQ(
        question(R"(<stringresponse answer="..bble" type="ci regexp"><textline/></stringresponse>)").answer_key.text,
        R"({"accept":[],"case_sensitive":false,"regex":["^(?:..bble)$"]})");
    EXPECT_EQ(unsupported_reason(R"xml(<stringresponse answer="(?=x)" type="regexp"><textline/></stringresponse>)xml"),
              "regex_not_supported");
    EXPECT_EQ(unsupported_reason(R"(<stringresponse answer=""><textline/></stringresponse>)"), "no_answer");
}

TEST(Problem, ScriptVariablesAreNeverGuessed) {
    EXPECT_EQ(unsupported_reason(
                  R"(<script type="loncapa/python">x = 1</script><p>Add $x</p><numericalresponse answer="$x"/>)"),
              "uses_script");
    EXPECT_EQ(unsupported_reason(
                  R"(<script type="loncapa/python">x = 1</script><p>Costs $5</p><numericalresponse answer="5"/>)"),
              "");
}

TEST(Problem, ResponsesThatNeedCodeAreListed) {
    EXPECT_EQ(unsupported_reason("<customresponse cfn='f'><textline/></customresponse>"), "response_not_supported");
    EXPECT_EQ(unsupported_reason("<p>Only text</p>"), "no_response");
    EXPECT_EQ(
        unsupported_reason(
            R"(<multiplechoiceresponse><choicegroup><choice correct="true">1</choice><choice correct="true">2</choice></choicegroup></multiplechoiceresponse>)"),
        "several_correct_options");
    EXPECT_EQ(unsupported_reason("<multiplechoiceresponse><choicegroup/></multiplechoiceresponse>"), "no_options");
}

TEST(Problem, AMixedProblemKeepsWhatCanBeGradedAndListsTheRest) {
    const auto course = read_small(
        R"(<problem url_name="p"><p>First</p><numericalresponse answer="1"/><p>Second</p><customresponse/></problem>)");
    EXPECT_EQ(lesson_of(course).blocks.at(0).quiz->questions.size(), 1U);
    ASSERT_EQ(course.findings.unsupported.size(), 1U);
    EXPECT_EQ(course.findings.unsupported[0].type, "problem.custom");
}

TEST(Problem, ResponsesInARowGetTheWordsBeforeThem) {
    const auto all = questions(
        R"(<p>One?</p><numericalresponse answer="1"/><p>Two?</p><stringresponse answer="x"><label>Now</label><textline/></stringresponse><p>End.</p>)");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].prompt_html, "<p>One?</p>");
    EXPECT_EQ(all[1].prompt_html, "<p>Two?</p><p>Now</p><p>End.</p>");
    EXPECT_EQ(all[1].import_key, "p:2");
}

TEST(Problem, ResponsesInATableGetTheWholeTableWithTheirGapMarked) {
    const auto all = questions(
        R"(<table><tr><td>A</td><td><numericalresponse answer="1"/></td></tr><tr><td>B</td><td><numericalresponse answer="2"/></td></tr></table>)");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].prompt_html,
              "<table><tbody><tr><td>A</td><td>(1)</td></tr><tr><td>B</td><td><mark><strong>(2)?</strong></mark></td></"
              "tr></tbody></table>");
}

TEST(Problem, HintsAreTextAndSolutionsOfTheProblemExplainItsLastQuestion) {
    const auto all =
        questions(R"(<numericalresponse answer="1"/><numericalresponse answer="2"/><solution><p>Both.</p></solution>
        <demandhint><hint>Try <b>one</b>.</hint><hint>Then two.</hint></demandhint>)");
    EXPECT_EQ(all.at(0).hints, (std::vector<std::string>{"Try one.", "Then two."}));
    EXPECT_FALSE(all.at(0).explanation_html);
    EXPECT_EQ(all.at(1).explanation_html, "<p>Both.</p>");
}

TEST(Problem, PromptsAreSanitised) {
    const auto q = question(R"xml(<p onclick="x()">Hi<script>alert(1)</script></p>
        <img src="/static/picture_one.png"/><numericalresponse answer="1"/>)xml");
    EXPECT_EQ(q.prompt_html.find("onclick"), std::string::npos);
    EXPECT_EQ(q.prompt_html.find("script"), std::string::npos);
    EXPECT_NE(q.prompt_html.find("/picture_one.png\""), std::string::npos) << q.prompt_html;
    EXPECT_TRUE(q.prompt_html.find("src=\"/media/") != std::string::npos);
}

TEST(Problem, SettingsOfTheProblemAndItsSectionShapeTheQuiz) {
    const auto course =
        read_small(R"(<problem url_name="p" max_attempts="3" showanswer="never" weight="2.5"><multiplechoiceresponse>
        <choicegroup shuffle="true"><choice correct="true">1</choice><choice correct="false">2</choice></choicegroup></multiplechoiceresponse></problem>)");
    const auto& quiz = *lesson_of(course).blocks.at(0).quiz;
    EXPECT_EQ(quiz.mode, "graded");
    EXPECT_EQ(quiz.grade_category, "Homework");
    EXPECT_EQ(quiz.max_attempts, 3);
    EXPECT_EQ(quiz.weight, "2.5");
    EXPECT_TRUE(quiz.shuffle_options);
    EXPECT_EQ(quiz.review_policy.key, "never");
    EXPECT_EQ(lesson_of(course).completion_rule, "quiz_pass");
    EXPECT_EQ(course.findings.problems_without_attempt_limit, 0);
}

TEST(Pool, DrawsAsManyAsTheSourceSaysAndListsWhatCannotBeDrawn) {
    const auto course = read_small(
        R"(<library_content url_name="lib" max_count="1"><problem url_name="a"><numericalresponse answer="1"/></problem>
        <problem url_name="b"><numericalresponse answer="2"/></problem><problem url_name="c"><customresponse/></problem><html url_name="h">x</html></library_content>)");
    const auto& quiz = *lesson_of(course).blocks.at(0).quiz;
    EXPECT_EQ(quiz.questions.size(), 2U);
    EXPECT_EQ(quiz.draw_count, 1);
    EXPECT_EQ(quiz.questions[0].pool_key, "lib");
    ASSERT_EQ(course.findings.unsupported.size(), 2U);
    EXPECT_EQ(course.findings.unsupported[0].type, "problem.custom");
    EXPECT_EQ(course.findings.unsupported[1].reason, "pool_item_not_supported");
}

}  // namespace
}  // namespace tt::course::import
