#include "platform/crypto/jwt.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/es256.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/json/member.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace platform::crypto {
namespace {

namespace bj = boost::json;

constexpr std::size_t token_limit_bytes = 16 * 1024;  // a header line of the gateway holds no more
constexpr std::int64_t latest_time_s = 253402300799;  // 9999-12-31: larger numbers are attacks on arithmetic

struct Parts {
    std::string_view signed_text;  // header.claims
    std::string_view header;
    std::string_view claims;
    std::string_view signature;
};

Error bad_jwt(std::string message) {
    return Error{Code::unauthenticated, "bad_jwt", std::move(message)};
}

std::optional<Parts> split(std::string_view token) {
    if (token.size() > token_limit_bytes) return std::nullopt;
    const auto first = token.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
    return Parts{token.substr(0, second), token.substr(0, first), token.substr(first + 1, second - first - 1),
                 token.substr(second + 1)};
}

std::optional<bj::object> parse_object(const std::string& text) {
    boost::system::error_code error;
    bj::parse_options options;
    options.max_depth = 16;
    bj::value value = bj::parse(text, error, {}, options);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::optional<bj::object> decode_object(std::string_view segment) {
    const auto text = base64url_decode(segment);
    return text ? parse_object(*text) : std::nullopt;
}

// RFC 7519 NumericDate; only whole seconds, as every issuer writes them.
std::optional<std::int64_t> time_member(const bj::value& value) {
    std::int64_t seconds = 0;
    if (value.is_int64()) {
        seconds = value.get_int64();
    } else if (value.is_uint64()) {
        return std::nullopt;  // beyond 2^63
    } else if (value.is_double() && value.get_double() >= 0 &&
               value.get_double() <= static_cast<double>(latest_time_s)) {
        seconds = static_cast<std::int64_t>(value.get_double());
    } else {
        return std::nullopt;
    }
    if (seconds < 0 || seconds > latest_time_s) return std::nullopt;
    return seconds;
}

Result<JwtHeader> read_header(std::string_view segment) {
    const auto header = decode_object(segment);
    if (!header) return bad_jwt("the token is malformed");
    // An unknown critical extension must be refused (RFC 7515 §4.1.11); we know none.
    if (header->contains("crit") || header->contains("zip")) return bad_jwt("the token uses an unsupported extension");
    const bj::value* type = header->if_contains("typ");
    if (type && json::text_member(*header, "typ") != "JWT") return bad_jwt("the token has the wrong type");
    return JwtHeader{json::text_member(*header, "alg"), json::text_member(*header, "kid")};
}

Result<void> check_times(const bj::object& members, Time now, std::chrono::seconds skew, Claims& claims) {
    const std::int64_t now_s = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    const bj::value* exp = members.if_contains("exp");
    const auto expires_at = exp ? time_member(*exp) : std::nullopt;
    if (!expires_at) return bad_jwt("the token has no valid expiry");
    if (now_s >= *expires_at + skew.count()) return bad_jwt("token is expired");
    claims.expires_at = *expires_at;

    for (const std::string_view name : {"nbf", "iat"}) {
        const bj::value* value = members.if_contains(name);
        if (!value) continue;
        const auto seconds = time_member(*value);
        if (!seconds) return bad_jwt("the token has an invalid " + std::string(name));
        if (*seconds > now_s + skew.count()) return bad_jwt("token is not valid yet");
        if (name == "iat") claims.issued_at = *seconds;
    }
    return {};
}

std::vector<std::string> audiences(const bj::object& members) {
    std::vector<std::string> out;
    const bj::value* aud = members.if_contains("aud");
    if (aud && aud->is_string()) out.emplace_back(aud->get_string());
    if (aud && aud->is_array()) {
        for (const bj::value& one : aud->get_array()) {
            if (one.is_string()) out.emplace_back(one.get_string());
        }
    }
    return out;
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

// An API key is trusted for its role alone, so it must not be able to name a person.
Result<void> check_api_key(const bj::object& members, const JwtPolicy& policy) {
    if (!contains(policy.api_key_roles, json::text_member(members, "role")))
        return bad_jwt("the API key has no known role");
    if (members.contains("sub")) return bad_jwt("an API key cannot name a user");
    return {};
}

// Test suites sign an administrator with a subject that is no person, and without an end.
Result<void> check_test_key(const bj::object& members, const JwtPolicy& policy) {
    const std::string role = json::text_member(members, "role");
    if (role == "supabase_admin" || contains(policy.api_key_roles, role)) return {};
    return bad_jwt("the API key has no known role");
}

bool is_signed_by_test_key(const Parts& parts, const JwtHeader& header, std::string_view signature,
                           const JwtPolicy& policy) {
    return std::any_of(policy.test_keys.begin(), policy.test_keys.end(), [&](const VerificationKey& key) {
        return key.kid() == header.kid && key.verify("RS256", parts.signed_text, signature);
    });
}

Result<void> check_user_token(const Claims& claims, const JwtPolicy& policy) {
    if (!policy.issuer.empty() && claims.issuer != policy.issuer) return bad_jwt("the token has the wrong issuer");
    if (!policy.audience.empty() && !contains(claims.audience, policy.audience)) {
        return bad_jwt("the token has the wrong audience");
    }
    if (claims.subject.empty()) return bad_jwt("invalid claim: missing sub claim");
    return {};
}

// The algorithm is a property of the key, never of the token (RFC 8725 §3.1): a P-256 key verifies ES256 only and
// the API key secret verifies HS256 only.
Result<void> check_signature(const Parts& parts, const JwtHeader& header, const KeySet& keys, const JwtPolicy& policy) {
    const auto signature = base64url_decode(parts.signature);
    if (!signature) return bad_jwt("the token is malformed");
    if (header.algorithm == "ES256") {
        if (!keys.contains(header.kid))
            return Error{Code::unauthenticated, "unknown_key", "unable to verify signature"};
        if (keys.verify(header.kid, parts.signed_text, *signature)) return {};
    } else if (header.algorithm == "HS256" && header.kid.empty() && !policy.api_key_secret.empty()) {
        if (constant_time_equal(*signature, hmac_sha256(policy.api_key_secret, parts.signed_text))) return {};
    } else if (header.algorithm == "RS256" && !policy.test_keys.empty()) {
        if (is_signed_by_test_key(parts, header, *signature, policy)) return {};
    } else {
        return bad_jwt("signing method is not allowed");
    }
    return bad_jwt("signature is invalid");
}

std::string sign_input(const bj::object& header, const bj::object& claims) {
    return base64url_encode(bj::serialize(header)) + "." + base64url_encode(bj::serialize(claims));
}

}  // namespace

std::string sign_jwt(const Es256Key& key, const bj::object& claims) {
    const bj::object header{{"alg", "ES256"}, {"kid", key.kid()}, {"typ", "JWT"}};
    const std::string input = sign_input(header, claims);
    return input + "." + base64url_encode(key.sign(input));
}

std::string sign_jwt_hs256(std::string_view secret, const bj::object& claims) {
    const bj::object header{{"alg", "HS256"}, {"typ", "JWT"}};
    const std::string input = sign_input(header, claims);
    return input + "." + base64url_encode(hmac_sha256(secret, input));
}

Result<KeySet> KeySet::parse(std::string_view jwks_json) {
    const auto document = parse_object(std::string(jwks_json));
    const bj::value* list = document ? document->if_contains("keys") : nullptr;
    if (!list || !list->is_array()) return Error{Code::invalid_argument, "jwks_invalid", "no JSON Web Key Set"};
    KeySet set;
    for (const bj::value& entry : list->get_array()) {
        if (!entry.is_object()) continue;
        const bj::object& jwk = entry.get_object();
        if (json::text_member(jwk, "kty") != "EC" || json::text_member(jwk, "crv") != "P-256") continue;
        if (jwk.contains("alg") && json::text_member(jwk, "alg") != "ES256") continue;
        const auto x = base64url_decode(json::text_member(jwk, "x"));
        const auto y = base64url_decode(json::text_member(jwk, "y"));
        const std::string kid = json::text_member(jwk, "kid");
        auto key = x && y ? p256_public_key(*x, *y) : nullptr;
        if (key && !kid.empty()) set.keys_.emplace(kid, std::move(key));
    }
    return set;
}

bool KeySet::verify(std::string_view kid, std::string_view data, std::string_view raw_signature) const {
    const auto found = keys_.find(kid);
    return found != keys_.end() && verify_es256(found->second.get(), data, raw_signature);
}

Result<JwtHeader> peek_jwt_header(std::string_view token) {
    const auto parts = split(token);
    if (!parts) return bad_jwt("token is malformed: token contains an invalid number of segments");
    return read_header(parts->header);
}

Result<Claims> verify_jwt(std::string_view token, const KeySet& keys, const JwtPolicy& policy, Time now) {
    const auto header = peek_jwt_header(token);
    if (!header) return header.error();
    const Parts parts = *split(token);
    const auto is_signed = check_signature(parts, *header, keys, policy);
    if (!is_signed) return is_signed.error();

    Claims claims;
    claims.algorithm = header->algorithm;
    claims.json = base64url_decode(parts.claims).value_or("");
    auto members = parse_object(claims.json);
    if (!members) return bad_jwt("the token is malformed");
    const bool is_endless = header->algorithm == "RS256" && !members->contains("exp");
    const auto is_timely = is_endless ? Result<void>() : check_times(*members, now, policy.clock_skew, claims);
    if (!is_timely) return is_timely.error();
    claims.issuer = json::text_member(*members, "iss");
    claims.subject = json::text_member(*members, "sub");
    claims.audience = audiences(*members);
    claims.members = std::move(*members);

    const auto is_allowed = header->algorithm == "HS256"   ? check_api_key(claims.members, policy)
                            : header->algorithm == "RS256" ? check_test_key(claims.members, policy)
                                                           : check_user_token(claims, policy);
    if (!is_allowed) return is_allowed.error();
    return claims;
}

}  // namespace platform::crypto
