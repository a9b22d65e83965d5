#include "services/course-service/tests/import/small_course.hpp"

#include "services/course-service/src/domain/check_draft.hpp"

#include <gtest/gtest.h>

namespace tt::course::import {
namespace {

using testing::Files;
using testing::lesson_of;
using testing::read_files;
using testing::read_small;
using testing::small_course;

std::string reason(const Files& files) {
    const auto course = read_files(files);
    return course ? "ok" : course.error().reason;
}

TEST(OlxReader, ReadsTheFrameOfACourse) {
    const auto course = read_small("<html url_name='h'><p>Hello</p></html>");
    const auto& draft = course.draft;
    EXPECT_EQ(draft.import_source, "olx");
    EXPECT_EQ(draft.import_key, "Org/C1/run1");
    EXPECT_EQ(draft.slug, "small-course");
    EXPECT_EQ(draft.language, "de");
    EXPECT_EQ(draft.pass_percent, "65") << "the lowest cut-off passes when there is no Pass";
    EXPECT_EQ(draft.certificate_rule, "completed") << "nothing graded that could be passed";
    ASSERT_EQ(draft.grade_categories.size(), 1U);
    EXPECT_EQ(draft.grade_categories[0].drop_lowest, 1);
    EXPECT_EQ(lesson_of(course).slug, "unit-one");
    EXPECT_EQ(lesson_of(course).blocks.at(0).content_html, "<p>Hello</p>");
    EXPECT_TRUE(check_draft(draft));
}

TEST(OlxReader, ThePolicyFileOverridesTheXml) {
    auto files = small_course("<html>x</html>");
    files["policies/run1/policy.json"] =
        R"({"course/run1":{"display_name":"From policy","course_image":"missing.png"}})";
    files["course/run1.xml"] =
        R"(<course display_name="From XML" course_image="picture_one.png"><chapter url_name="ch1"/></course>)";
    const auto course = read_files(files).value().draft;
    EXPECT_EQ(course.title, "From policy");
    EXPECT_EQ(course.thumbnail_asset_key, "olx:Org/C1/run1:static/picture one.png") << "the picture that is there";
}

TEST(OlxReader, FilesAreFoundUnderEverySpelling) {
    const auto course =
        read_small(R"(<html><img src="/static/picture_one.png" alt=""/><img src="/static/picture%20one.png" alt=""/>
        <img src="/asset-v1:Org+C1+run1+type@asset+block@picture_one.png" alt=""/><img src="/c4x/Org/C1/asset/picture_one.png" alt=""/>
        <img src="/static/gone.png" alt=""/></html>)");
    const std::string html = *lesson_of(course).blocks.at(0).content_html;
    std::size_t rewritten = 0;
    for (std::size_t at = html.find("src=\"/media/"); at != std::string::npos; at = html.find("src=\"/media/", at + 1))
        ++rewritten;
    EXPECT_EQ(rewritten, 4U) << html;
    EXPECT_EQ(course.findings.unresolved_static_refs, std::set<std::string>{"gone.png"});
    ASSERT_EQ(course.findings.unresolved_links.size(), 1U);
    EXPECT_EQ(course.findings.unresolved_links[0].message, "/static/gone.png");
}

TEST(OlxReader, LinksToUnitsBecomeLinksToLessonsOrAreReported) {
    auto files = small_course(
        R"(<html url_name="h1"><a href="/jump_to_id/v2">next</a><a href="/jump_to_id/h2">part</a><a href="/jump_to_id/s1">section</a>
        <a href="/jump_to_id/nowhere">lost</a><a href="/courses/x">old site</a></html>)");
    files["sequential/s1.xml"] =
        R"(<sequential display_name="Section"><vertical url_name="v1"/><vertical url_name="v2"/></sequential>)";
    files["vertical/v2.xml"] = R"(<vertical display_name="Unit One"><html url_name="h2">x</html></vertical>)";
    const auto course = read_files(files).value();
    EXPECT_EQ(*lesson_of(course).blocks.at(0).content_html,
              "<a href=\"unit-one-2\">next</a><a href=\"unit-one-2\">part</a><a href=\"unit-one\">section</a>\n        "
              "<a>lost</a><a>old site</a>");
    EXPECT_EQ(course.findings.links_rewritten, 3);
    EXPECT_EQ(course.findings.unresolved_links.size(), 2U);
}

TEST(OlxReader, WhatCannotBeReadStaysVisibleWithItsReason) {
    auto files = small_course(
        R"(<html url_name="gone"/><problem url_name="broken"/><problem url_name="bomb"/><lti url_name="x" launch_url="https://x"/>)");
    files["problem/broken.xml"] = "<problem><p></problem>";
    files["problem/bomb.xml"] = R"(<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><problem>&b;</problem>)";
    const auto course = read_files(files).value();
    const auto& blocks = lesson_of(course).blocks;
    ASSERT_EQ(blocks.size(), 4U);
    std::vector<std::string> reasons;
    for (const auto& item : course.findings.unsupported) reasons.push_back(item.reason);
    EXPECT_EQ(reasons, (std::vector<std::string>{"missing_file", "xml_invalid", "xml_doctype_refused",
                                                 "component_not_supported"}));
    for (const auto& block : blocks) EXPECT_EQ(block.kind, "unsupported");
    EXPECT_NE(blocks[3].content.text.find("launch_url"), std::string::npos) << "the source is kept";
    EXPECT_EQ(course.findings.unsupported[0].path, "Chapter › Section › Unit One");
}

TEST(OlxReader, NamesCannotLeaveTheCourseFolder) {
    auto files = small_course(
        R"(<html url_name="h"/><html filename="../../secret" url_name="i"/><problem url_name="../../../etc/passwd"/>)");
    files["html/h.xml"] = R"(<html filename="../course"/>)";
    const auto course = read_files(files).value();
    for (const auto& block : lesson_of(course).blocks) EXPECT_EQ(block.content_html.value_or(""), "");
}

TEST(OlxReader, ContainersInsideAUnitAreFlattenedAndVariantsKept) {
    const auto course =
        read_small(R"(<vertical url_name="inner"><html url_name="a">1</html><html url_name="b">2</html></vertical>
        <split_test url_name="t"><vertical url_name="g1" display_name="Group 1"><html url_name="c">3</html></vertical>
        <vertical url_name="g2"><html url_name="d">4</html></vertical></split_test>)");
    const auto& blocks = lesson_of(course).blocks;
    ASSERT_EQ(blocks.size(), 3U);
    EXPECT_EQ(blocks[2].kind, "variants");
    ASSERT_EQ(blocks[2].children.size(), 2U);
    EXPECT_EQ(blocks[2].children[0].variant_key, "g1");
    EXPECT_EQ(blocks[2].children[1].variant_key, "g2");
}

TEST(OlxReader, OlderCoursesPutComponentsDirectlyIntoSections) {
    auto files = small_course("");
    files["sequential/s1.xml"] =
        R"(<sequential display_name="Old"><video url_name="w" display_name="Film" youtube="0.75:aaaaaaaaaaa,1.00:bbbbbbbbbbb"/>
        <html url_name="h" display_name="Text"><p>x</p></html></sequential>)";
    const auto course = read_files(files).value();
    const auto& lessons = course.draft.modules[0].sections[0].lessons;
    ASSERT_EQ(lessons.size(), 2U);
    EXPECT_EQ(lessons[0].title, "Film");
    EXPECT_EQ(lessons[0].kind, "video");
    EXPECT_NE(lessons[0].blocks[0].content.text.find("\"youtube_id\":\"bbbbbbbbbbb\""), std::string::npos);
    EXPECT_EQ(lessons[1].slug, "text");
}

TEST(OlxReader, StaffOnlyContentIsNotPublished) {
    auto files = small_course("<html>x</html>");
    files["vertical/v1.xml"] =
        R"(<vertical display_name="Hidden" visible_to_staff_only="true"><html>x</html></vertical>)";
    EXPECT_FALSE(lesson_of(read_files(files).value()).published);
}

TEST(OlxReader, FilmsGetCaptionsClipsAndTheArchivesOwnCopy) {
    auto files = small_course(
        R"(<video url_name="w" sub="film" start_time="00:00:10" end_time="00:01:00" html5_sources="[&quot;https://cdn.example/a/clip.mp4&quot;]"
        handout="/static/picture_one.png"><transcript language="en" src="en.srt"/><transcript language="fr" src="gone.srt"/></video>)");
    files["static/clip.mp4"] = "film";
    files["static/en.srt"] =
        "\xef\xbb\xbf"
        "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Hi</i> & <font color=red>bye</font>\r\n\r\n2\r\n00:00:03,000 --> "
        "00:00:04,000\r\n42\r\n";
    const auto course = read_files(files).value();
    const auto& block = lesson_of(course).blocks.at(0);
    const auto content = boost::json::parse(block.content.text).as_object();
    ASSERT_EQ(content.at("sources").as_array().size(), 2U);
    EXPECT_TRUE(std::string(content.at("sources").as_array()[0].at("url").as_string()).starts_with("/media/"));
    EXPECT_EQ(content.at("sources").as_array()[1].at("url"), "https://cdn.example/a/clip.mp4");
    EXPECT_EQ(content.at("start_ms"), 10000);
    EXPECT_EQ(content.at("end_ms"), 60000);
    EXPECT_NE(block.content_html.value_or("").find("Download the handout"), std::string::npos);
    EXPECT_EQ(course.findings.caption_languages, (std::map<std::string, int>{{"de", 1}, {"en", 1}}));
    EXPECT_EQ(course.findings.caption_cues, 4);
    EXPECT_EQ(block.asset_key, "olx:Org/C1/run1:static/clip.mp4");
    EXPECT_TRUE(std::ranges::any_of(
        course.findings.warnings, [](const auto& note) { return note.message.find("gone.srt") != std::string::npos; }));
}

TEST(OlxReader, TheSameComponentTwiceGetsTwoKeys) {
    auto files = small_course(R"(<problem url_name="p"/><problem url_name="p"/>)");
    files["problem/p.xml"] = R"(<problem><numericalresponse answer="1"/></problem>)";
    const auto course = read_files(files).value();
    EXPECT_EQ(lesson_of(course).blocks[0].import_key, "p");
    EXPECT_EQ(lesson_of(course).blocks[1].import_key, "p-2");
    EXPECT_TRUE(check_draft(course.draft)) << check_draft(course.draft).error().fields.front().pointer;
}

TEST(OlxReader, DeadWidgetsAreEmptiedAndReported) {
    const auto course =
        read_small(R"xml(<html url_name="h"><p>Useful?</p><button onclick="send(1)">Yes</button></html>)xml");
    EXPECT_EQ(lesson_of(course).blocks.at(0).content_html, "");
    EXPECT_EQ(course.findings.warnings.size(), 2U) << "the widget, and the missing cover";
}

TEST(OlxReader, RefusesWhatIsNoCourse) {
    EXPECT_EQ(reason({{"readme.txt", "hello"}}), "not_a_course");
    EXPECT_EQ(reason({{"a/course.xml", "<course/>"}, {"b/course.xml", "<course/>"}}), "not_a_course");
    EXPECT_EQ(reason({{"course.xml", "<library/>"}}), "not_a_course");
    EXPECT_EQ(reason({{"course.xml", "<course"}}), "xml_invalid");
    EXPECT_EQ(reason({{"course.xml", "<!DOCTYPE c SYSTEM 'file:///etc/passwd'><course/>"}}), "xml_doctype_refused");
    EXPECT_EQ(reason({{"course.xml", R"(<course url_name="gone" org="o" course="c"/>)"}}), "missing_file");
}

TEST(OlxReader, RefusesACourseThatPointsInCircles) {
    auto files = small_course("");
    files["vertical/v1.xml"] = R"(<vertical><vertical url_name="v1"/></vertical>)";
    EXPECT_EQ(reason(files), "course_too_large");
    EXPECT_EQ(reason({{"course.xml", R"(<course url_name="r"/>)"}, {"course/r.xml", R"(<course url_name="r"/>)"}}),
              "not_a_course");
}

}  // namespace
}  // namespace tt::course::import
