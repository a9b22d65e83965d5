#include "services/course-service/src/domain/check_draft.hpp"

#include "services/course-service/tests/support/course_kit.hpp"

namespace tt::course {
namespace {

using testing::sample_draft;

ModuleDraft module_of(std::string key) {
    ModuleDraft module;
    module.import_key = std::move(key);
    module.title = "Again";
    return module;
}

struct Fault {
    const char* name;
    void (*break_it)(CourseDraft&);
    const char* pointer;
};

QuestionDraft& first_question(CourseDraft& draft) {
    return draft.modules[0].sections[0].lessons[1].blocks[1].quiz->questions[0];
}

const Fault faults[] = {
    {"NoTitle", [](CourseDraft& d) { d.title.clear(); }, "/title"},
    {"NoKey", [](CourseDraft& d) { d.import_key.clear(); }, "/import_key"},
    {"BadSlug", [](CourseDraft& d) { d.slug = "Über uns"; }, "/slug"},
    {"DoubleHyphen", [](CourseDraft& d) { d.slug = "a--b"; }, "/slug"},
    {"UnknownThumbnail", [](CourseDraft& d) { d.thumbnail_asset_key = "x"; }, "/thumbnail_asset_key"},
    {"ModuleTwice", [](CourseDraft& d) { d.modules.push_back(module_of("chapter")); }, "/modules/chapter"},
    {"TooDeep", [](CourseDraft& d) { d.modules[0].sections[0].sections.push_back(module_of("deep")); },
     "/modules/section"},
    {"UnknownCategory", [](CourseDraft& d) { d.modules[0].grade_category = "x"; }, "/modules/chapter/grade_category"},
    {"SlugTwice", [](CourseDraft& d) { d.modules[0].lessons[0].slug = "second"; }, "/lessons/second/slug"},
    {"UnknownAsset", [](CourseDraft& d) { d.modules[0].lessons[0].blocks[0].asset_key = "x"; },
     "/blocks/first-text/asset_key"},
    {"QuizBlockWithoutQuiz", [](CourseDraft& d) { d.modules[0].lessons[0].blocks[0].kind = "quiz"; },
     "/blocks/first-text"},
    {"EmptyQuiz", [](CourseDraft& d) { d.modules[0].sections[0].lessons[1].blocks[1].quiz->questions.clear(); },
     "/quizzes/final"},
    {"KeyIsNoOption", [](CourseDraft& d) { first_question(d).answer_key = {R"({"option":"rome"})"}; },
     "/quizzes/final/questions/capital"},
    {"KeyIsNoJson", [](CourseDraft& d) { first_question(d).answer_key = {"paris"}; },
     "/quizzes/final/questions/capital"},
    {"OptionTwice", [](CourseDraft& d) { first_question(d).options.push_back({"paris", "Paris"}); },
     "/quizzes/final/questions/capital/options/paris"},
    {"UngradableType", [](CourseDraft& d) { first_question(d).type = "essay"; }, "/quizzes/final/questions/capital"},
};

class CheckDraft : public ::testing::TestWithParam<Fault> {};

TEST(CheckDraftSample, AWholeCoursePasses) {
    const auto checked = check_draft(sample_draft("x"));
    EXPECT_TRUE(checked.has_value()) << (checked ? "" : checked.error().fields[0].pointer);
}

TEST_P(CheckDraft, TellsWhereTheFaultIs) {
    CourseDraft draft = sample_draft("x");
    GetParam().break_it(draft);
    const auto checked = check_draft(draft);
    ASSERT_FALSE(checked.has_value());
    EXPECT_EQ(checked.error().reason, "course_invalid");
    ASSERT_FALSE(checked.error().fields.empty());
    EXPECT_EQ(checked.error().fields[0].pointer, GetParam().pointer);
}

INSTANTIATE_TEST_SUITE_P(Faults, CheckDraft, ::testing::ValuesIn(faults),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(CheckDraftSample, AThousandFaultsAreReportedAsFifty) {
    CourseDraft draft = sample_draft("x");
    for (int i = 0; i < 1000; ++i) draft.modules.push_back(module_of("chapter"));
    EXPECT_EQ(check_draft(draft).error().fields.size(), 50u);
}

}  // namespace
}  // namespace tt::course
