#include "platform/crypto/jwt.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace platform::crypto {
namespace {

namespace json = boost::json;

constexpr std::int64_t now_s = 1800000000;
const Time now{std::chrono::seconds(now_s)};
const std::string secret = "super-secret-jwt-token-with-at-least-32-characters-long";

struct Verify : ::testing::Test {
    Es256Key key = Es256Key::generate();
    KeySet keys = *KeySet::parse(json::serialize(json::object{{"keys", json::array{key.public_jwk()}}}));
    JwtPolicy policy{.issuer = "http://site/auth/v1", .audience = "authenticated", .api_key_secret = secret};

    static json::object good() {
        return {{"iss", "http://site/auth/v1"}, {"aud", "authenticated"}, {"sub", "user"}, {"iat", now_s},
                {"exp", now_s + 900},           {"role", "authenticated"}};
    }
    static json::object with(std::string_view name, json::value value) {
        json::object claims = good();
        claims[name] = std::move(value);
        return claims;
    }
    static json::object without(std::string_view name) {
        json::object claims = good();
        claims.erase(name);
        return claims;
    }
    std::string reason(const std::string& token) const {
        const auto claims = verify_jwt(token, keys, policy, now);
        return claims ? "" : claims.error().reason;
    }
    std::string signed_with_header(json::object header, const json::object& claims) const {
        const std::string input =
            base64url_encode(json::serialize(header)) + "." + base64url_encode(json::serialize(claims));
        return input + "." + base64url_encode(key.sign(input));
    }
};

TEST_F(Verify, GoodTokenTellsItsClaims) {
    const auto claims = verify_jwt(sign_jwt(key, good()), keys, policy, now);
    ASSERT_TRUE(claims) << claims.error().message;
    EXPECT_EQ(claims->subject, "user");
    EXPECT_EQ(claims->issuer, "http://site/auth/v1");
    EXPECT_EQ(claims->expires_at, now_s + 900);
    EXPECT_EQ(claims->algorithm, "ES256");
    EXPECT_EQ(json::parse(claims->json).as_object().at("role"), "authenticated");
}

TEST_F(Verify, ClaimsThatMustNotPass) {  // S031-S033
    const std::pair<const char*, json::object> cases[] = {
        {"expired beyond the skew", with("exp", now_s - 30)},
        {"no exp", without("exp")},
        {"exp as text", with("exp", "1900000000")},
        {"exp 2^63", with("exp", std::uint64_t{1} << 63)},
        {"exp beyond year 9999", with("exp", 1e300)},
        {"exp null", with("exp", nullptr)},
        {"negative iat", with("iat", -1)},
        {"iat in the future", with("iat", now_s + 31)},
        {"nbf in the future", with("nbf", now_s + 31)},
        {"nbf as text", with("nbf", "soon")},
        {"other issuer", with("iss", "http://evil/auth/v1")},
        {"no issuer", without("iss")},
        {"other audience", with("aud", "internal")},
        {"audience list without ours", with("aud", json::array{"a", "b"})},
        {"no audience", without("aud")},
        {"no subject", without("sub")},
        {"subject is a number", with("sub", 7)},
    };
    for (const auto& [name, claims] : cases) EXPECT_EQ(reason(sign_jwt(key, claims)), "bad_jwt") << name;
}

TEST_F(Verify, ClockSkewOfThirtySecondsIsForgiven) {  // S027
    EXPECT_EQ(reason(sign_jwt(key, with("exp", now_s - 29))), "");
    EXPECT_EQ(reason(sign_jwt(key, with("iat", now_s + 29))), "");
    EXPECT_EQ(reason(sign_jwt(key, with("nbf", now_s + 29))), "");
    EXPECT_EQ(reason(sign_jwt(key, with("aud", json::array{"x", "authenticated"}))), "");
}

TEST_F(Verify, HeadersThatMustNotPass) {  // S028, S029, S032
    const json::object base{{"alg", "ES256"}, {"kid", key.kid()}};
    const auto header = [&](std::string_view name, json::value value) {
        json::object changed = base;
        changed[name] = std::move(value);
        return changed;
    };
    EXPECT_EQ(reason(signed_with_header(base, good())), "");
    for (const char* alg : {"none", "None", "nOnE", "", "HS256", "RS256", "ES384", "es256"}) {
        EXPECT_EQ(reason(signed_with_header(header("alg", alg), good())), "bad_jwt") << alg;
    }
    EXPECT_EQ(reason(signed_with_header(header("crit", json::array{"exp"}), good())), "bad_jwt");
    EXPECT_EQ(reason(signed_with_header(header("zip", "DEF"), good())), "bad_jwt");
    EXPECT_EQ(reason(signed_with_header(header("typ", "at+jwt"), good())), "bad_jwt");
    EXPECT_EQ(reason(signed_with_header(header("typ", 1), good())), "bad_jwt");
    for (const char* kid : {"", "../../dev/null", "' OR 1=1 --", "unknown"}) {
        EXPECT_EQ(reason(signed_with_header(header("kid", kid), good())), "unknown_key") << kid;
    }
    // Key material in the header is not even looked at.
    const Es256Key foreign = Es256Key::generate();
    json::object self_signed{
        {"alg", "ES256"}, {"kid", foreign.kid()}, {"jwk", foreign.public_jwk()}, {"jku", "http://evil/"}};
    EXPECT_EQ(reason(signed_with_header(self_signed, good())), "unknown_key");
}

TEST_F(Verify, TamperedTokensDoNotPass) {  // S030
    const std::string token = sign_jwt(key, good());
    const auto last = token.rfind('.');
    const std::string signature = *base64url_decode(token.substr(last + 1));
    const std::string body = token.substr(0, last + 1);
    EXPECT_EQ(reason(body), "bad_jwt");
    EXPECT_EQ(reason(body + base64url_encode(signature + "x")), "bad_jwt");
    EXPECT_EQ(reason(token + "="), "bad_jwt");
    EXPECT_EQ(reason(token + "."), "bad_jwt");
    EXPECT_EQ(reason(token + ".x"), "bad_jwt");
    EXPECT_EQ(reason(" " + token), "bad_jwt");
    EXPECT_EQ(reason(sign_jwt(Es256Key::from_private_pem(Es256Key::generate().private_pem(), key.kid()), good())),
              "bad_jwt");
    std::string edited = token;
    edited[token.find('.') + 5] = edited[token.find('.') + 5] == 'A' ? 'B' : 'A';
    EXPECT_EQ(reason(edited), "bad_jwt");
    for (const char* text : {"", ".", "..", "a.b.c", "eyJhbGciOiJFUzI1NiJ9", "....."})
        EXPECT_EQ(reason(text), "bad_jwt") << text;
    EXPECT_EQ(reason(std::string(20000, 'a')), "bad_jwt");
}

TEST_F(Verify, ApiKeysAreJudgedByTheirRoleAlone) {
    const auto api_key = [](std::string_view role) {
        return json::object{{"iss", "supabase-demo"}, {"role", role}, {"exp", now_s + 900}};
    };
    EXPECT_EQ(reason(sign_jwt_hs256(secret, api_key("anon"))), "");
    EXPECT_EQ(reason(sign_jwt_hs256(secret, api_key("service_role"))), "");
    EXPECT_EQ(reason(sign_jwt_hs256(secret, api_key("authenticated"))), "bad_jwt");
    EXPECT_EQ(reason(sign_jwt_hs256("", api_key("anon"))), "bad_jwt");
    EXPECT_EQ(reason(sign_jwt_hs256(secret, good())), "bad_jwt");
    json::object impersonator = api_key("anon");
    impersonator["sub"] = "user";
    EXPECT_EQ(reason(sign_jwt_hs256(secret, impersonator)), "bad_jwt");
    JwtPolicy closed = policy;
    closed.api_key_secret.clear();
    EXPECT_FALSE(verify_jwt(sign_jwt_hs256("", api_key("anon")), keys, closed, now));
}

// The classic: the public key, which everyone knows, used as the HMAC secret.
TEST_F(Verify, PublicKeyIsNoSecret) {  // S028
    const std::string jwk = json::serialize(key.public_jwk());
    EXPECT_EQ(reason(sign_jwt_hs256(jwk, good())), "bad_jwt");
    const std::string input = base64url_encode(json::serialize(json::object{{"alg", "HS256"}, {"kid", key.kid()}})) +
                              "." + base64url_encode(json::serialize(good()));
    EXPECT_EQ(reason(input + "." + base64url_encode(hmac_sha256(jwk, input))), "bad_jwt");
}

TEST(KeySet, OnlyUsableKeysAreTaken) {
    EXPECT_FALSE(KeySet::parse("nonsense"));
    EXPECT_FALSE(KeySet::parse("{}"));
    EXPECT_FALSE(KeySet::parse(R"({"keys":1})"));
    EXPECT_EQ(KeySet::parse(R"({"keys":[1,{},{"kty":"oct","k":"AAAA","kid":"h"},{"kty":"RSA","kid":"r"}]})")->size(),
              0U);
    json::object other_algorithm = Es256Key::generate().public_jwk();
    other_algorithm["alg"] = "ES384";
    EXPECT_EQ(KeySet::parse(json::serialize(json::object{{"keys", json::array{other_algorithm}}}))->size(), 0U);
}

}  // namespace
}  // namespace platform::crypto
