// libFuzzer: whatever text comes as a token, a key document or the fields of a signature is refused or has one meaning;
// only what a key signed verifies. The first byte says what the rest is. Build: tools/build.sh dev crypto-token-fuzz
#include "platform/crypto/base62.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/jwt.hpp"
#include "platform/crypto/request_signature.hpp"

#include <boost/json/serialize.hpp>

#include <cstdint>
#include <cstdlib>

namespace {

using namespace platform;

constexpr std::string_view secret = "super-secret-jwt-token-with-at-least-32-characters-long";
const Time now{std::chrono::seconds(1'800'000'000)};

class FixedClock final : public Clock {
public:
    Time now() const override { return ::now; }
};

void require(bool holds) {
    if (!holds) std::abort();
}

const crypto::Es256Key& key() {
    static const crypto::Es256Key made = crypto::Es256Key::generate();
    return made;
}

const crypto::KeySet& keys() {
    static const crypto::KeySet set = *crypto::KeySet::parse(
        boost::json::serialize(boost::json::object{{"keys", boost::json::array{key().public_jwk()}}}));
    return set;
}

/// Nothing that was not signed verifies, and the fuzzer cannot sign with ES256.
void check_token(std::string_view text) {
    const crypto::JwtPolicy policy{.api_key_secret = std::string(secret)};
    const auto header = crypto::peek_jwt_header(text);
    const auto claims = crypto::verify_jwt(text, keys(), policy, now);
    require(!claims || (header && header->algorithm == "HS256"));
}

/// The same parts, well signed: past the signature, into times, audience and roles.
void check_claims(std::string_view json) {
    const std::string input =
        crypto::base64url_encode(R"({"alg":"HS256","typ":"JWT"})") + "." + crypto::base64url_encode(json);
    const std::string token = input + "." + crypto::base64url_encode(crypto::hmac_sha256(secret, input));
    const crypto::JwtPolicy policy{.api_key_secret = std::string(secret)};
    const auto claims = crypto::verify_jwt(token, keys(), policy, now);
    if (!claims) return;
    require(claims->json == json && claims->expires_at + 30 > 1'800'000'000);
    require(!claims->members.contains("sub"));
}

void check_header(std::string_view json) {
    const std::string token = crypto::base64url_encode(json) + ".e30.AAAA";
    const auto header = crypto::peek_jwt_header(token);
    if (header) require(!crypto::verify_jwt(token, keys(), {.api_key_secret = std::string(secret)}, now));
}

void check_signature(std::string_view text) {
    static const FixedClock clock;
    crypto::RequestVerifier verifier([](std::string_view) { return std::optional(std::string(32, 'k')); }, clock);
    const auto cut = text.find('\n');
    const crypto::SignatureFields fields{
        .content_digest = "sha-256=:AA==:",
        .signature_input = std::string(text.substr(0, cut)),
        .signature = cut == std::string_view::npos ? std::string() : std::string(text.substr(cut + 1))};
    require(
        !verifier.verify({.method = "GET", .path = "/", .query = "", .content_digest = fields.content_digest}, fields));
}

void check_encodings(std::string_view text) {
    if (const auto bytes = crypto::base64url_decode(text)) require(crypto::base64url_encode(*bytes) == text);
    for (const std::size_t size : {4U, 16U, 32U}) {
        if (const auto bytes = crypto::base62_decode(text, size)) require(crypto::base62_encode(*bytes) == text);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 6) {
        case 0:
            check_token(text);
            break;
        case 1:
            check_claims(text);
            break;
        case 2:
            check_header(text);
            break;
        case 3:
            static_cast<void>(crypto::KeySet::parse(text));
            break;
        case 4:
            check_signature(text);
            break;
        default:
            check_encodings(text);
    }
    return 0;
}
