// Published vectors: whoever changes an implementation learns here whether it is still the same algorithm.

#include "platform/crypto/crypto.hpp"

#include <gtest/gtest.h>
#include <set>

namespace platform::crypto {
namespace {

TEST(Encoding, Rfc4648Section10) {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(base64_encode(plain), encoded);
        EXPECT_EQ(base64_decode(encoded), plain);
    }
    EXPECT_EQ(base64url_encode("\xfb\xff"), "-_8");
    EXPECT_EQ(base64url_decode("-_8"), "\xfb\xff");
}

TEST(Encoding, Base64urlHasOneSpelling) {
    for (const char* text : {"Zg==", "Zg=", "Zh", "Z", "Zm9v ", "Zm9v\n", "+_8", "/_8", "Zm 9v"}) {
        EXPECT_FALSE(base64url_decode(text)) << text;
    }
    for (const char* text : {"Zg", "Zg=", "=", "Zm9v=", "Zm9v====", "Zh=="}) EXPECT_FALSE(base64_decode(text)) << text;
}

TEST(Encoding, Hex) {
    EXPECT_EQ(hex_encode(std::string("\x00\xfe\x10", 3)), "00fe10");
    EXPECT_EQ(hex_decode("00FE10"), std::string("\x00\xfe\x10", 3));
    EXPECT_FALSE(hex_decode("0"));
    EXPECT_FALSE(hex_decode("0g"));
}

TEST(Hash, Fips180) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, HmacRfc4231) {
    EXPECT_EQ(hex_encode(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex_encode(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(
        hex_encode(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hash, ConstantTimeEqual) {
    EXPECT_TRUE(constant_time_equal("", ""));
    EXPECT_TRUE(constant_time_equal("secret", "secret"));
    EXPECT_FALSE(constant_time_equal("secret", "secreT"));
    EXPECT_FALSE(constant_time_equal("secret", "secret "));
}

// RFC 7515 appendix A.3
TEST(Es256, Rfc7515ExampleVerifies) {
    const auto keys = KeySet::parse(R"({"keys":[{"kty":"EC","crv":"P-256","kid":"rfc",
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
    ASSERT_TRUE(keys);
    const std::string input =
        "eyJhbGciOiJFUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const auto signature =
        base64url_decode("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
    ASSERT_TRUE(signature);
    EXPECT_TRUE(keys->verify("rfc", input, *signature));
    EXPECT_FALSE(keys->verify("rfc", input + "x", *signature));
    EXPECT_FALSE(keys->verify("other", input, *signature));
    for (std::size_t i = 0; i < signature->size(); ++i) {
        std::string flipped = *signature;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        EXPECT_FALSE(keys->verify("rfc", input, flipped)) << "byte " << i;
    }
}

TEST(Es256, PointOffTheCurveIsNoKey) {
    const auto keys = KeySet::parse(R"({"keys":[{"kty":"EC","crv":"P-256","kid":"bad",
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"}]})");
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->size(), 0U);
}

TEST(Es256, PrivateKeySurvivesPem) {
    const Es256Key key = Es256Key::generate();
    const Es256Key again = Es256Key::from_private_pem(key.private_pem(), key.kid());
    EXPECT_EQ(again.public_jwk(), key.public_jwk());
    EXPECT_FALSE(key.public_jwk().contains("d"));
    EXPECT_EQ(key.sign("data").size(), 64U);
    EXPECT_THROW(Es256Key::from_private_pem("nonsense", "kid"), std::invalid_argument);
}

// RFC 7515 appendix A.1
TEST(Hs256, Rfc7515ExampleMatches) {
    const auto key =
        base64url_decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    const std::string input =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    EXPECT_EQ(base64url_encode(hmac_sha256(*key, input)), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST(Random, NothingRepeats) {
    std::set<std::string> seen;
    for (int i = 0; i < 20000; ++i) EXPECT_TRUE(seen.insert(random_token()).second);
    EXPECT_EQ(random_token().size(), 43U);
}

TEST(Random, DigitsAreUniform) {
    std::array<int, 10> counts{};
    for (const char c : random_digits(100000)) ++counts[static_cast<std::size_t>(c - '0')];
    for (const int count : counts) EXPECT_NEAR(count, 10000, 500);
    EXPECT_EQ(random_digits(6).size(), 6U);
}

}  // namespace
}  // namespace platform::crypto
