#include "platform/intl/normal_form.hpp"

#include <gtest/gtest.h>

namespace platform::intl {
namespace {

TEST(Nfc, OneLetterHasOneSpelling) {
    EXPECT_EQ(nfc("Ame\xcc\x81lie"), "Am\xc3\xa9lie");
    EXPECT_EQ(nfc("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), "\xed\x95\x9c");  // 한 as three jamo
    EXPECT_EQ(nfc("\xe2\x84\xab"), "\xc3\x85");                              // the Ångström sign is the letter
}

TEST(Nfc, WhatOnlyLooksAlikeStaysApart) {
    EXPECT_EQ(nfc("\xef\xac\x81"), "\xef\xac\x81");  // the ligature fi; only form KC would take it apart
    EXPECT_EQ(nfc("  Ab\tC "), "  Ab\tC ");
    EXPECT_EQ(nfc(""), "");
}

TEST(Nfc, MalformedBytesAreReplaced) {
    EXPECT_EQ(nfc("a\xff"), "a\xef\xbf\xbd");
}

TEST(Folded, CaseDoesNotCount) {
    EXPECT_EQ(folded("STRASSE"), folded("straße"));
    EXPECT_EQ(folded("E\xcc\x81"), "\xc3\xa9");
}

}  // namespace
}  // namespace platform::intl
