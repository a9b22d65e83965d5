#include "platform/restql/auth/token.hpp"
#include "platform/restql/tests/token_kit.hpp"

#include <gtest/gtest.h>

namespace platform::restql {
namespace {

using token_test::Signer;

const std::string secret = "a secret of at least thirty-two bytes";
const Time now = Time(std::chrono::seconds(1'800'000'000));

std::string at(std::int64_t offset) {
    return std::to_string(1'800'000'000 + offset);
}

std::shared_ptr<TokenReader> reader(TokenConfig config) {
    auto made = TokenReader::make(std::move(config));
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return *made;
}

std::shared_ptr<TokenReader> reader_of(const std::string& keys) {
    return reader({.secret = keys, .anonymous_role = "visitor"});
}

ApiResult<Caller> read(TokenReader& tokens, const std::string& token, Time time = now) {
    http::Request request;
    request.headers.set("Authorization", "Bearer " + token);
    return tokens.read(request, time);
}

/// The role, or the code and message of the refusal.
std::string outcome(TokenReader& tokens, const std::string& token, Time time = now) {
    const auto caller = read(tokens, token, time);
    return caller ? caller->role : caller.error().code + " " + caller.error().message;
}

std::string claims_outcome(const std::string& claims, std::optional<std::string> audience = {}) {
    const auto tokens = reader({.secret = secret, .audience = std::move(audience), .anonymous_role = "visitor"});
    return outcome(*tokens, Signer("HS256", secret).sign(claims));
}

constexpr const char* worker = R"({"role":"worker","sub":"ada"})";
constexpr const char* wrong_key = "PGRST301 No suitable key or wrong key type";

class EveryAlgorithm : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryAlgorithm, IsReadWithItsKeyAndNoOther) {
    const std::string algorithm = GetParam();
    const std::string own_secret(64, 'k');
    const Signer ours(algorithm, own_secret);
    const Signer others(algorithm, std::string(64, 'x'));
    const auto tokens = reader_of(ours.jwk());
    const auto caller = read(*tokens, ours.sign(worker));
    ASSERT_TRUE(caller) << caller.error().message;
    EXPECT_EQ(caller->role, "worker");
    EXPECT_FALSE(caller->is_anonymous);
    EXPECT_EQ(caller->claims_json, worker);
    EXPECT_EQ(outcome(*tokens, others.sign(worker)), wrong_key);
    std::string changed = ours.sign(worker);
    changed[changed.rfind('.') + 5] ^= 1;
    EXPECT_NE(outcome(*tokens, changed), "worker");
}

INSTANTIATE_TEST_SUITE_P(Token, EveryAlgorithm,
                         ::testing::Values("HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384",
                                           "PS512", "ES256", "ES384", "ES512", "EdDSA"));

TEST(Token, KidChoosesAmongKeys) {
    const Signer first("ES256");
    const Signer second("ES256");
    const Signer third("RS256");
    const auto tokens = reader_of("{\"keys\":[" + first.jwk(R"(,"kid":"one")") + "," + second.jwk(R"(,"kid":"two")") +
                                  "," + third.jwk() + "]}");
    EXPECT_EQ(outcome(*tokens, first.sign(worker)), "worker");  // without a kid every key of the algorithm is tried
    EXPECT_EQ(outcome(*tokens, second.sign(worker)), "worker");
    EXPECT_EQ(outcome(*tokens, second.sign(second.header(R"(,"kid":"two")"), worker)), "worker");
    EXPECT_EQ(outcome(*tokens, second.sign(second.header(R"(,"kid":"one")"), worker)), wrong_key);
    EXPECT_EQ(outcome(*tokens, second.sign(second.header(R"(,"kid":"three")"), worker)), wrong_key);
    EXPECT_EQ(outcome(*tokens, third.sign(worker)), "worker");
}

TEST(Token, TheKeySaysWhichAlgorithm) {
    const Signer rsa("RS256");
    const auto tokens = reader_of(rsa.jwk());
    // The classic confusion: the public key, which everybody has, as the secret of an HMAC.
    const Signer forger("HS256", rsa.jwk());
    EXPECT_EQ(outcome(*tokens, forger.sign(worker)), wrong_key);
    EXPECT_EQ(outcome(*tokens, rsa.sign(R"({"alg":"RS512"})", worker)), wrong_key);
    EXPECT_EQ(outcome(*tokens, rsa.sign(R"({"alg":"none"})", worker)),
              "PGRST301 Wrong or unsupported encoding algorithm");
    for (const char* header : {R"({"alg":"nOnE"})", R"({"alg":""})", R"({"alg":7})", "{}", R"({"typ":"JWT"})"}) {
        EXPECT_EQ(outcome(*tokens, rsa.sign(header, worker)), wrong_key) << header;
    }
    const auto texts = reader_of(secret);
    EXPECT_EQ(outcome(*texts, Signer("HS512", secret).sign(worker)), wrong_key);
}

TEST(Token, WhatIsNoToken) {
    const auto tokens = reader_of(secret);
    EXPECT_EQ(outcome(*tokens, ""), "PGRST301 Empty JWT is sent in Authorization header");
    EXPECT_EQ(outcome(*tokens, "a.b"), "PGRST301 Expected 3 parts in JWT; got 2");
    EXPECT_EQ(outcome(*tokens, "a.b.c.d"), "PGRST301 Expected 3 parts in JWT; got 4");
    EXPECT_EQ(outcome(*tokens, "!.b.c"), "PGRST301 JWT cryptographic operation failed");
    EXPECT_EQ(outcome(*tokens, "e30x.b.c").substr(0, 8), "PGRST301");
    const Signer signer("HS256", secret);
    EXPECT_EQ(outcome(*tokens, signer.sign("[1]")), "PGRST303 Parsing claims failed");
    EXPECT_EQ(outcome(*tokens, signer.sign("{")), "PGRST303 Parsing claims failed");
}

TEST(Token, RefusalsSayHowToAuthenticate) {
    const auto tokens = reader_of(secret);
    const auto refused = read(*tokens, "a.b");
    EXPECT_EQ(refused.error().status, 401U);
    ASSERT_EQ(refused.error().headers.size(), 1U);
    EXPECT_EQ(refused.error().headers[0].second,
              "Bearer error=\"invalid_token\", error_description=\"Expected 3 parts in JWT; got 2\"");
}

TEST(Token, WithoutOne) {
    http::Request request;
    const auto open = reader_of(secret)->read(request, now);
    ASSERT_TRUE(open);
    EXPECT_EQ(open->role, "visitor");
    EXPECT_TRUE(open->is_anonymous);
    EXPECT_EQ(open->claims_json, R"({"role":"visitor"})");
    const auto closed = reader({.secret = secret})->read(request, now);
    EXPECT_EQ(closed.error().code, "PGRST302");
    request.headers.set("Authorization", "Basic YTpi");
    EXPECT_TRUE(reader_of(secret)->read(request, now));
    request.headers.set("Authorization", "bEARER   " + Signer("HS256", secret).sign(worker));
    EXPECT_EQ(reader_of(secret)->read(request, now)->role, "worker");
}

TEST(Token, WithoutASecret) {
    const auto tokens = reader({.anonymous_role = "visitor"});
    const auto refused = read(*tokens, Signer("HS256", secret).sign(worker));
    EXPECT_EQ(refused.error().status, 500U);
    EXPECT_EQ(refused.error().code, "PGRST300");
}

TEST(Token, TimesMayBeThirtySecondsOff) {
    const auto with = [](const std::string& claim, const std::string& value) {
        return claims_outcome("{\"role\":\"worker\",\"" + claim + "\":" + value + "}");
    };
    EXPECT_EQ(with("exp", at(1)), "worker");
    EXPECT_EQ(with("exp", at(-30)), "worker");
    EXPECT_EQ(with("exp", at(-31)), "PGRST303 JWT expired");
    EXPECT_EQ(with("nbf", at(30)), "worker");
    EXPECT_EQ(with("nbf", at(31)), "PGRST303 JWT not yet valid");
    EXPECT_EQ(with("iat", at(30)), "worker");
    EXPECT_EQ(with("iat", at(31)), "PGRST303 JWT issued at future");
    EXPECT_EQ(with("exp", at(100) + ".5"), "worker");
    EXPECT_EQ(with("exp", "null"), "worker");
    EXPECT_EQ(with("exp", "\"soon\""), "PGRST303 The JWT 'exp' claim must be a number");
    EXPECT_EQ(with("nbf", "{}"), "PGRST303 The JWT 'nbf' claim must be a number");
    EXPECT_EQ(with("exp", "18446744073709551615"), "worker");
    EXPECT_EQ(with("exp", "1e300"), "worker");
}

TEST(Token, Audience) {
    const auto with = [](const std::string& audience) {
        return claims_outcome(R"({"role":"worker","aud":)" + audience + "}", "shop");
    };
    constexpr const char* elsewhere = "PGRST303 JWT not in audience";
    EXPECT_EQ(claims_outcome(worker, "shop"), "worker");  // a token for everybody
    EXPECT_EQ(with(R"("shop")"), "worker");
    EXPECT_EQ(with(R"(["other","shop"])"), "worker");
    EXPECT_EQ(with("[]"), "worker");
    EXPECT_EQ(with("null"), "worker");
    EXPECT_EQ(with(R"("other")"), elsewhere);
    EXPECT_EQ(with(R"(["other"])"), elsewhere);
    EXPECT_EQ(with(R"("sho")"), elsewhere);
    EXPECT_EQ(with("7"), "PGRST303 The JWT 'aud' claim must be a string or an array of strings");
    EXPECT_EQ(with("[7]"), "PGRST303 The JWT 'aud' claim must be a string or an array of strings");
    EXPECT_EQ(claims_outcome(R"({"role":"worker","aud":"other"})"), "worker");  // we have no name of our own
}

TEST(Token, ARememberedTokenStillExpires) {
    const auto tokens = reader_of(secret);
    const std::string token = Signer("HS256", secret).sign(R"({"role":"worker","exp":)" + at(60) + "}");
    EXPECT_EQ(outcome(*tokens, token), "worker");
    EXPECT_EQ(outcome(*tokens, token), "worker");
    EXPECT_EQ(outcome(*tokens, token, now + std::chrono::seconds(91)), "PGRST303 JWT expired");
    EXPECT_EQ(outcome(*tokens, token, now + std::chrono::seconds(89)), "worker");
}

TEST(Token, ForgettingChangesNothing) {
    for (const std::size_t entries : {0U, 1U}) {
        const auto tokens = reader({.secret = secret, .cache_entries = entries, .anonymous_role = "visitor"});
        const Signer signer("HS256", secret);
        for (int i = 0; i < 3; ++i) {
            EXPECT_EQ(outcome(*tokens, signer.sign(R"({"role":"a"})")), "a");
            EXPECT_EQ(outcome(*tokens, signer.sign(R"({"role":"b"})")), "b");
            EXPECT_EQ(outcome(*tokens, Signer("HS256", secret + "!").sign(R"({"role":"a"})")), wrong_key);
        }
    }
}

TEST(Token, TheRoleIsWhereTheSettingSays) {
    const auto role = [](const std::string& key, const std::string& claims) {
        const auto tokens = reader({.secret = secret, .role_claim_key = key, .anonymous_role = "visitor"});
        return outcome(*tokens, Signer("HS256", secret).sign(claims));
    };
    EXPECT_EQ(role("$.app.roles[1]", R"({"app":{"roles":["a","b"]}})"), "b");
    EXPECT_EQ(role(".app.roles[1]", R"({"app":{"roles":["a","b"]}})"), "b");
    EXPECT_EQ(role("$.app", R"({"role":"a"})"), "visitor");
    EXPECT_EQ(role("$.role", R"({"role":7})"), "7");
}

TEST(Token, ClaimsNameTheRoleForSql) {
    const auto tokens = reader_of(secret);
    const auto caller = read(*tokens, Signer("HS256", secret).sign(R"({"sub":"ada","n":1})"));
    EXPECT_EQ(caller->claims_json, R"({"sub":"ada","n":1,"role":"visitor"})");
    EXPECT_TRUE(caller->is_anonymous);
}

TEST(Token, BadSettings) {
    EXPECT_EQ(TokenReader::make({.secret = "short"}).error().message,
              "The JWT secret must be at least 32 characters long.");
    EXPECT_EQ(TokenReader::make({.secret = secret, .role_claim_key = "role"}).error().reason, "config_invalid");
}

}  // namespace
}  // namespace platform::restql
