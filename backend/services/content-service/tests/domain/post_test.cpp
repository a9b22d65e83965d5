#include "services/content-service/src/domain/post.hpp"

#include <gmock/gmock.h>
#include <boost/algorithm/string/case_conv.hpp>
#include <regex>

namespace tt::content {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view file =
    "---\ntitle: One: two\nexcerpt: Short\ntags: a, b ,,c\ndate: 2026-01-02\nauthor: Ada\n---\n# Hello\n\nText\n";

TEST(PostFile, ReadsItsHeaderAndItsText) {
    const auto draft = read_post_file("my-post", file).value();
    EXPECT_EQ(draft.slug, "my-post");
    EXPECT_EQ(draft.title, "One: two");
    EXPECT_EQ(draft.excerpt, "Short");
    EXPECT_THAT(draft.tags, ElementsAre("a", "b", "c"));
    EXPECT_EQ(draft.author_name, "Ada");
    EXPECT_EQ(draft.content, "# Hello\n\nText\n");
    EXPECT_EQ(draft.status, "published");
    EXPECT_EQ(to_rfc3339(draft.published_at.value()).substr(0, 19), "2026-01-02T09:00:00");
    EXPECT_FALSE(draft.meta_title);
}

TEST(PostFile, ADraftIsNotPublished) {
    const auto draft = read_post_file("d", "---\ntitle: T\ndate: 2026-01-02\nstatus: draft\n---\nText").value();
    EXPECT_EQ(draft.status, "draft");
    EXPECT_FALSE(draft.published_at);
}

TEST(PostFile, WhatIsNoPostIsRefusedWithItsName) {
    for (const std::string text : {"", "Text", "---\n", "---\ntitle: T\n", "---\ntitle: T\nno colon\n---\n",
                                   "---\ntitle: T\n---\nno date", "---\ndate: 2026-01-02\n---\nno title",
                                   "---\ntitle: T\ndate: 2026-13-02\n---\n", "---\ntitle: T\ndate: soon\n---\n"}) {
        const auto draft = read_post_file("broken", text);
        ASSERT_TRUE(draft.has_error()) << text;
        EXPECT_EQ(draft.error().reason, "post_invalid");
        EXPECT_THAT(draft.error().message, HasSubstr("broken"));
    }
}

TEST(PostCursor, SurvivesTheRoundTrip) {
    const PostCursor cursor{parse_rfc3339("2026-01-02T03:04:05.678901Z").value(), uuid_v7()};
    const auto read = read_cursor(write_cursor(cursor));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->published_at, cursor.published_at);
    EXPECT_EQ(read->id, cursor.id);
}

TEST(PostCursor, OtherTextIsNoCursor) {
    for (const std::string text : {"", "!", "bm8", "MjAyNi0wMS0wMg", "MjAyNi0wMS0wMlQwMDowMDowMFogeA"}) {
        EXPECT_FALSE(read_cursor(text)) << text;
    }
}

TEST(ReadingMinutes, AreRoundedAndNeverZero) {
    EXPECT_EQ(reading_minutes_of(""), 1);
    EXPECT_EQ(reading_minutes_of("one two\tthree\n\nfour"), 1);
    std::string text;
    for (int i = 0; i < 1100; ++i) text += "word ";
    EXPECT_EQ(reading_minutes_of(text), 5);
}

TEST(Markdown, BecomesHtml) {
    const std::string html =
        render_markdown("# T\n\n**b** [l](https://x.test/) ~~s~~\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
    EXPECT_THAT(html, HasSubstr("<strong>b</strong>"));
    EXPECT_THAT(html, HasSubstr("https://x.test/"));
    EXPECT_THAT(html, HasSubstr("<del>s</del>"));
    EXPECT_THAT(html, HasSubstr("<td>1</td>"));
}

TEST(Markdown, NothingInItRuns) {
    for (const std::string text : {
             "<script>alert(1)</script>",
             "<img src=x onerror=alert(1)>",
             "[x](javascript:alert(1))",
             "[x](JaVaScRiPt&#58;alert(1))",
             "[x](java\tscript:alert(1))",
             "[x](vbscript:msgbox)",
             "[x](data:text/html;base64,PHNjcmlwdD4=)",
             "![x](javascript:alert(1))",
             "[x](https://a.test/ \"\\\" onmouseover=alert(1) x=\\\"\")",
             "<https://a.test/\"onclick=alert(1)>",
             "<iframe src=//evil.test></iframe>",
             "<svg/onload=alert(1)>",
             "<style>*{background:url(javascript:alert(1))}</style>",
             "| <b onclick=x> |\n|---|\n| <script>x</script> |",
         }) {
        const std::string html = boost::algorithm::to_lower_copy(render_markdown(text));
        EXPECT_THAT(html, Not(HasSubstr("<script"))) << text;
        EXPECT_THAT(html, Not(HasSubstr("<iframe"))) << text;
        EXPECT_THAT(html, Not(HasSubstr("<svg"))) << text;
        EXPECT_THAT(html, Not(HasSubstr("<style"))) << text;
        EXPECT_THAT(html, Not(HasSubstr("=\"javascript"))) << text;
        EXPECT_THAT(html, Not(HasSubstr("=\"vbscript"))) << text;
        EXPECT_THAT(html, Not(HasSubstr("=\"data:"))) << text;
        const std::string without_values = std::regex_replace(html, std::regex("\"[^\"]*\""), "");
        EXPECT_FALSE(std::regex_search(without_values, std::regex("<[^>]* on[a-z]+="))) << html;
    }
}

TEST(Markdown, DigestFollowsTheText) {
    EXPECT_EQ(source_digest_of("a"), source_digest_of("a"));
    EXPECT_NE(source_digest_of("a"), source_digest_of("b"));
}

}  // namespace
}  // namespace tt::content
