#include "platform/core/text.hpp"

#include <gtest/gtest.h>

namespace platform {
namespace {

TEST(EscapeHtml, ATextCanEndNeitherAnElementNorAnAttribute) {
    EXPECT_EQ(escape_html(R"(<a title="x" id='y'> & é)"), "&lt;a title=&quot;x&quot; id=&#39;y&#39;&gt; &amp; é");
    EXPECT_EQ(escape_html(""), "");
}

TEST(Utf8, EveryLengthIsRead) {
    EXPECT_EQ(utf8_sequence_length("az"), 1U);
    EXPECT_EQ(utf8_sequence_length("éz"), 2U);
    EXPECT_EQ(utf8_sequence_length("東z"), 3U);
    EXPECT_EQ(utf8_sequence_length("🚀z"), 4U);
    EXPECT_TRUE(is_utf8("aé東🚀"));
    EXPECT_TRUE(is_utf8(""));
    EXPECT_EQ(count_characters("aé東🚀"), 4U);
}

TEST(Utf8, WhatNoEncoderWritesIsRefused) {
    const std::string_view broken[] = {
        "",                  // nothing
        "\x80",              // begins with a continuation
        "\xc3",              // cut off
        "\xe6\x9d",          // cut off
        "\xc3(",             // no continuation
        "\xc0\xaf",          // "/" overlong
        "\xe0\x9f\xbf",      // overlong
        "\xf0\x8f\xbf\xbf",  // overlong
        "\xed\xa0\x80",      // a surrogate
        "\xf4\x90\x80\x80",  // beyond U+10FFFF
        "\xf5\x80\x80\x80",  // beyond U+10FFFF
        "\xff\xfe",          // UTF-16's mark
    };
    for (const auto text : broken) EXPECT_EQ(utf8_sequence_length(text), 0U) << text;
    EXPECT_FALSE(is_utf8("fine until \xed\xa0\x80"));
}

TEST(Lower, OnlyAsciiLettersChange) {
    EXPECT_EQ(lower_ascii("ABCxyz019@[`{É"), "abcxyz019@[`{É");
}

TEST(Trimmed, BlanksGoAtBothEnds) {
    EXPECT_EQ(trimmed(" \t\r\n a b \n"), "a b");
    EXPECT_EQ(trimmed(" \t"), "");
    EXPECT_EQ(trimmed("\na ", " "), "\na");
}

}  // namespace
}  // namespace platform
