#include "services/content-service/src/newsletter.hpp"

#include <gtest/gtest.h>

namespace tt::content {
namespace {

TEST(NormalizeEmail, TrimsAndLowersOnePlainAddress) {
    EXPECT_EQ(normalize_email("  Jane.Doe@Example.COM\t"), "jane.doe@example.com");
    EXPECT_EQ(normalize_email("a+b@c.de"), "a+b@c.de");
}

TEST(NormalizeEmail, RefusesWhatWouldReachSomebodyElse) {
    for (const std::string text : {"", " ", "jane", "@example.com", "jane@", "a@b.de, c@d.de", "Jane <a@b.de>",
                                   "a@b.de\r\nBcc: x@y.de", "a b@c.de", "a@b@c.de", "a@b..de"}) {
        EXPECT_FALSE(normalize_email(text)) << text;
    }
    EXPECT_FALSE(normalize_email(std::string(250, 'a') + "@b.de"));
}

TEST(MaskEmail, ShowsOneLetterAndTheDomain) {
    EXPECT_EQ(mask_email("jane@example.com"), "j•••@example.com");
    EXPECT_EQ(mask_email("@example.com"), "•••");
    EXPECT_EQ(mask_email("nonsense"), "•••");
}

}  // namespace
}  // namespace tt::content
