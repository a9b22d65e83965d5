#include "shared/utils/letter.hpp"

#include <gtest/gtest.h>

namespace tt {
namespace {

TEST(Letters, TextAndHtmlSayTheSame) {
    const auto mail = letter_to("ada@example.com", {.subject = "S",
                                                    .heading = "Heading",
                                                    .lead = "Lead.",
                                                    .button = "Press",
                                                    .link = "http://site.test/?a=1&b=2",
                                                    .code = "123456",
                                                    .footer = "Foot."});
    EXPECT_EQ(mail.to.email, "ada@example.com");
    EXPECT_EQ(mail.text,
              "Heading\n\nLead.\n\nPress:\nhttp://site.test/?a=1&b=2\n\nOr enter this code: 123456\n\nFoot.\n");
    for (const auto* part : {"Heading", "Lead.", "Press", "http://site.test/?a=1&amp;b=2", "123456", "Foot."}) {
        EXPECT_NE(mail.html.find(part), std::string::npos) << part;
    }
}

TEST(Letters, ACodeWithoutALinkHasNoButton) {
    const auto mail = letter_to("a@b.cc", {.subject = "S", .heading = "H", .lead = "L", .code = "1", .footer = "F"});
    EXPECT_EQ(mail.text, "H\n\nL\n\nEnter this code: 1\n\nF\n");
    EXPECT_EQ(mail.html.find("<a "), std::string::npos);
}

TEST(Letters, WhatPeopleTypedIsNoMarkup) {  // S081, S084
    const auto mail = letter_to("a@b.cc", {.subject = "S",
                                           .heading = "<b>{{7*7}}</b>",
                                           .lead = "\"><script>",
                                           .button = "<i>",
                                           .link = "http://x/\"onclick=",
                                           .footer = "&"});
    EXPECT_EQ(mail.html.find("<script>"), std::string::npos);
    EXPECT_EQ(mail.html.find("<b>"), std::string::npos);
    EXPECT_EQ(mail.html.find("\"onclick"), std::string::npos);
    EXPECT_NE(mail.html.find("{{7*7}}"), std::string::npos) << "literally";
}

}  // namespace
}  // namespace tt
