#include "services/course-service/src/import/captions.hpp"

#include "services/course-service/src/import/decimal_text.hpp"
#include "services/course-service/src/import/names.hpp"

#include <gtest/gtest.h>

namespace tt::course::import {
namespace {

TEST(Captions, SubRipBecomesWebVtt) {
    const auto captions = captions_from_srt(
        "1\n00:00:01,000 --> 00:00:02,500\nHello <b>you</b>\nthere --> no\n\n2\n01:00:03,5 --> 01:00:04,000 X1:0\na & "
        "b < c &amp; d\n");
    ASSERT_TRUE(captions);
    EXPECT_EQ(captions->cues, 2);
    EXPECT_EQ(captions->last_ms, 3'604'000);
    EXPECT_EQ(captions->vtt,
              "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello <b>you</b>\nthere --&gt; no\n\n01:00:03.500 --> "
              "01:00:04.000\na &amp; b &lt; c &amp; d\n");
}

TEST(Captions, ASpokenNumberIsNotTheNumberOfTheNextCue) {
    const auto captions = captions_from_srt("1\n00:01 --> 00:02\n42\n2\n00:03 --> 00:04\nyes\n");
    ASSERT_TRUE(captions);
    EXPECT_NE(captions->vtt.find("\n42\n"), std::string::npos);
    EXPECT_EQ(captions->vtt.find("\n2\n"), std::string::npos);
}

TEST(Captions, NothingReadableIsNoTrack) {
    EXPECT_FALSE(captions_from_srt(""));
    EXPECT_FALSE(captions_from_srt("hello\nworld"));
    EXPECT_FALSE(captions_from_srt("xx --> yy\nhello"));
    EXPECT_FALSE(captions_from_srt("99999999999:00 --> 1\nhello"));
    EXPECT_FALSE(captions_from_sjson("[]"));
    EXPECT_FALSE(captions_from_sjson(R"({"start":[1],"end":[2]})"));
    EXPECT_FALSE(captions_from_sjson(R"({"start":[1],"end":[2],"text":[3]})"));
}

TEST(Captions, SjsonBecomesWebVtt) {
    const auto captions = captions_from_sjson(R"({"start":[0,1500.7],"end":[1400,3000],"text":["Hi","  "]})");
    ASSERT_TRUE(captions);
    EXPECT_EQ(captions->vtt, "WEBVTT\n\n00:00:00.000 --> 00:00:01.400\nHi\n");
}

TEST(PlainDecimal, WritesNumbersOut) {
    EXPECT_EQ(plain_decimal("600"), "600");
    EXPECT_EQ(plain_decimal("+.5"), "0.5");
    EXPECT_EQ(plain_decimal("-007.50"), "-7.50");
    EXPECT_EQ(plain_decimal("1e3"), "1000");
    EXPECT_EQ(plain_decimal("1.25E-2"), "0.0125");
    EXPECT_EQ(plain_decimal("-0"), "0");
    EXPECT_EQ(plain_decimal("5", -2), "0.05");
    EXPECT_EQ(plain_decimal("0.01", -2), "0.0001");
    for (const char* text : {"", ".", "x", "1 2", "1e", "1e99", "--1", "1,5", "0x10", "inf", "nan",
                             "99999999999999999999999999999999999999999"}) {
        EXPECT_FALSE(plain_decimal(text)) << text;
    }
}

TEST(DecimalOf, IsShort) {
    EXPECT_EQ(decimal_of(0.35, 6), "0.35");
    EXPECT_EQ(decimal_of(50, 3), "50");
    EXPECT_EQ(decimal_of(1.0 / 3, 6), "0.333333");
}

TEST(Names, SlugsAreLowerCaseWords) {
    EXPECT_EQ(slugify("Module 1: Dive into the Open edX® platform!"), "module-1-dive-into-the-open-edx-platform");
    EXPECT_EQ(slugify("---"), "");
    EXPECT_EQ(slugify("日本語"), "");
    EXPECT_EQ(slugify(std::string(59, 'a') + " b"), std::string(59, 'a'));
}

TEST(Names, ReferencesAreSpelledAsOpenEdxDoes) {
    EXPECT_EQ(reference_name("Brain green.png"), "Brain_green.png");
    EXPECT_EQ(reference_name("logo (1).svg"), "logo_1_.svg");
    EXPECT_EQ(reference_name("sub/dir/x.png"), "sub_dir_x.png");
    EXPECT_EQ(percent_decode("a%20b%zz%4"), "a b%zz%4");
}

}  // namespace
}  // namespace tt::course::import
