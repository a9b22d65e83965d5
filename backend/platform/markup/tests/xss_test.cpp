#include "platform/markup/html_policy.hpp"
#include "platform/markup/sanitizer.hpp"

#include <gtest/gtest.h>
#include <gumbo.h>

namespace platform::markup {
namespace {

/// What a browser would find in `html` that could run or fetch by itself, in words; empty when there is nothing.
std::string danger_in(const GumboNode& node) {
    if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) return {};
    const GumboElement& element = node.v.element;
    const std::string tag = gumbo_normalized_tagname(element.tag);
    const bool is_root = element.tag == GUMBO_TAG_HTML;
    if (!is_root && tag != "iframe" && treatment_of(tag) != Treatment::keep) return "element <" + tag + ">";
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML) return "foreign element";
    for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
        const std::string name = attribute->name;
        if (is_event_handler(name) || name == "style" || name == "srcdoc" || name == "srcset" || name == "formaction")
            return "attribute " + name;
        std::string normalized;
        const bool is_url = name == "href" || name == "src" || name == "poster" || name == "data" || name == "action";
        if (is_url && !is_safe_url(attribute->value, UrlUse::link, normalized))
            return "url " + std::string(attribute->value);
    }
    for (unsigned i = 0; i < element.children.length; ++i) {
        const std::string danger = danger_in(*static_cast<const GumboNode*>(element.children.data[i]));
        if (!danger.empty()) return danger;
    }
    return {};
}

std::string danger_after(const std::string& html) {
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_BODY;
    GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
    const std::string danger = danger_in(*output->root);
    gumbo_destroy_output(&options, output);
    return danger;
}

class XssPayload : public ::testing::TestWithParam<std::string> {};

TEST_P(XssPayload, LeavesNothingThatRuns) {
    const std::string html = sanitize(GetParam()).html;
    EXPECT_EQ(danger_after(html), "") << GetParam() << "\n → " << html;
    // The output read again must be the same tree: no mutation brings anything back.
    const auto again = sanitize(html);
    EXPECT_EQ(again.report.scripts + again.report.event_handlers + again.report.unsafe_urls, 0U) << html;
}

const std::string payloads[] = {
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script>",
    "<script>alert(1)//",
    "<<script>alert(1);//<</script>",
    "<script\x00>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x oNeRrOr=alert(1)>",
    "<img src=x onerror\n=\nalert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x:alert(alt) onerror=eval(src) alt=0>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<img src=\"javascript:alert(1)\">",
    "<img src=\"jav\tascript:alert(1)\">",
    "<img src=\" &#14; javascript:alert(1)\">",
    "<img srcset=\"x 1x, javascript:alert(1) 2x\" src=y>",
    "<img src=\"data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)\">x</a>",
    "<a href=\"&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)\">x</a>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<a href=\"javascript&#0000058alert(1)\">x</a>",
    "<a href=\"\x01javascript:alert(1)\">x</a>",
    "<a href=\"\xc2\xa0javascript:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=\"file:///etc/passwd\">x</a>",
    "<a href=\"blob:https://x/1\">x</a>",
    "<a href=\"/\\evil.example\">x</a>",
    "<a href=\"\\\\evil.example\">x</a>",
    "<a href=x ping=\"https://evil.example\" onclick=alert(1)>x</a>",
    "<a href=\"feed:javascript:alert(1)\">x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' "
    "xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>#x\"/></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<object data=javascript:alert(1)></object>",
    "<object data=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\"></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=javascript:alert(1)></applet>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1) autofocus><option>x</select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<textarea></textarea><script>alert(1)</script>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<html onmouseover=alert(1)><p>x",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<meta http-equiv=\"Set-Cookie\" content=\"x=1\">",
    "<base href=\"https://evil.example/\"><a href=x>x</a>",
    "<link rel=stylesheet href=\"https://evil.example/x.css\">",
    "<link rel=import href=\"data:text/html,<script>alert(1)</script>\">",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<p style=\"background:url('javascript:alert(1)')\">x</p>",
    "<p style=\"width:expression(alert(1))\">x</p>",
    "<p style=\"-moz-binding:url(https://evil.example/x.xml#x)\">x</p>",
    "<div style=\"position:fixed;inset:0;z-index:9999\"><a href=https://evil.example>Sign in</a></div>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<listing>&lt;img onerror=\"alert(1)\" src=x&gt;</listing>",
    "<template><script>alert(1)</script></template>",
    "<template><img src=x onerror=alert(1)></template>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<video poster=javascript:alert(1) src=x></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<keygen autofocus onfocus=alert(1)>",
    "<x onclick=alert(1) tabindex=1>x</x>",
    "<table background=\"javascript:alert(1)\"><tr><td background=\"javascript:alert(1)\">x</table>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<div title=\"&quot;><script>alert(1)</script>\">x</div>",
    "<a title='\"onmouseover=alert(1) x=\"'>x</a>",
    "<p id=\"x\" name=\"cookie\" class=\"hidden\">clobber</p><img name=cookie src=x>",
    "<a href=\"https://x.example/\" target=\"_top\">x</a>",
    "<img src=x alt=\"`onerror=alert(1)\">",
    "<dialog open onclose=alert(1)><form method=dialog><button>x</button></form></dialog>",
    "<portal src=javascript:alert(1)></portal>",
    "<p><b><i><p onclick=alert(1)></b></i></p>",
};

INSTANTIATE_TEST_SUITE_P(All, XssPayload, ::testing::ValuesIn(payloads));

TEST(IsSafeUrl, KnowsSchemesAndDisguises) {
    std::string url;
    for (const std::string_view good :
         {"https://a/b", "HTTP://a", "mailto:a@b", "tel:+1", "/x", "x/y:z", "?q=a:b", "#f", "", "../up"}) {
        EXPECT_TRUE(is_safe_url(good, UrlUse::link, url)) << good;
    }
    for (const std::string_view bad :
         {"javascript:x", "data:text/html,x", "a:b", "/\\x", "java\x01script:x", "ws://x"}) {
        EXPECT_FALSE(is_safe_url(bad, UrlUse::link, url)) << bad;
    }
    EXPECT_FALSE(is_safe_url("mailto:a@b", UrlUse::media, url));
    EXPECT_TRUE(is_safe_url(" \n/x y\t ", UrlUse::link, url));
    EXPECT_EQ(url, "/x y");
}

}  // namespace
}  // namespace platform::markup
