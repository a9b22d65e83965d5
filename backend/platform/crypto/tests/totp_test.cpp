#include "platform/crypto/totp.hpp"

#include "platform/crypto/base32.hpp"

#include <gtest/gtest.h>

namespace platform::crypto {
namespace {

const std::string rfc_secret = "12345678901234567890";

Time at(std::int64_t unix_seconds) {
    return Time(std::chrono::seconds(unix_seconds));
}

TEST(Totp, VectorsOfRfc6238) {
    // Appendix B, SHA1; the document prints eight digits, of which apps show the last six.
    const std::pair<std::int64_t, const char*> vectors[] = {
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
    };
    for (const auto& [time, code] : vectors) EXPECT_EQ(totp_code(rfc_secret, totp_step(at(time))), code) << time;
}

TEST(Totp, VectorsOfRfc4226) {
    const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                           "254676", "287922", "162583", "399871", "520489"};
    for (std::int64_t counter = 0; counter < 10; ++counter) EXPECT_EQ(totp_code(rfc_secret, counter), codes[counter]);
}

// ASVS 6.5.5, S018: codes outside the window are refused.
TEST(Totp, WindowIsWhatTheSkewSays) {
    const Time now = at(1'000'000'000);
    const std::int64_t step = totp_step(now);
    const auto matches = [&](std::int64_t offset, TotpSkew skew) {
        return matching_totp_step(rfc_secret, totp_code(rfc_secret, step + offset), now, skew, 0).has_value();
    };
    EXPECT_TRUE(matches(0, {0, 0}));
    EXPECT_FALSE(matches(-1, {0, 0}));
    EXPECT_TRUE(matches(-1, {1, 0}));
    EXPECT_FALSE(matches(1, {1, 0}));
    EXPECT_TRUE(matches(1, {1, 1}));
    EXPECT_FALSE(matches(-2, {1, 1}));
    EXPECT_FALSE(matches(2, {1, 1}));
}

// ASVS 6.5.1, S018: a code works once, and so does every older one.
TEST(Totp, StepsUpToTheLastOneAreSpent) {
    const Time now = at(1'000'000'000);
    const std::int64_t step = totp_step(now);
    const std::string code = totp_code(rfc_secret, step);
    EXPECT_EQ(matching_totp_step(rfc_secret, code, now, {1, 1}, step - 1), step);
    EXPECT_FALSE(matching_totp_step(rfc_secret, code, now, {1, 1}, step));
    EXPECT_FALSE(matching_totp_step(rfc_secret, totp_code(rfc_secret, step - 1), now, {1, 1}, step));
}

TEST(Totp, OtherTextsMatchNothing) {
    for (const char* code : {"", "0", "28708", "2870820", "abcdef", "287 82"}) {
        EXPECT_FALSE(matching_totp_step(rfc_secret, code, at(59), {1, 1}, 0)) << code;
    }
}

TEST(Base32, VectorsOfRfc4648) {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},
        {"f", "MY"},
        {"fo", "MZXQ"},
        {"foo", "MZXW6"},
        {"foob", "MZXW6YQ"},
        {"fooba", "MZXW6YTB"},
        {"foobar", "MZXW6YTBOI"},
    };
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(base32_encode(bytes), text);
        EXPECT_EQ(base32_decode(text), bytes);
    }
    EXPECT_EQ(base32_decode("mzxw6ytboi"), "foobar");
}

TEST(Base32, OneByteStringHasOneSpelling) {
    for (const char* text : {"M", "MZX", "MZXW6Y", "MZ", "M1", "MZ XQ", "MZXQ====", "MZ0Q"}) {
        EXPECT_FALSE(base32_decode(text)) << text;
    }
}

}  // namespace
}  // namespace platform::crypto
