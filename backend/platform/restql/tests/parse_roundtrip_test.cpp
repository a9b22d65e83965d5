#include "platform/restql/parse/query_string.hpp"
#include "platform/restql/tests/parse_generator.hpp"
#include "platform/restql/tests/parse_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

constexpr std::uint64_t rounds = 2000;

/// What was meant is understood, however it has to be spelled.
TEST(ParseRoundTrip, EveryQueryIsUnderstoodAsItWasMeant) {
    for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
        const auto spelled = parse_test::Generator(seed).query();
        const auto parameters = decode_parameters(spelled.text);
        ASSERT_TRUE(parameters) << "seed " << seed << " " << spelled.text;
        Budget budget;
        const auto parsed = parse_query(*parameters, false, budget);
        ASSERT_EQ(parse_test::outcome(parsed), parse_test::show(spelled.query))
            << "seed " << seed << " " << http::decode_query(spelled.text);
    }
}

/// A damaged query is understood or refused as PGRST100, and the place it names lies in the text.
TEST(ParseRoundTrip, DamagedQueriesAreRefusedInPlace) {
    std::mt19937_64 random(7);
    constexpr std::string_view bytes = "()\"\\,.:!->*{} abeqin0\n";
    for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
        auto parameters = *decode_parameters(parse_test::Generator(seed).query().text);
        auto& value = *parameters[random() % parameters.size()].value;
        const auto place = random() % (value.size() + 1);
        if (place < value.size() && static_cast<unsigned char>(value[place]) < 0x80) value.erase(place, 1);
        if (place == value.size() || (static_cast<unsigned char>(value[place]) & 0xc0u) != 0x80u) {
            value.insert(place, 1, bytes[random() % bytes.size()]);
        }
        Budget budget;
        const auto parsed = parse_query(parameters, false, budget);
        if (parsed) continue;
        EXPECT_EQ(parsed.error().code, "PGRST100") << "seed " << seed;
        EXPECT_TRUE(parsed.error().details && parsed.error().details->starts_with("unexpected "))
            << "seed " << seed << " " << parse_test::show(parsed.error());
    }
}

}  // namespace
}  // namespace platform::restql
