#include "services/progress-service/src/domain/certificate_number.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace tt::progress {
namespace {

const Time day = *parse_rfc3339("2026-06-30T23:00:00Z");

TEST(CertificateNumber, HasTheAnnouncedForm) {
    EXPECT_EQ(certificate_number(0, day), "TT-2026-0000000000000");
    std::mt19937_64 random(5);
    for (int i = 0; i < 1000; ++i) {
        const auto number = certificate_number(static_cast<std::int64_t>(random()), day);
        EXPECT_EQ(number.size(), 21U);
        EXPECT_TRUE(is_certificate_number(number)) << number;
    }
}

TEST(CertificateNumber, CheckCharacterCatchesEverySingleTypo) {
    const std::string number = certificate_number(0x123456789ABCDEF, day);
    for (std::size_t i = 8; i < number.size(); ++i) {
        for (const char c : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
            if (c == number[i]) continue;
            std::string typo = number;
            typo[i] = c;
            EXPECT_FALSE(is_certificate_number(typo)) << typo;
        }
    }
    for (const auto* text : {"", "TT-2026-", "TT-26-0000000000000", "XX-2026-0000000000000", "TT-2026-000000000000U"}) {
        EXPECT_FALSE(is_certificate_number(text)) << text;
    }
}

TEST(VerificationCode, HoldsAll128Bits) {
    std::array<std::uint8_t, 16> bytes{};
    EXPECT_EQ(verification_code(bytes), std::string(26, '0'));
    bytes.fill(0xFF);
    EXPECT_EQ(verification_code(bytes), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    std::set<std::string> codes;
    for (std::size_t bit = 0; bit < 128; ++bit) {
        std::array<std::uint8_t, 16> one{};
        one[bit / 8] = static_cast<std::uint8_t>(1U << (bit % 8));
        codes.insert(verification_code(one));
    }
    EXPECT_EQ(codes.size(), 128U);
}

TEST(VerificationCode, IsReadAsPeopleTypeIt) {
    const std::string code = "7ZZZZZZZZZ0123456789ABCDEF";
    EXPECT_EQ(normalise_verification_code("7zzzzzzzzz-oi23456789-abcdef"), code);
    EXPECT_EQ(normalise_verification_code(code), code);
    for (const auto* text :
         {"", "7ZZZ", "7ZZZZZZZZZ0123456789ABCDEU", "7ZZZZZZZZZ0123456789ABCDEF0", "../../etc/passwd"}) {
        EXPECT_FALSE(normalise_verification_code(text)) << text;
    }
}

}  // namespace
}  // namespace tt::progress
