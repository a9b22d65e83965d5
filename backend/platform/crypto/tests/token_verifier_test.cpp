#include "platform/crypto/token_verifier.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>

namespace platform::crypto {

/// Runs a coroutine and whatever it leaves running in the background.
template <class T>
T run_until_idle(Task<T> task) {
    asio::io_context context(1);
    std::optional<T> value;
    asio::co_spawn(context.get_executor(), std::move(task), [&](std::exception_ptr failure, T result) {
        if (!failure) value.emplace(std::move(result));
    });
    context.run();
    return std::move(value.value());
}

namespace {

namespace json = boost::json;

class ManualClock final : public Clock {
public:
    Time now() const override { return now_; }
    void advance(std::chrono::seconds by) { now_ += by; }

private:
    Time now_{std::chrono::seconds(1800000000)};
};

class Issuer final : public JwksSource {
public:
    Task<std::string> fetch_jwks() override {
        ++fetches;
        if (delay.count() > 0) co_await sleep_for(delay);
        if (is_down) throw std::runtime_error("connection refused");
        json::array list;
        for (const Es256Key& key : keys) list.push_back(key.public_jwk());
        co_return json::serialize(json::object{{"keys", list}});
    }
    std::vector<Es256Key> keys{Es256Key::generate()};
    bool is_down = false;
    std::chrono::milliseconds delay{0};
    int fetches = 0;
};

struct TokenVerifierTest : ::testing::Test {
    ManualClock clock;
    Issuer issuer;
    std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("tt-jwks-" + std::to_string(getpid()) + ".json");
    int views = 0;

    ~TokenVerifierTest() override { std::filesystem::remove(file); }

    std::string token(const Es256Key& key, std::int64_t lifetime_s = 900) {
        const auto now_s = std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
        return sign_jwt(key, {{"sub", "user"}, {"iat", now_s}, {"exp", now_s + lifetime_s}});
    }
    TokenVerifier<std::string> verifier(JwksCache& jwks) {
        return {jwks, JwtPolicy{}, clock, 2, [this](const Claims& claims) -> Result<std::string> {
                    ++views;
                    return claims.subject;
                }};
    }
    JwksConfig config() const { return {.file = file}; }
};

TEST_F(TokenVerifierTest, SecondUseComesFromTheCache) {
    JwksCache jwks(issuer, config(), clock);
    auto tokens = verifier(jwks);
    const std::string text = token(issuer.keys[0]);
    EXPECT_FALSE(tokens.cached(text));
    EXPECT_EQ(**run_until_idle(tokens.verify(text)), "user");
    EXPECT_EQ(*tokens.cached(text), "user");
    EXPECT_EQ(**run_until_idle(tokens.verify(text)), "user");
    EXPECT_EQ(views, 1);
    clock.advance(std::chrono::seconds(61));
    EXPECT_FALSE(tokens.cached(text));
    EXPECT_EQ(**run_until_idle(tokens.verify(text)), "user");
    EXPECT_EQ(views, 2);
}

TEST_F(TokenVerifierTest, CacheNeverOutlivesTheToken) {
    JwksCache jwks(issuer, config(), clock);
    auto tokens = verifier(jwks);
    const std::string text = token(issuer.keys[0], 10);
    ASSERT_TRUE(run_until_idle(tokens.verify(text)));
    clock.advance(std::chrono::seconds(11));
    EXPECT_FALSE(tokens.cached(text));
}

TEST_F(TokenVerifierTest, NewKeyIsFetchedOnceAndStrangersCannotFloodTheIssuer) {
    JwksCache jwks(issuer, config(), clock);
    auto tokens = verifier(jwks);
    ASSERT_TRUE(run_until_idle(tokens.verify(token(issuer.keys[0]))));
    EXPECT_EQ(issuer.fetches, 1);
    clock.advance(std::chrono::seconds(31));
    issuer.keys.push_back(Es256Key::generate());
    EXPECT_TRUE(run_until_idle(tokens.verify(token(issuer.keys[1]))));
    EXPECT_EQ(issuer.fetches, 2);
    for (int i = 0; i < 20; ++i) {
        const auto refused = run_until_idle(tokens.verify(token(Es256Key::generate())));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::unauthenticated);
    }
    EXPECT_EQ(issuer.fetches, 2);
}

TEST_F(TokenVerifierTest, RestartWhileTheIssuerIsDownKeepsServing) {
    const std::string text = token(issuer.keys[0]);
    {
        JwksCache jwks(issuer, config(), clock);
        auto tokens = verifier(jwks);
        ASSERT_TRUE(run_until_idle(tokens.verify(text)));
    }
    issuer.is_down = true;
    JwksCache jwks(issuer, config(), clock);
    auto tokens = verifier(jwks);
    EXPECT_TRUE(run_until_idle(tokens.verify(text)));
    // A key that only the issuer could know about: an outage, not a bad token.
    const auto unknown = run_until_idle(tokens.verify(token(Es256Key::generate())));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, Code::unavailable);
}

TEST_F(TokenVerifierTest, OldDocumentIsRefreshedAfterTenMinutes) {
    JwksCache jwks(issuer, config(), clock);
    auto tokens = verifier(jwks);
    ASSERT_TRUE(run_until_idle(tokens.verify(token(issuer.keys[0]))));
    clock.advance(std::chrono::seconds(601));
    ASSERT_TRUE(run_until_idle(tokens.verify(token(issuer.keys[0]))));
    EXPECT_EQ(issuer.fetches, 2);
    issuer.is_down = true;
    clock.advance(std::chrono::seconds(601));
    EXPECT_TRUE(run_until_idle(tokens.verify(token(issuer.keys[0]))));
    EXPECT_EQ(issuer.fetches, 3);
}

TEST_F(TokenVerifierTest, HangingIssuerDelaysNobodyWhoseKeyIsKnown) {
    JwksCache jwks(issuer, config(), clock);
    auto tokens = verifier(jwks);
    ASSERT_TRUE(run_until_idle(tokens.verify(token(issuer.keys[0]))));
    clock.advance(std::chrono::seconds(601));
    issuer.delay = std::chrono::milliseconds(2000);
    asio::io_context context(1);
    bool is_verified = false;
    asio::co_spawn(context.get_executor(), tokens.verify(token(issuer.keys[0])),
                   [&](std::exception_ptr, auto verified) { is_verified = verified.has_value(); });
    context.run_for(std::chrono::milliseconds(500));
    EXPECT_TRUE(is_verified);
}

TEST(LruCache, ForgetsWhatWasUsedLongestAgo) {
    LruCache<int> cache(2);
    cache.put("a", 1);
    cache.put("b", 2);
    EXPECT_EQ(*cache.find("a"), 1);
    cache.put("c", 3);
    EXPECT_FALSE(cache.find("b"));
    EXPECT_EQ(*cache.find("a"), 1);
    cache.put("a", 4);
    EXPECT_EQ(*cache.find("a"), 4);
    EXPECT_EQ(cache.size(), 2U);
    cache.erase("a");
    EXPECT_FALSE(cache.find("a"));
}

}  // namespace
}  // namespace platform::crypto
