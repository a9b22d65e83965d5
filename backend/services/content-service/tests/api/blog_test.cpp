#include "services/content-service/tests/support/content_kit.hpp"

#include <gmock/gmock.h>
#include <regex>
#include <set>

namespace tt::content::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The kit's clock stands at 2026-01-01T00:00:00Z.
class BlogApi : public ContentTest {
protected:
    static void SetUpTestSuite() {
        ContentTest::SetUpTestSuite();
        for (int i = 10; i < 35; ++i) {
            kit().add_post("paged-" + std::to_string(i), "2025-11-01T00:00:00Z", "{paged}");  // one time for all
        }
        kit().add_post("newest", "2025-12-31T23:59:59Z", R"({growth,"a b"})");
        kit().add_post("future", "2026-01-01T00:00:01Z", "{growth,hidden}");
        kit().add_post("draft", "", "{growth,hidden}", "draft");
        kit().add_post("archived", "2025-01-01T00:00:00Z", "{hidden}", "archived");
    }

    static std::vector<std::string> slugs_of(const Answer& page) {
        std::vector<std::string> slugs;
        for (const auto& item : page["items"].as_array()) slugs.emplace_back(item.at("slug").as_string());
        return slugs;
    }
};

TEST_F(BlogApi, NewestFirstWithoutDraftsAndFuturePosts) {
    const auto page = kit().get("/api/v1/posts?limit=50");
    ASSERT_EQ(page.status, 200U);
    const auto slugs = slugs_of(page);
    EXPECT_EQ(slugs.size(), 26U);
    EXPECT_EQ(slugs.at(0), "newest");
    EXPECT_TRUE(page["next_cursor"].is_null());
}

TEST_F(BlogApi, PagesAreCompleteAndHaveNothingTwice) {
    std::vector<std::string> seen;
    std::string cursor;
    for (int i = 0; i < 20; ++i) {
        const auto page = kit().get("/api/v1/posts?tag=paged&limit=4" + (cursor.empty() ? "" : "&cursor=" + cursor));
        ASSERT_EQ(page.status, 200U) << page.text;
        for (const auto& slug : slugs_of(page)) seen.push_back(slug);
        cursor = page.str("next_cursor");
        if (cursor.empty()) break;
    }
    EXPECT_EQ(seen.size(), 25U);
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 25U);
}

TEST_F(BlogApi, BadQueriesAreNamed) {
    EXPECT_EQ(kit().get("/api/v1/posts?cursor=nonsense").str("code"), "cursor_invalid");
    for (const std::string query : {"limit=0", "limit=51", "limit=x", "limit=-1", "unknown=1"}) {
        const auto refused = kit().get("/api/v1/posts?" + query);
        EXPECT_EQ(refused.status, 400U) << query;
        EXPECT_EQ(refused.str("code"), "validation_failed") << query;
    }
}

TEST_F(BlogApi, ATagIsAValueAndNothingElse) {
    EXPECT_EQ(slugs_of(kit().get("/api/v1/posts?tag=growth")).size(), 1U);
    EXPECT_EQ(slugs_of(kit().get("/api/v1/posts?tag=a%20b")).size(), 1U);
    for (const std::string tag : {"'", "%7Bgrowth%7D", "growth'%20OR%20'1'='1", "%25"}) {
        const auto page = kit().get("/api/v1/posts?tag=" + tag);
        EXPECT_EQ(page.status, 200U) << tag;
        EXPECT_TRUE(slugs_of(page).empty()) << tag;
    }
}

TEST_F(BlogApi, UnpublishedPostsDoNotExist) {
    for (const std::string slug : {"future", "draft", "archived", "never-written", "%27"}) {
        const auto post = kit().get("/api/v1/posts/" + slug);
        EXPECT_EQ(post.status, 404U) << slug;
        EXPECT_EQ(post.str("code"), "post_not_found");
    }
    const auto tags = kit().get("/api/v1/tags");
    EXPECT_THAT(tags.text, Not(HasSubstr("hidden")));
    EXPECT_THAT(tags.text, HasSubstr(R"({"tag":"growth","count":1})"));
}

TEST_F(BlogApi, APostAppearsWhenItsTimeComes) {
    kit().add_post("scheduled-soon", "2026-01-01T00:00:30Z", "{}");
    EXPECT_EQ(kit().get("/api/v1/posts/scheduled-soon").status, 404U);
    kit().clock.advance(std::chrono::seconds(30));
    EXPECT_EQ(kit().get("/api/v1/posts/scheduled-soon").status, 200U);
    kit().clock.advance(-std::chrono::seconds(30));
    kit().database.exec("DELETE FROM blog_posts WHERE slug = 'scheduled-soon'");
}

TEST_F(BlogApi, RenderedHtmlFollowsAnEditInTheDatabase) {
    kit().add_post("edited", "2025-01-01T00:00:00Z", "{}", "published", "**first** <script>x</script>");
    const auto first = kit().get("/api/v1/posts/edited");
    EXPECT_THAT(first.str("html"), HasSubstr("<strong>first</strong>"));
    EXPECT_THAT(first.str("html"), Not(HasSubstr("<script")));
    kit().database.exec("UPDATE blog_posts SET content = '**second**' WHERE slug = 'edited'");
    EXPECT_THAT(kit().get("/api/v1/posts/edited").str("html"), HasSubstr("<strong>second</strong>"));
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM cms.rendered_posts r JOIN blog_posts p ON p.id = r.post_id "
                           "WHERE p.slug = 'edited' AND r.html LIKE '%second%'"),
              "1");
    kit().database.exec("DELETE FROM blog_posts WHERE slug = 'edited'");
}

TEST_F(BlogApi, SixteenFirstReadersAtOnceAllGetThePost) {
    kit().add_post("popular", "2025-01-01T00:00:00Z");
    for (const auto& answer : kit().call_at_once({.target = "/api/v1/posts/popular"}, 16)) {
        EXPECT_EQ(answer.status, 200U);
    }
    kit().database.exec("DELETE FROM blog_posts WHERE slug = 'popular'");
}

/// Every tag that opens also closes, in order.
bool is_well_formed(const std::string& xml) {
    std::vector<std::string> open;
    const std::regex tag("<(/?)([A-Za-z]+)[^>]*?(/?)>");
    for (auto at = std::sregex_iterator(xml.begin(), xml.end(), tag); at != std::sregex_iterator(); ++at) {
        if ((*at)[3].length() > 0) continue;
        if ((*at)[1].length() == 0) {
            open.push_back((*at)[2]);
        } else if (open.empty() || open.back() != (*at)[2]) {
            return false;
        } else {
            open.pop_back();
        }
    }
    const std::regex bare_ampersand("&(?!(amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-f]+);)");
    return open.empty() && !std::regex_search(xml, bare_ampersand);
}

TEST_F(BlogApi, TheFeedIsWellFormedWhateverTitlesSay) {
    kit().database.exec(
        "INSERT INTO blog_posts (slug, title, excerpt, content, status, published_at) VALUES ('odd', "
        "E'Q&A: <b> \"x\" ]]> \\x01', '</item>', '', 'published', '2025-12-01')");
    const auto feed = kit().get("/feed.xml");
    EXPECT_EQ(feed.status, 200U);
    EXPECT_TRUE(is_well_formed(feed.text)) << feed.text;
    EXPECT_THAT(feed.text, HasSubstr("Q&amp;A: &lt;b&gt;"));
    EXPECT_THAT(feed.text, HasSubstr("<link>http://site.test/blog/newest</link>"));
    EXPECT_THAT(feed.text, Not(HasSubstr("/blog/future")));
    EXPECT_EQ(feed.text.find('\x01'), std::string::npos);
    kit().database.exec("DELETE FROM blog_posts WHERE slug = 'odd'");
}

TEST_F(BlogApi, ATagHasAFeedOfItsOwn) {
    const auto feed = kit().get("/blog/tag/a%20b/feed.xml");
    EXPECT_TRUE(is_well_formed(feed.text));
    EXPECT_THAT(feed.text, HasSubstr("<title>TrendTactics: a b</title>"));
    EXPECT_THAT(feed.text, HasSubstr("/blog/newest"));
    EXPECT_THAT(feed.text, Not(HasSubstr("/blog/paged")));
    EXPECT_TRUE(is_well_formed(kit().get("/blog/tag/%3Cscript%3E%01/feed.xml").text));
}

TEST_F(BlogApi, TheSitemapListsPublicPagesAndPublishedPosts) {
    const auto map = kit().get("/sitemap.xml");
    EXPECT_TRUE(is_well_formed(map.text));
    EXPECT_THAT(map.text, HasSubstr("<loc>http://site.test/blog/newest</loc><lastmod>2025-12-31</lastmod>"));
    EXPECT_THAT(map.text, Not(HasSubstr("future")));
    EXPECT_THAT(kit().get("/robots.txt").text, HasSubstr("Sitemap: http://site.test/sitemap.xml"));
}

std::optional<http::PageMeta> page(ContentKit& kit, const std::string& path) {
    http::Request request;
    request.target = path;
    return kit.run(kit.service.page(request));
}

TEST_F(BlogApi, PagesKnowWhatTheyAre) {
    EXPECT_TRUE(page(kit(), "/")->is_indexable);
    EXPECT_FALSE(page(kit(), "/account")->is_indexable);
    EXPECT_FALSE(page(kit(), "/quiz/result/some-token")->is_indexable);
    EXPECT_FALSE(page(kit(), "/nonsense"));
    EXPECT_FALSE(page(kit(), "/blog/draft"));
    const auto post = page(kit(), "/blog/newest");
    ASSERT_TRUE(post);
    EXPECT_EQ(post->canonical_url, "http://site.test/blog/newest");
    EXPECT_THAT(post->body_html, HasSubstr("<h1>Title of newest</h1>"));
    EXPECT_THAT(page(kit(), "/blog")->body_html, HasSubstr("/blog/newest"));
}

}  // namespace
}  // namespace tt::content::testing
