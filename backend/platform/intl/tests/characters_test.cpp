#include "platform/intl/characters.hpp"

#include <gtest/gtest.h>

namespace platform::intl {
namespace {

TEST(Characters, LettersOfAllScripts) {
    for (const char32_t letter : {U'a', U'Z', U'ß', U'ж', U'名', U'ا', U'ʰ', U'ǅ', U'𝒜'}) {
        EXPECT_TRUE(is_letter(letter)) << static_cast<std::uint32_t>(letter);
    }
    for (const char32_t other : {U'7', U'_', U'-', U' ', U'٣', U'\u0301', U'€', U'😀', U'\0'}) {
        EXPECT_FALSE(is_letter(other)) << static_cast<std::uint32_t>(other);
    }
}

TEST(Characters, BlanksOfAllScripts) {
    for (const char32_t blank : {U' ', U'\u00a0', U'\u2003', U'\u3000'}) EXPECT_TRUE(is_space(blank));
    for (const char32_t other : {U'\t', U'\n', U'a', U'\u200b', U'\u2028'}) EXPECT_FALSE(is_space(other));
}

}  // namespace
}  // namespace platform::intl
