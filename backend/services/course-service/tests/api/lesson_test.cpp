#include "services/course-service/tests/support/course_kit.hpp"

namespace tt::course::testing {
namespace {

constexpr const char* video_key = "1111111111111111111111111111111111111111111111111111111111111111";
constexpr const char* track_key = "2222222222222222222222222222222222222222222222222222222222222222";

AssetDraft asset(std::string key, std::string kind, std::string storage_key, std::string name, std::string type) {
    AssetDraft asset;
    asset.key = std::move(key);
    asset.kind = std::move(kind);
    asset.sha256_hex = storage_key;
    asset.storage_key = std::move(storage_key);
    asset.file_name = std::move(name);
    asset.content_type = std::move(type);
    asset.bytes = 10;
    return asset;
}

BlockDraft block(std::string key, std::string kind, std::string content) {
    BlockDraft block;
    block.import_key = std::move(key);
    block.kind = std::move(kind);
    block.content.text = std::move(content);
    return block;
}

/// A course whose first lesson (a preview) has one block of each kind.
CourseDraft rich_draft(CourseDraft draft) {
    const std::string& course = draft.import_key;
    auto video = asset(course + "/video", "video", video_key, "the film.mp4", "video/mp4");
    video.duration_ms = 61000;
    video.captions.push_back({"en", "captions", "English", course + "/track", "human"});
    draft.assets = {video, asset(course + "/track", "caption", track_key, "film.en.vtt", "text/vtt"),
                    asset(course + "/sheet", "document", track_key, "sheet.csv", "text/csv"),
                    asset(course + "/link", "video", track_key, "youtube.uri", "text/uri-list")};
    auto& blocks = draft.modules[0].lessons[0].blocks;
    blocks[0].content_html = std::string("<p><img src=\"/media/") + video_key + "/a.png\" alt=\"\"> /media/text</p>";
    blocks.push_back(block("film", "video", R"({"title":"Film","poster_url":"/media/p/poster.jpg"})"));
    blocks.back().asset_key = course + "/video";
    blocks.push_back(block("tube", "video", R"({"youtube_id":"abc","sources":[]})"));
    blocks.back().asset_key = course + "/link";
    blocks.push_back(block("sheet", "file", "{}"));
    blocks.back().asset_key = course + "/sheet";
    blocks.push_back(block("lab", "unsupported", R"({"reason":"script","source":"<answer>42</answer>"})"));
    blocks.back().source_type = "problem";
    blocks.push_back(block("group", "variants", "{}"));
    blocks.back().children = {block("group-a", "html", "{}"), block("group-b", "html", "{}")};
    blocks.back().children[0].variant_key = "a";
    blocks.back().children[1].variant_key = "b";
    return draft;
}

class Lessons : public CourseTest {
protected:
    http::Response get_lesson(LessonId id, std::optional<UserId> user = std::nullopt) {
        return kit().call("GET", "/api/v1/lessons/" + to_string(id), "", user);
    }
};

TEST_F(Lessons, APreviewNeedsNobodyAndLeaksNothing) {
    const auto structure = kit().structure(kit().publish(rich_draft(kit().unique_draft())));
    const auto response = get_lesson(structure.lessons[0].id);
    ASSERT_EQ(response.status, 200u) << text_of(response);
    EXPECT_EQ(text_of(response).find("<answer>"), std::string::npos) << "the source of an unsupported block";
    const auto lesson = json_of(response);
    EXPECT_TRUE(lesson.at("progress").is_null());
    EXPECT_TRUE(lesson.at("prev_lesson_id").is_null());
    EXPECT_EQ(lesson.at("next_lesson_id").as_string(), to_string(structure.lessons[1].id));
    EXPECT_EQ(lesson.at("blocks").as_array().size(), 6u);
    EXPECT_EQ(lesson.at("completion_rule").as_string(), "view");
}

TEST_F(Lessons, FilesAreSignedWhereverTheyAreNamed) {
    const auto structure = kit().structure(kit().publish(rich_draft(kit().unique_draft())));
    const auto lesson = json_of(get_lesson(structure.lessons[0].id));
    const auto& blocks = lesson.at("blocks").as_array();
    const std::string html(blocks[0].at("html").as_string());
    EXPECT_NE(html.find(std::string("/media/") + video_key + "/a.png?exp="), std::string::npos) << html;
    EXPECT_NE(html.find("&amp;sig="), std::string::npos) << html;
    EXPECT_NE(html.find("> /media/text<"), std::string::npos) << "words are not addresses";

    const auto& video = blocks[1].at("video");
    const std::string source(video.at("sources").at(0).at("url").as_string());
    EXPECT_TRUE(source.starts_with(std::string("/media/") + video_key + "/the%20film.mp4?exp=")) << source;
    EXPECT_EQ(video.at("duration_ms").as_int64(), 61000);
    EXPECT_NE(video.at("poster_url").as_string().find("&sig="), boost::json::string::npos);
    EXPECT_EQ(video.at("captions").at(0).at("language").as_string(), "en");
    EXPECT_EQ(blocks[3].at("file").at("name").as_string(), "sheet.csv");

    const std::string path = source.substr(0, source.find('?'));
    const std::string query = source.substr(source.find('?') + 1);
    const auto expires = query.substr(4, query.find('&') - 4);
    const auto signature = query.substr(query.find("sig=") + 4);
    EXPECT_TRUE(kit().signer.verify(path, expires, signature, kit().clock.now()).has_value());
}

TEST_F(Lessons, AVideoElsewhereOffersNoFileOfOurs) {
    const auto structure = kit().structure(kit().publish(rich_draft(kit().unique_draft())));
    const auto lesson = json_of(get_lesson(structure.lessons[0].id));
    const auto& video = lesson.at("blocks").at(2).at("video");
    EXPECT_TRUE(video.at("sources").as_array().empty());
    EXPECT_EQ(video.at("youtube_id").as_string(), "abc");
}

TEST_F(Lessons, VariantsKeepTheirChildrenApart) {
    const auto structure = kit().structure(kit().publish(rich_draft(kit().unique_draft())));
    const auto lesson = json_of(get_lesson(structure.lessons[0].id));
    const auto& children = lesson.at("blocks").at(5).at("children").as_array();
    ASSERT_EQ(children.size(), 2u);
    EXPECT_EQ(children[0].at("variant_key").as_string(), "a");
    EXPECT_EQ(children[1].at("variant_key").as_string(), "b");
}

TEST_F(Lessons, OtherLessonsAreForWhoIsEnrolled) {
    const auto course = kit().publish(kit().unique_draft());
    const auto lesson = kit().structure(course).lessons[1].id;
    EXPECT_EQ(get_lesson(lesson).status, 401u);
    EXPECT_EQ(json_of(get_lesson(lesson)).at("code").as_string(), "unauthenticated");
    const auto user = UserId::make();
    EXPECT_EQ(get_lesson(lesson, user).status, 403u);
    EXPECT_EQ(json_of(get_lesson(lesson, user)).at("code").as_string(), "not_enrolled");
    kit().run(kit().catalogue.enroll(user, course)).value();
    EXPECT_EQ(get_lesson(lesson, user).status, 200u);
    EXPECT_EQ(get_lesson(lesson, UserId::make()).status, 403u) << "somebody else's enrollment";
}

TEST_F(Lessons, AQuizComesWithItsRulesAndWithoutItsQuestions) {
    const auto course = kit().publish(kit().unique_draft());
    const auto user = UserId::make();
    kit().run(kit().catalogue.enroll(user, course)).value();
    const auto response = get_lesson(kit().structure(course).lessons[2].id, user);
    const auto lesson = json_of(response);
    EXPECT_EQ(lesson.at("blocks").at(1).at("quiz").at("title").as_string(), "Rules for you");
    EXPECT_EQ(text_of(response).find("paris"), std::string::npos);
}

TEST_F(Lessons, AGuestSeesTheRulesOfAQuizInAPreview) {
    auto draft = kit().unique_draft();
    draft.modules[0].sections[0].lessons[1].is_preview = true;
    const auto structure = kit().structure(kit().publish(draft));
    const auto lesson = json_of(get_lesson(structure.lessons[2].id));
    const auto& rules = lesson.at("blocks").at(1).at("quiz");
    EXPECT_EQ(rules.at("question_count").as_int64(), 2);
    EXPECT_EQ(rules.at("max_attempts").as_int64(), 2);
}

TEST_F(Lessons, AnswerKeysHaveNoAddress) {
    EXPECT_EQ(kit().call("POST", "/internal/v1/answer-keys", R"({"questions":[]})").status, 404u);
}

TEST_F(Lessons, WhatIsNotPublishedIsNotThere) {
    const auto course = kit().publish(kit().unique_draft());
    const auto hidden = LessonId::parse(kit().database.scalar(
        "SELECT id FROM lessons WHERE slug = 'hidden' AND course_id = '" + to_string(course) + "'"));
    const auto user = UserId::make();
    kit().run(kit().catalogue.enroll(user, course)).value();
    EXPECT_EQ(get_lesson(*hidden, user).status, 404u);
    EXPECT_EQ(get_lesson(LessonId::make(), user).status, 404u);
    EXPECT_EQ(kit().call("GET", "/api/v1/lessons/abc", "", user).status, 404u);
}

class Outlines : public CourseTest {};

TEST_F(Outlines, ShowsWhatIsDoneAndWhereToContinue) {
    auto draft = kit().unique_draft();
    const auto course = kit().publish(draft);
    const auto structure = kit().structure(course);
    const auto user = UserId::make();
    kit().run(kit().catalogue.enroll(user, course)).value();
    kit().progress.states = {{structure.lessons[0].id, "completed", 1000000, std::nullopt}};
    kit().progress.last_lesson_id = structure.lessons[0].id;
    const auto response = kit().call("GET", "/api/v1/courses/" + draft.slug + "/outline", "", user);
    kit().progress.states.clear();
    kit().progress.last_lesson_id.reset();
    ASSERT_EQ(response.status, 200u) << text_of(response);
    const auto outline = json_of(response);
    const auto& chapter = outline.at("modules").at(0);
    EXPECT_EQ(chapter.at("lessons").at(0).at("state").as_string(), "completed");
    EXPECT_EQ(chapter.at("children").at(0).at("lessons").at(0).at("state").as_string(), "not_started");
    EXPECT_EQ(outline.at("resume_lesson_id").as_string(), to_string(structure.lessons[1].id));
}

TEST_F(Outlines, IsForWhoIsEnrolled) {
    const auto draft = kit().unique_draft();
    kit().publish(draft);
    const std::string path = "/api/v1/courses/" + draft.slug + "/outline";
    EXPECT_EQ(kit().call("GET", path).status, 401u);
    EXPECT_EQ(kit().call("GET", path, "", UserId::make()).status, 403u);
    EXPECT_EQ(kit().call("GET", "/api/v1/courses/nothing/outline", "", UserId::make()).status, 404u);
}

TEST_F(Outlines, MyCoursesAreMineLatestFirst) {
    const auto user = UserId::make();
    const auto first = kit().publish(kit().unique_draft());
    const auto second = kit().publish(kit().unique_draft());
    kit().run(kit().catalogue.enroll(user, first)).value();
    kit().clock.advance(std::chrono::seconds(1));
    kit().run(kit().catalogue.enroll(user, second)).value();
    const auto mine = json_of(kit().call("GET", "/api/v1/me/enrollments", "", user));
    ASSERT_EQ(mine.at("items").as_array().size(), 2u);
    EXPECT_EQ(mine.at("items").at(0).at("course").at("id").as_string(), to_string(second));
    EXPECT_EQ(mine.at("items").at(0).at("progress").at("lessons_completed").as_int64(), 0);
    const auto nobody = json_of(kit().call("GET", "/api/v1/me/enrollments", "", UserId::make()));
    EXPECT_TRUE(nobody.at("items").as_array().empty());
    EXPECT_EQ(kit().call("GET", "/api/v1/me/enrollments").status, 401u);
}

}  // namespace
}  // namespace tt::course::testing
