#include "platform/markup/xml.hpp"

#include <gtest/gtest.h>

namespace platform::markup {
namespace {

std::string reason(std::string_view xml) {
    const auto result = parse_xml(xml);
    return result ? "ok" : result.error().reason;
}

TEST(ParseXml, GivesElementsAttributesAndText) {
    const auto root =
        parse_xml("<?xml version='1.0'?><a x='1 &amp; 2'>t<!-- c --><b/><b y=\"&#233;\">u<![CDATA[<v>]]></b>w</a>");
    ASSERT_TRUE(root) << root.error().message;
    EXPECT_EQ(root->name, "a");
    EXPECT_EQ(root->attribute("x"), "1 & 2");
    EXPECT_FALSE(root->attribute("y"));
    EXPECT_EQ(root->attribute_or("y", "none"), "none");
    ASSERT_EQ(root->elements("b").size(), 2U);
    EXPECT_EQ(root->elements("b")[1]->attribute("y"), "é");
    EXPECT_EQ(root->elements("b")[1]->text(), "u<v>");
    EXPECT_EQ(root->text(), "tu<v>w");
    EXPECT_EQ(root->child("zz"), nullptr);
}

TEST(ParseXml, RefusesEveryDoctype) {
    EXPECT_EQ(reason("<!DOCTYPE a><a/>"), "xml_doctype_refused");
    EXPECT_EQ(reason("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>"), "xml_doctype_refused");
    EXPECT_EQ(reason("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"), "xml_doctype_refused");
    EXPECT_EQ(reason("<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><a/>"), "xml_doctype_refused");
}

TEST(ParseXml, RefusesABillionLaughsAtOnce) {
    std::string bomb = "<!DOCTYPE l [<!ENTITY a0 'ha'>";
    for (int i = 1; i < 12; ++i) {
        bomb += "<!ENTITY a" + std::to_string(i) + " '";
        for (int j = 0; j < 10; ++j) bomb += "&a" + std::to_string(i - 1) + ";";
        bomb += "'>";
    }
    EXPECT_EQ(reason(bomb + "]><l>&a11;</l>"), "xml_doctype_refused");
}

TEST(ParseXml, RefusesADoctypeInUtf16) {
    std::string utf16 = "\xff\xfe";
    for (const char c : std::string_view("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")) {
        utf16 += c;
        utf16 += '\0';
    }
    EXPECT_EQ(reason(utf16), "xml_doctype_refused");
}

TEST(ParseXml, RefusesWhatIsNotWellFormed) {
    for (const std::string_view xml : {"", " ", "text", "<a>", "<a></b>", "<a x=1/>", "<a>&nbsp;</a>",
                                       "<a>&undefined;</a>", "<a/><b/>", "<a>\x01</a>", "<a>\xff</a>"}) {
        EXPECT_EQ(reason(xml), "xml_invalid") << xml;
    }
    const auto failed = parse_xml("<a>\n<b></a>");
    EXPECT_NE(failed.error().message.find("line 2"), std::string::npos) << failed.error().message;
}

TEST(ParseXml, RefusesDeepNesting) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    EXPECT_EQ(reason(deep), "xml_invalid");
}

TEST(ParseXml, DoesNotFollowXInclude) {
    const auto root =
        parse_xml("<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd' parse='text'/></a>");
    ASSERT_TRUE(root);
    EXPECT_EQ(root->text(), "");
}

TEST(InnerHtml, WritesWhatAnHtmlParserReadsTheSameWay) {
    const auto root = parse_xml("<a><p>1 &lt; 2</p><div class='&quot;x'/><br/><img src='a&amp;b'/></a>");
    EXPECT_EQ(inner_html(*root), "<p>1 &lt; 2</p><div class=\"&quot;x\"></div><br><img src=\"a&amp;b\">");
    const auto without_div = [](const XmlElement& element, std::string& out) {
        if (element.name != "div") return false;
        out += "[gap]";
        return true;
    };
    EXPECT_EQ(inner_html(*root, without_div), "<p>1 &lt; 2</p>[gap]<br><img src=\"a&amp;b\">");
    EXPECT_EQ(outer_html(*root->child("p")), "<p>1 &lt; 2</p>");
}

TEST(FindAll, GoesInDocumentOrderAndNotBelowAMatch) {
    const auto root = parse_xml("<a><x n='1'><x n='2'/></x><b><x n='3'/></b></a>");
    std::string order;
    for (const auto* x : root->find_all([](const XmlElement& element) { return element.name == "x"; }))
        order += *x->attribute("n");
    EXPECT_EQ(order, "13");
}

}  // namespace
}  // namespace platform::markup
