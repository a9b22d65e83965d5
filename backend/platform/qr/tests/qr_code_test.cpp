#include "platform/qr/qr_code.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace platform::qr {
namespace {

TEST(QrCode, IsASquareWithFinderPatterns) {
    const QrCode code = qr_code("https://example.test/", Correction::medium);
    ASSERT_GE(code.width, 21U);
    ASSERT_EQ(code.modules.size(), code.width * code.width);
    const std::size_t last = code.width - 1;
    for (const auto& [x, y] :
         {std::pair{std::size_t{0}, std::size_t{0}}, {last, std::size_t{0}}, {std::size_t{0}, last}}) {
        EXPECT_TRUE(code.is_dark(x, y));
    }
    EXPECT_FALSE(code.is_dark(1, 1));
    EXPECT_TRUE(code.is_dark(3, 3));
}

TEST(QrCode, HigherCorrectionNeedsMoreModules) {
    const std::string text(100, 'x');
    EXPECT_GT(qr_code(text, Correction::high).width, qr_code(text, Correction::medium).width);
}

TEST(QrCode, WhatDoesNotFitIsRefused) {
    EXPECT_EQ(qr_code(std::string(high_capacity, 'x'), Correction::high).width, 177U);
    EXPECT_THROW(qr_code(std::string(high_capacity + 1, 'x'), Correction::high), std::invalid_argument);
    EXPECT_THROW(qr_code("", Correction::high), std::invalid_argument);
    EXPECT_THROW(qr_code(std::string("a\0b", 3), Correction::high), std::invalid_argument);
}

TEST(QrCode, SvgMayStandInADataUrl) {
    const QrCode code = qr_code("otpauth://totp/x?secret=ABC", Correction::high);
    const std::string svg = svg_of(code);
    EXPECT_TRUE(svg.starts_with("<svg "));
    EXPECT_TRUE(svg.ends_with("</svg>"));
    EXPECT_EQ(svg.find_first_of("#%"), std::string::npos);
    // The first row begins with the seven modules of a finder pattern, behind the quiet zone.
    EXPECT_NE(svg.find("M4 4.5h7M"), std::string::npos);
}

}  // namespace
}  // namespace platform::qr
