#include "services/course-service/tests/support/course_kit.hpp"

#include <algorithm>
#include <set>

namespace tt::course::testing {
namespace {

class CourseWriter : public CourseTest {
protected:
    static std::string scalar(const std::string& sql) { return kit().database.scalar(sql); }
    static QuizDraft& quiz_of(CourseDraft& draft) { return *draft.modules[0].sections[0].lessons[1].blocks[1].quiz; }
};

int created(const store::SaveReport& report) {
    return report.courses.created + report.modules.created + report.lessons.created + report.blocks.created +
           report.quizzes.created + report.questions.created + report.grade_categories.created;
}

TEST_F(CourseWriter, CountsWhatItCreates) {
    const auto report = kit().save(kit().unique_draft());
    EXPECT_EQ(report.courses.created, 1);
    EXPECT_EQ(report.modules.created, 2);
    EXPECT_EQ(report.lessons.created, 4);
    EXPECT_EQ(report.blocks.created, 5);
    EXPECT_EQ(report.quizzes.created, 1);
    EXPECT_EQ(report.questions.created, 2);
    EXPECT_EQ(report.grade_categories.created, 1);
    EXPECT_TRUE(report.changed());
}

TEST_F(CourseWriter, TheSameDraftTwiceChangesNothing) {
    const auto draft = kit().unique_draft();
    const auto first = kit().save(draft);
    const auto second = kit().save(draft);
    EXPECT_EQ(second.course_id, first.course_id);
    EXPECT_FALSE(second.changed());
    EXPECT_EQ(created(second), 0);
    EXPECT_EQ(second.blocks.unchanged, 5);
    EXPECT_EQ(second.questions.unchanged, 2);
}

TEST_F(CourseWriter, OnlyTheChangedRowsCountAsUpdated) {
    auto draft = kit().unique_draft();
    kit().save(draft);
    draft.title = "A better title";
    draft.modules[0].lessons[0].blocks[0].content_html = "<p>Better</p>";
    const auto report = kit().save(draft);
    EXPECT_EQ(report.courses.updated, 1);
    EXPECT_EQ(report.blocks.updated, 1);
    EXPECT_EQ(report.blocks.unchanged, 4);
    EXPECT_EQ(report.lessons.updated, 0);
}

TEST_F(CourseWriter, LessonsMaySwapPlacesAndKeepTheirIds) {
    auto draft = kit().unique_draft();
    const auto before = kit().structure(kit().publish(draft));
    std::swap(draft.modules[0].sections[0].lessons[0], draft.modules[0].sections[0].lessons[1]);
    std::swap(draft.modules[0].sections[0].lessons[0].slug, draft.modules[0].sections[0].lessons[1].slug);
    const auto after = kit().structure(kit().publish(draft));
    ASSERT_EQ(after.lessons.size(), 3u);
    EXPECT_EQ(after.lessons[1].id, before.lessons[2].id);
    EXPECT_EQ(after.lessons[2].id, before.lessons[1].id);
    EXPECT_EQ(after.version_no, 2);
}

TEST_F(CourseWriter, ALessonMayMoveToAnotherModule) {
    auto draft = kit().unique_draft();
    const auto before = kit().structure(kit().publish(draft));
    draft.modules[0].lessons.push_back(draft.modules[0].sections[0].lessons[0]);
    draft.modules[0].sections[0].lessons.erase(draft.modules[0].sections[0].lessons.begin());
    const auto after = kit().structure(kit().publish(draft));
    EXPECT_EQ(after.lessons[1].id, before.lessons[1].id);
    EXPECT_EQ(after.lessons[1].module_id, before.modules[0].id);
}

TEST_F(CourseWriter, WhatTheDraftDoesNotHaveAnyMoreIsRemovedFromSight) {
    auto draft = kit().unique_draft();
    kit().publish(draft);
    draft.modules[0].sections.clear();
    draft.grade_categories.clear();
    const auto report = kit().save(draft);
    EXPECT_EQ(report.modules.removed, 1);
    EXPECT_EQ(report.lessons.removed, 3);
    EXPECT_EQ(report.quizzes.removed, 1);
    EXPECT_EQ(report.questions.removed, 2);
    EXPECT_EQ(report.grade_categories.removed, 1);
    const auto structure = kit().structure(kit().publish(draft));
    EXPECT_EQ(structure.lessons.size(), 1u);
    EXPECT_TRUE(structure.quizzes.empty());
}

TEST_F(CourseWriter, NewWordsMakeANewRevisionAndTheOldOneStays) {
    auto draft = kit().unique_draft();
    const auto before = kit().structure(kit().publish(draft));
    quiz_of(draft).questions[0].prompt_html = "<p>Capital of France, please?</p>";
    const auto after = kit().structure(kit().publish(draft));
    const QuestionRef old_ref = before.quizzes[0].questions[0];
    const QuestionRef new_ref = after.quizzes[0].questions[0];
    EXPECT_EQ(new_ref.question_id, old_ref.question_id);
    EXPECT_EQ(new_ref.revision, 2);
    EXPECT_EQ(after.quizzes[0].questions[1].revision, 1);
    std::vector<QuestionRef> both{old_ref, new_ref};
    const auto texts = kit().run(kit().catalogue.question_revisions(both)).value();
    EXPECT_EQ(texts[0].prompt_html, "<p>Which is the capital of France?</p>");
    EXPECT_EQ(texts[1].prompt_html, "<p>Capital of France, please?</p>");
}

TEST_F(CourseWriter, ANewKeyMakesANewRevisionToo) {
    auto draft = kit().unique_draft();
    const auto before = kit().structure(kit().publish(draft));
    quiz_of(draft).questions[0].answer_key = {R"({"option":"lyon"})"};
    const auto after = kit().structure(kit().publish(draft));
    std::vector<QuestionRef> both{before.quizzes[0].questions[0], after.quizzes[0].questions[0]};
    const auto keys = kit().run(kit().catalogue.answer_keys(both)).value();
    EXPECT_EQ(keys[0].answer_key.text, R"({"option": "paris"})");
    EXPECT_EQ(keys[1].answer_key.text, R"({"option": "lyon"})");
}

TEST_F(CourseWriter, ATakenAddressGetsANumber) {
    auto draft = kit().unique_draft();
    const auto first = kit().save(draft);
    draft.import_key += "-other";
    const auto second = kit().save(draft);
    EXPECT_NE(second.course_id, first.course_id);
    EXPECT_EQ(scalar("SELECT slug FROM courses WHERE id = '" + to_string(second.course_id) + "'"), draft.slug + "-2");
    EXPECT_FALSE(kit().save(draft).changed()) << "the numbered address stays";
}

TEST_F(CourseWriter, EightWritersOfOneNewCourseMakeOneCourse) {
    const auto draft = kit().unique_draft();
    const Time now = kit().clock.now();
    std::vector<std::future<store::SaveReport>> writers;
    for (std::size_t i = 0; i < 8; ++i) {
        writers.push_back(kit().runtime.start(
            kit().academy.transact([&draft, now](db::Tx& tx) { return save_in(tx, draft, now); }), i % 2));
    }
    std::set<CourseId> ids;
    int created_courses = 0;
    for (auto& writer : writers) {
        const auto report = writer.get();
        ids.insert(report.course_id);
        created_courses += report.modules.created;
    }
    EXPECT_EQ(ids.size(), 1u);
    EXPECT_EQ(created_courses, 2) << "the modules were made once";
}

Task<void> save_and_fail(db::Tx& tx, CourseDraft draft, Time now) {
    co_await store::save_course(tx, std::move(draft), now);
    throw std::runtime_error("interrupted");
}

TEST_F(CourseWriter, AnInterruptedWriterLeavesNothing) {
    const auto draft = kit().unique_draft();
    const Time now = kit().clock.now();
    auto writing = kit().academy.transact([&draft, now](db::Tx& tx) { return save_and_fail(tx, draft, now); });
    EXPECT_THROW(kit().run(std::move(writing)), std::runtime_error);
    EXPECT_EQ(scalar("SELECT count(*) FROM courses WHERE import_key = '" + draft.import_key + "'"), "0");
}

TEST_F(CourseWriter, PricesAreClosedNotOverwritten) {
    auto draft = kit().unique_draft();
    draft.enrollment_mode = "paid";
    draft.price = PriceDraft{4900, "EUR"};
    const auto id = to_string(kit().publish(draft));
    kit().clock.advance(std::chrono::hours(1));
    draft.price = PriceDraft{5900, "EUR"};
    kit().publish(draft);
    kit().publish(draft);
    EXPECT_EQ(scalar("SELECT string_agg(amount_minor::text || coalesce(' until ' || (valid_to > valid_from), ''), ', ' "
                     "ORDER BY valid_from) FROM academy.course_prices WHERE course_id = '" +
                     id + "'"),
              "4900 until true, 5900");
}

TEST_F(CourseWriter, PublishingTwiceMakesOneVersionAndOneEvent) {
    const auto draft = kit().unique_draft();
    const auto id = kit().publish(draft);
    kit().publish(draft);
    const std::string text = to_string(id);
    EXPECT_EQ(scalar("SELECT count(*) FROM academy.course_versions WHERE course_id = '" + text + "'"), "1");
    EXPECT_EQ(scalar("SELECT count(*) FROM integ.outbox WHERE topic = 'course.published' AND subject = '" + text + "'"),
              "1");
    EXPECT_EQ(scalar("SELECT payload ->> 'lesson_count' FROM integ.outbox WHERE topic = 'course.published' "
                     "AND subject = '" +
                     text + "'"),
              "3");
}

TEST_F(CourseWriter, TheManifestIsTheCourseInReadingOrder) {
    const auto structure = kit().structure(kit().publish(kit().unique_draft()));
    ASSERT_EQ(structure.modules.size(), 2u);
    EXPECT_EQ(structure.modules[0].title, "Chapter");
    EXPECT_EQ(structure.modules[1].parent_id, structure.modules[0].id);
    ASSERT_EQ(structure.lessons.size(), 3u);
    EXPECT_EQ(structure.lessons[0].slug, "first");
    EXPECT_EQ(structure.lessons[1].slug, "second");
    EXPECT_EQ(structure.lessons[2].slug, "exam");
    EXPECT_EQ(structure.lessons[2].grade_category_id, structure.grade_categories[0].id);
    ASSERT_EQ(structure.quizzes.size(), 1u);
    EXPECT_EQ(structure.lessons[2].blocks[1].quiz_id, structure.quizzes[0].id);
    EXPECT_EQ(structure.duration_seconds, 360);
    EXPECT_EQ(structure.version_no, 1);
}

TEST_F(CourseWriter, ACourseWithoutAVisibleLessonIsNotPublished) {
    auto draft = kit().unique_draft();
    draft.modules[0].published = false;
    const auto report = kit().save(draft);
    const Time now = kit().clock.now();
    const CourseId id = report.course_id;
    const auto version =
        kit().run(kit().academy.transact([id, now](db::Tx& tx) { return store::publish_course(tx, id, "", now); }));
    EXPECT_EQ(version.error().reason, "course_empty");
    EXPECT_EQ(scalar("SELECT status FROM courses WHERE id = '" + to_string(id) + "'"), "draft");
}

}  // namespace
}  // namespace tt::course::testing
