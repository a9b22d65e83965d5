#include "services/auth-service/src/domain/refresh_token.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "services/auth-service/src/domain/rotation.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

using namespace platform;

const std::string key(32, 'k');

TEST(RefreshToken, SaysWhatWasPutIn) {
    const Uuid user = uuid_v7();
    const Uuid session = uuid_v4();
    for (const std::uint64_t counter : {0ULL, 1ULL, 127ULL, 128ULL, 300ULL, 1ULL << 62}) {
        const std::string text = make_refresh_token(user, session, counter, key);
        const auto token = parse_refresh_token(text);
        ASSERT_TRUE(token) << counter;
        EXPECT_EQ(token->user_id, user);
        EXPECT_EQ(token->session_id, session);
        EXPECT_EQ(token->counter, counter);
        EXPECT_TRUE(token->is_signed_by(key));
        EXPECT_FALSE(token->is_signed_by(std::string(32, 'x')));
        EXPECT_GE(text.size(), 54U);
        EXPECT_EQ(text.find('.'), std::string::npos);
    }
}

TEST(RefreshToken, MangledTextIsNoToken) {
    const std::string text = make_refresh_token(uuid_v7(), uuid_v4(), 5, key);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(parse_refresh_token(changed)) << i;
        EXPECT_FALSE(parse_refresh_token(text.substr(0, i))) << i;
    }
    for (const std::string& other :
         {std::string(), std::string("abcdefghijkl"), text + "=", text + "A", std::string(5000, 'A')}) {
        EXPECT_FALSE(parse_refresh_token(other));
    }
}

TEST(RefreshToken, CounterHasOneSpelling) {
    // 0x85 0x00 would be 5 again.
    const std::string part = std::string(1, 1) + std::string(32, 'i') + "\x85" + std::string(1, '\0');
    const std::string bytes = part + std::string(16, 's');
    EXPECT_FALSE(parse_refresh_token(crypto::base64url_encode(bytes + crypto::sha256(bytes).substr(0, 4))));
}

TEST(RefreshToken, AnotherSessionsSignatureDoesNotHelp) {
    const Uuid user = uuid_v7();
    const auto own = parse_refresh_token(make_refresh_token(user, uuid_v4(), 1, key));
    auto forged = parse_refresh_token(make_refresh_token(user, uuid_v4(), 2, "other key"));
    forged->signature = own->signature;
    EXPECT_FALSE(forged->is_signed_by(key));
}

TEST(Rotation, RulesOfUpstreamsSecondGeneration) {
    const Time refreshed{std::chrono::seconds(1000)};
    const SessionState session{10, refreshed};
    const auto rule = [&](std::uint64_t presented, int seconds_later) {
        return rotation_for(presented, session, refreshed + std::chrono::seconds(seconds_later),
                            std::chrono::seconds(10));
    };
    EXPECT_EQ(rule(10, 0), Rotation::advance);
    EXPECT_EQ(rule(10, 100000), Rotation::advance);
    EXPECT_EQ(rule(9, 0), Rotation::repeat_current);
    EXPECT_EQ(rule(9, 100000), Rotation::repeat_current);
    EXPECT_EQ(rule(8, 10), Rotation::repeat_current);
    EXPECT_EQ(rule(8, 11), Rotation::reused);
    EXPECT_EQ(rule(0, 11), Rotation::reused);
    EXPECT_EQ(rule(11, 0), Rotation::not_issued);
}

}  // namespace
}  // namespace tt::auth
