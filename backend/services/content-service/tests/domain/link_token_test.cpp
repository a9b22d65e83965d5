#include "services/content-service/src/domain/link_token.hpp"

#include <gtest/gtest.h>

namespace tt::content {
namespace {

const Time now = parse_rfc3339("2026-01-01T00:00:00Z").value();
const LinkTokens tokens(std::string(32, 'k'));

TEST(LinkTokens, NameTheirSubscriber) {
    const auto subscriber = uuid_v7();
    EXPECT_EQ(tokens.read_confirmation(tokens.confirmation(subscriber, now), now), subscriber);
    EXPECT_EQ(tokens.read_unsubscription(tokens.unsubscription(subscriber)), subscriber);
}

TEST(LinkTokens, AConfirmationExpires) {
    const auto token = tokens.confirmation(uuid_v7(), now + std::chrono::hours(72));
    EXPECT_TRUE(tokens.read_confirmation(token, now + std::chrono::hours(72)));
    EXPECT_FALSE(tokens.read_confirmation(token, now + std::chrono::hours(72) + std::chrono::seconds(1)));
}

TEST(LinkTokens, OnePurposeIsNotTheOther) {
    const auto subscriber = uuid_v7();
    EXPECT_FALSE(tokens.read_unsubscription(tokens.confirmation(subscriber, now + std::chrono::hours(1))));
    EXPECT_FALSE(tokens.read_confirmation(tokens.unsubscription(subscriber), now));
}

TEST(LinkTokens, EveryChangedCharacterIsNoticed) {
    const std::string token = tokens.unsubscription(uuid_v7());
    for (std::size_t i = 0; i < token.size(); ++i) {
        for (const char other : {'A', 'B', '_', '=', '\0'}) {
            std::string forged = token;
            if (forged[i] == other) continue;
            forged[i] = other;
            EXPECT_FALSE(tokens.read_unsubscription(forged)) << "position " << i;
        }
    }
}

TEST(LinkTokens, OtherLengthsAndOtherKeysAreRefused) {
    const std::string token = tokens.unsubscription(uuid_v7());
    EXPECT_FALSE(tokens.read_unsubscription(""));
    EXPECT_FALSE(tokens.read_unsubscription(token + "A"));
    EXPECT_FALSE(tokens.read_unsubscription(token.substr(1)));
    EXPECT_FALSE(tokens.read_unsubscription(std::string(100'000, 'A')));
    EXPECT_FALSE(LinkTokens(std::string(32, 'x')).read_unsubscription(token));
}

}  // namespace
}  // namespace tt::content
