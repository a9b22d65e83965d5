#include "platform/pdf/page.hpp"

#include <gtest/gtest.h>

namespace platform::pdf {
namespace {

const DocumentInfo info{"Title", "Author", "Subject", Time(std::chrono::seconds(1'700'000'000))};

std::string draw(std::string_view text, Time created_at = info.created_at) {
    DocumentInfo stamped = info;
    stamped.created_at = created_at;
    Page page(a4_landscape, stamped);
    page.fill({0, 0, 100, 100}, rgb(0x0E2C21));
    page.outline_rounded({10, 10, 80, 80}, 6, {.color = rgb(0xFF0000), .width_pt = 2, .dash_pt = 3});
    page.text({50, 50}, 400, text, {.size_pt = 20});
    page.qr({500, 50}, 100, "https://example.org/verify", rgb(0));
    page.link({50, 50, 400, 20}, "https://example.org/");
    return page.finish();
}

TEST(Page, SameCallsGiveTheSameBytes) {
    for (const auto* text : {"plain", "名前 اسم नाम", "🎓"}) EXPECT_EQ(draw(text), draw(text)) << text;
}

TEST(Page, TheDateIsTheGivenOne) {
    EXPECT_NE(draw("x"), draw("x", info.created_at + std::chrono::hours(1)));
}

TEST(Page, FittedTextShrinksIntoItsBoxAndIsCutAtTheSmallestSize) {
    Page page(a4_landscape, info);
    const TextStyle style{.size_pt = 40};
    const double one_line = page.fitted_text({0, 0, 400, 60}, "short", style, 10);
    EXPECT_GT(one_line, 30);
    std::string words;
    for (int i = 0; i < 12; ++i) words += "several words ";
    EXPECT_LE(page.fitted_text({0, 0, 400, 60}, words, style, 5), 60);
    for (int i = 0; i < 200; ++i) words += "far too many words ";
    EXPECT_LE(page.fitted_text({0, 0, 400, 60}, words, style, 10), 75) << "a last line may begin inside the box";
}

TEST(Page, ContentThatNoQrCodeHoldsIsRefused) {
    Page page(a4_landscape, info);
    EXPECT_THROW(page.qr({0, 0}, 100, std::string(5000, 'x'), rgb(0)), std::invalid_argument);
}

TEST(Page, AnAddressCannotLeaveItsAttribute) {
    Page page(a4_landscape, info);
    EXPECT_THROW(page.link({0, 0, 10, 10}, "https://example.org/' rect=[0 0 1 1]"), std::invalid_argument);
}

TEST(Page, MalformedTextDoesNoHarm) {
    EXPECT_TRUE(draw("\xFF\xFE broken \xC3").starts_with("%PDF"));
}

}  // namespace
}  // namespace platform::pdf
