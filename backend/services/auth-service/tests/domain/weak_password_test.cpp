#include "services/auth-service/src/domain/weak_password.hpp"

#include "services/auth-service/src/domain/common_passwords.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace tt::auth {
namespace {

TEST(CommonPasswords, TheListIsSortedAndLongEnough) {
    EXPECT_TRUE(std::ranges::is_sorted(common_passwords));
    EXPECT_GE(std::size(common_passwords), 10'000U);
}

// S003: what everybody tries, and what everybody does to it when a form asks for a digit and a sign.
TEST(CommonPasswords, AreRefusedHoweverTheyAreDressed) {
    for (const char* common :
         {"password",     "12345678",   "qwertyuiop", "iloveyou",    "sunshine",    "baseball1",   "PASSWORD",
          "Password1",    "Password1!", "P@ssw0rd",   "P@ssw0rd123", "sunshine24!", "Dragon2024!", "!!monkey12",
          "m0nk3y12",     "letmein123", "aaaaaaaa",   "12121212",    "abcabcabc",   "abcdefgh",    "87654321",
          "monkeymonkey", "qwerty123",  "1q2w3e4r5t", "trustno1",    "football99"}) {
        EXPECT_TRUE(is_common_password(common)) << common;
    }
}

// S002: length is what counts, so nothing long is refused for its looks.
TEST(CommonPasswords, OthersAreNot) {
    const std::string key = "\xF0\x9F\x94\x91";
    std::string keys;
    for (int i = 0; i < 8; ++i) keys += key;
    for (const std::string& other :
         {std::string("correct horse"), std::string("battery staple"), std::string("a long enough passphrase"),
          std::string("kx7-Vq2m"), std::string("securepassword"), std::string("zebra umbrella 12"),
          std::string(64, 'x'), std::string(72, 'a'), std::string(128, '1'), keys, std::string("  spaces around  "),
          std::string("dragonfly-lantern")}) {
        EXPECT_FALSE(is_common_password(other)) << other;
    }
}

// ASVS 6.2.11
TEST(ContextWords, ThePersonAndTheSiteAreNoSecret) {
    auto words = words_of("ada.lovelace@example.com", "Ada King");
    words.push_back("trendtactics");
    for (const char* weak :
         {"TrendTactics1", "trendtactics", "Tr3ndT4ctics!!", "trend-tactics-2024", "TrendTacticsTrendTactics",
          "ada.lovelace", "AdaLovelace99", "lovelace1815", "Lovel4ce!ada", "adaking2024", "adatrendtactics"}) {
        EXPECT_TRUE(is_made_of(weak, words)) << weak;
    }
    for (const char* fine : {"correct horse", "trendtactics purple otter", "lovelace invented loops",
                             "kingfisher-dives", "canada geese fly"}) {
        EXPECT_FALSE(is_made_of(fine, words)) << fine;
    }
}

TEST(ContextWords, NothingKnownRefusesNothing) {
    EXPECT_TRUE(words_of("", "").empty());
    EXPECT_TRUE(words_of("a@b.example", "A B").empty()) << "initials say nothing";
    EXPECT_FALSE(is_made_of("anything at all", {}));
}

}  // namespace
}  // namespace tt::auth
