#include "services/progress-service/src/domain/exact.hpp"
#include "services/progress-service/src/domain/number_input.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tt::progress {
namespace {

TEST(Exact, ReadsPlainDecimalsOnly) {
    EXPECT_EQ(parse_exact("-12.50"), Exact(-25, 2));
    EXPECT_EQ(parse_exact("0.0001"), Exact(1, 10000));
    for (const auto* text : {"", "-", ".", "1.", ".5", "1e3", "1,5", " 1", "1 ", "--1", "1.2.3", "0x1"}) {
        EXPECT_FALSE(parse_exact(text)) << text;
    }
    EXPECT_FALSE(parse_exact(std::string(41, '9')));
}

TEST(Exact, RoundsHalfAwayFromZero) {
    EXPECT_EQ(to_fixed(Exact(2, 3), 2), "0.67");
    EXPECT_EQ(to_fixed(Exact(1, 200), 2), "0.01");
    EXPECT_EQ(to_fixed(Exact(-1, 200), 2), "-0.01");
    EXPECT_EQ(to_fixed(Exact(-1, 1000), 2), "0.00");
    EXPECT_EQ(to_fixed(Exact(7), 0), "7");
    EXPECT_EQ(to_display(Exact(200, 3), 2), "66.67");
    EXPECT_EQ(to_display(Exact(5, 2), 4), "2.5");
    EXPECT_EQ(to_display(Exact(100), 2), "100");
    EXPECT_EQ(to_display(Exact(0), 2), "0");
}

TEST(Exact, FixedTextReadsBackAsItself) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 2000; ++i) {
        const Exact value(static_cast<std::int64_t>(random() % 20'000'001) - 10'000'000, 10'000);
        EXPECT_EQ(exact(to_fixed(value, 4)), value);
    }
}

struct Written {
    const char* text;
    DecimalMark mark;
    std::vector<const char*> values;
};

TEST(NumberInput, ReadsWhatPeopleWrite) {
    const Written cases[] = {
        {"3.5", DecimalMark::unknown, {"3.5"}},
        {"3,5", DecimalMark::unknown, {"3.5"}},
        {"  42 ", DecimalMark::unknown, {"42"}},
        {"-7", DecimalMark::unknown, {"-7"}},
        {"+7", DecimalMark::unknown, {"7"}},
        {"\u22127,5", DecimalMark::comma, {"-7.5"}},
        {"1,234.5", DecimalMark::unknown, {"1234.5"}},
        {"1.234,5", DecimalMark::unknown, {"1234.5"}},
        {"1 234,5", DecimalMark::unknown, {"1234.5"}},
        {"1\u00A0234\u00A0567", DecimalMark::unknown, {"1234567"}},
        {"1'234.5", DecimalMark::unknown, {"1234.5"}},
        {"12,34,567", DecimalMark::unknown, {"1234567"}},
        {"1,234", DecimalMark::point, {"1234"}},
        {"1,234", DecimalMark::comma, {"1.234"}},
        {"1,234", DecimalMark::unknown, {"1.234", "1234"}},
        {"1.234", DecimalMark::point, {"1.234"}},
        {"1.234", DecimalMark::comma, {"1.234", "1234"}},
        {"0,125", DecimalMark::point, {"0.125"}},
        {"45 %", DecimalMark::unknown, {"0.45"}},
        {"12,5%", DecimalMark::unknown, {"0.125"}},
        {"1.5e3", DecimalMark::unknown, {"1500"}},
        {"1.5E-3", DecimalMark::unknown, {"0.0015"}},
        {"1.5 \u00D7 10^3", DecimalMark::unknown, {"1500"}},
        {"2x10^-2", DecimalMark::unknown, {"0.02"}},
        {"\u0663\u066B\u0665", DecimalMark::unknown, {"3.5"}},
        {"\u0967\u0968", DecimalMark::unknown, {"12"}},
        {".5", DecimalMark::unknown, {"0.5"}},
    };
    for (const auto& [text, mark, values] : cases) {
        std::vector<Exact> expected;
        for (const auto* value : values) expected.push_back(exact(value));
        EXPECT_EQ(read_number(text, mark), expected) << text;
    }
}

TEST(NumberInput, RefusesWhatIsNoNumber) {
    for (const auto* text : {"", "abc", "1.2.3.4x", "1,23,4", "1 2", "--3", "1e", "1e999", "1e9999", "e5", "3.5.6", "%",
                             "1/2", "NaN", "inf", "12 34", "1,2.3,4"}) {
        EXPECT_TRUE(read_number(text, DecimalMark::unknown).empty()) << text;
    }
    EXPECT_TRUE(read_number(std::string(65, '1'), DecimalMark::unknown).empty());
}

TEST(NumberInput, SurvivesAnyBytes) {
    std::mt19937_64 random(7);
    const std::string_view alphabet = "0123456789.,'- +eE%^x*\xC2\xA0\xE2\x88\x92\xFF";
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (std::size_t n = random() % 20; n > 0; --n) text += alphabet[random() % alphabet.size()];
        EXPECT_LE(read_number(text, DecimalMark(random() % 3)).size(), 2U);
    }
}

TEST(NumberInput, KnowsDecimalMarksOfLanguages) {
    EXPECT_EQ(decimal_mark_of("de-AT"), DecimalMark::comma);
    EXPECT_EQ(decimal_mark_of("pt_BR"), DecimalMark::comma);
    EXPECT_EQ(decimal_mark_of("EN"), DecimalMark::point);
    EXPECT_EQ(decimal_mark_of("tlh"), DecimalMark::unknown);
    EXPECT_EQ(decimal_mark_of(""), DecimalMark::unknown);
}

}  // namespace
}  // namespace tt::progress
