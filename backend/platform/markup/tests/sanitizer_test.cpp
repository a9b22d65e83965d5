#include "platform/markup/sanitizer.hpp"

#include <gtest/gtest.h>

namespace platform::markup {
namespace {

std::string clean(std::string_view html) {
    return sanitize(html).html;
}

TEST(Sanitizer, KeepsWhatAnAuthorWrites) {
    const std::string html =
        "<h2>Title</h2><p>Some <strong>bold</strong>, <em>slanted</em> &amp; <code>x &lt; y</code>.<br></p>"
        "<ul><li>one</li><li>two</li></ul><blockquote>said</blockquote>";
    EXPECT_EQ(clean(html), html);
}

TEST(Sanitizer, KeepsTablesAndTheirSpans) {
    EXPECT_EQ(
        clean(
            R"(<table><thead><tr><th scope="col" colspan="2">H</th></tr></thead><tbody><tr><td rowspan="x">1</td></tr></tbody></table>)"),
        R"(<table><thead><tr><th scope="col" colspan="2">H</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>)");
}

TEST(Sanitizer, CountsScriptsAndHandlers) {
    const auto result = sanitize("<p onclick='x()'>a</p><script>alert(1)</script><script src=/x.js></script>");
    EXPECT_EQ(result.html, "<p>a</p>");
    EXPECT_EQ(result.report.scripts, 2U);
    EXPECT_EQ(result.report.event_handlers, 1U);
}

TEST(Sanitizer, StyleAttributesBecomeAtMostAnAlignmentClass) {
    EXPECT_EQ(clean(R"(<p style="position:fixed;top:0;text-align: center">a</p>)"),
              R"(<p class="content-align-center">a</p>)");
    EXPECT_EQ(clean(R"html(<p style="background:url(javascript:x)" class="fixed inset-0">a</p>)html"), "<p>a</p>");
    EXPECT_EQ(clean(R"(<div style="FLOAT : right ; width:30%">a</div>)"),
              R"(<div class="content-float-right">a</div>)");
}

TEST(Sanitizer, ImagesAreLazyAndAlwaysHaveAnAlternative) {
    const auto result = sanitize(R"(<img src="/a.png" alt="A cat" width="20" height="30%"><img src="/b.png">)");
    EXPECT_EQ(result.html, R"(<img src="/a.png" alt="A cat" width="20" loading="lazy" decoding="async">)"
                           R"(<img src="/b.png" alt="" loading="lazy" decoding="async">)");
    EXPECT_EQ(result.report.images, 2U);
    EXPECT_EQ(result.report.images_without_alt, 1U);
}

TEST(Sanitizer, LinksToNewWindowsCannotReachBack) {
    EXPECT_EQ(clean(R"(<a href="https://example.org/" target="_blank" rel="opener">x</a>)"),
              R"(<a href="https://example.org/" target="_blank" rel="noopener noreferrer">x</a>)");
    EXPECT_EQ(clean(R"(<a href="//example.org/x">x</a>)"), R"(<a href="https://example.org/x">x</a>)");
}

TEST(Sanitizer, IdsStayOnlyForLinksOfTheSameSourceAndCannotClobberThePage) {
    EXPECT_EQ(clean(R"(<a href="#part">go</a><h3 id="part">P</h3><h3 id="getElementById">Q</h3>)"),
              R"(<a href="#c-part">go</a><h3 id="c-part">P</h3><h3>Q</h3>)");
}

TEST(Sanitizer, FramesBecomeLinksUnlessTheyAreOursAndSandboxed) {
    EXPECT_EQ(
        clean(R"(<iframe src="https://example.org/v" title="Film"></iframe>)"),
        R"(<a class="content-embed" href="https://example.org/v" target="_blank" rel="noopener noreferrer">Film</a>)");
    SanitizeOptions options;
    options.keeps_own_frames = true;
    options.rewrite_url = [](UrlUse, const std::string& url) {
        return std::optional(url == "/static/x.html" ? "/media/1/x.html" : url);
    };
    EXPECT_EQ(
        sanitize(R"html(<iframe src="/static/x.html" title="Try it" onload="x()">old</iframe>)html", options).html,
        R"(<iframe src="/media/1/x.html" title="Try it" sandbox="allow-scripts" loading="lazy" referrerpolicy="no-referrer"></iframe>)");
    EXPECT_EQ(sanitize(R"(<iframe srcdoc="<script>x</script>" src="javascript:x"></iframe>)", options).html, "");
}

TEST(Sanitizer, ObjectsBecomeALinkAndTheirFallback) {
    EXPECT_EQ(
        clean(R"(<object data="/a.pdf" title="Goals"><p>Cannot show.</p></object>)"),
        R"(<a class="content-embed" href="/a.pdf" target="_blank" rel="noopener noreferrer">Goals</a><p>Cannot show.</p>)");
}

TEST(Sanitizer, RewriterDecidesAboutEveryUrl) {
    SanitizeOptions options;
    options.rewrite_url = [](UrlUse use, const std::string& url) -> std::optional<std::string> {
        if (url == "drop") return std::nullopt;
        if (url == "evil") return "javascript:alert(1)";
        return (use == UrlUse::media ? "/m/" : "/l/") + url;
    };
    EXPECT_EQ(
        sanitize(R"(<a href="x">1</a><img src="y" alt=""><a href="drop">2</a><a href="evil">3</a>)", options).html,
        R"(<a href="/l/x">1</a><img src="/m/y" alt="" loading="lazy" decoding="async"><a>2</a><a>3</a>)");
}

TEST(Sanitizer, IconFontsAreLeftOutWithTheirLigatureNames) {
    SanitizeOptions options;
    options.dropped_classes = {"material-icons"};
    EXPECT_EQ(sanitize(R"(<p><span class="big material-icons">menu_book</span> Read</p>)", options).html,
              "<p> Read</p>");
}

TEST(Sanitizer, TheTextIsWhatAReaderSees) {
    const auto result = sanitize(
        "<h2>One</h2><p>two "
        "<b>th</b>ree</p><script>no</script><style>no</style><ul><li>four</li><li>five&nbsp;six</li></ul>");
    EXPECT_EQ(result.text, "One two three four five six");
    EXPECT_FALSE(result.has_media);
    EXPECT_TRUE(sanitize("<p><img src=x></p>").has_media);
}

TEST(Sanitizer, UnknownElementsLeaveTheirContent) {
    EXPECT_EQ(clean("<google-sheets-html-origin><p>kept</p></google-sheets-html-origin>"), "<p>kept</p>");
    EXPECT_EQ(clean("<math><mi>x</mi><mo>=</mo><mn>1</mn></math>"), "x=1");
}

TEST(Sanitizer, PreformattedTextKeepsItsFirstLine) {
    EXPECT_EQ(clean("<pre>\n\na</pre>"), "<pre>\n\na</pre>");
    EXPECT_EQ(clean(R"(<pre><code class="x language-python y">print(1)</code></pre>)"),
              "<pre>\n<code class=\"language-python\">print(1)</code></pre>");
}

TEST(Sanitizer, RefusesSourceThatIsBuiltToExhaustMemory) {
    const auto repeat = [](std::string_view piece, std::size_t times) {
        std::string text;
        for (std::size_t i = 0; i < times; ++i) text += piece;
        return text;
    };
    EXPECT_TRUE(sanitize(repeat("<div>", 100'000)).report.is_refused);
    EXPECT_TRUE(sanitize(repeat("<b><i>", 2'000)).report.is_refused);
    EXPECT_TRUE(sanitize(repeat("<font size=1><i id=x>", 400) + repeat("<p>x", 20'000)).report.is_refused);
    EXPECT_TRUE(sanitize(std::string(5U << 20, 'x')).report.is_refused);
    EXPECT_FALSE(sanitize(repeat("<p>paragraph <b>bold</b>", 20'000)).report.is_refused);
    EXPECT_FALSE(sanitize(repeat("<div>", 900)).report.is_refused);
}

}  // namespace
}  // namespace platform::markup
