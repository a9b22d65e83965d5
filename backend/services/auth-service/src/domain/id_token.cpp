#include "services/auth-service/src/domain/id_token.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/json/member.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

namespace tt::auth {
namespace {

namespace bj = boost::json;
using namespace platform;

constexpr std::int64_t id_token_skew_s = 30;
constexpr std::int64_t id_token_age_s = 24 * 3600;  // providers issue for an hour; older ones are replayed
constexpr std::size_t id_token_limit = 16 * 1024;
constexpr std::size_t hash_half = 16;  // at_hash: the left half of SHA-256, of all algorithms we accept the right one

Error bad_id_token(const std::string& what) {
    return Error{Code::invalid_argument, "bad_id_token", "Bad ID token: " + what};
}

struct TokenParts {
    std::string_view header;
    std::string_view claims;
    std::string_view signature;
    std::string_view signed_text;
};

std::optional<TokenParts> parts_of(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (token.size() > id_token_limit || second == std::string_view::npos) return std::nullopt;
    if (token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
    return TokenParts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
                      token.substr(0, second)};
}

std::optional<bj::object> object_of(std::string_view part) {
    const auto bytes = crypto::base64url_decode(part);
    if (!bytes) return std::nullopt;
    boost::system::error_code error;
    const bj::value value = bj::parse(*bytes, error);
    if (error || !value.is_object()) return std::nullopt;
    return value.get_object();
}

std::optional<std::int64_t> time_of_claim(const bj::object& claims, std::string_view name) {
    const bj::value* value = claims.if_contains(name);
    if (value && value->is_int64()) return value->get_int64();
    if (value && value->is_double()) return static_cast<std::int64_t>(value->get_double());
    return std::nullopt;
}

std::vector<std::string> audiences_of(const bj::object& claims) {
    const bj::value* value = claims.if_contains("aud");
    std::vector<std::string> audiences;
    if (value && value->is_string()) audiences.emplace_back(value->get_string());
    if (value && value->is_array()) {
        for (const bj::value& one : value->get_array()) {
            if (one.is_string()) audiences.emplace_back(one.get_string());
        }
    }
    return audiences;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_signed_by(const TokenParts& parts, const bj::object& header, const std::vector<crypto::VerificationKey>& keys) {
    const std::string algorithm = platform::json::text_member(header, "alg");
    const bool is_symmetric = algorithm.starts_with("HS") || algorithm == "none" || algorithm.empty();
    const auto signature = crypto::base64url_decode(parts.signature);
    if (is_symmetric || !signature || header.contains("crit")) return false;
    const std::string kid = platform::json::text_member(header, "kid");
    return std::any_of(keys.begin(), keys.end(), [&](const crypto::VerificationKey& key) {
        const bool may_be_it = kid.empty() || key.kid().empty() || key.kid() == kid;
        return may_be_it && key.allows(algorithm) && key.verify(algorithm, parts.signed_text, *signature);
    });
}

std::optional<std::string> wrong_time(const bj::object& claims, Time now) {
    const auto now_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    const auto expires = time_of_claim(claims, "exp");
    const auto issued = time_of_claim(claims, "iat");
    const auto not_before = time_of_claim(claims, "nbf");
    if (!expires || *expires + id_token_skew_s <= now_s) return "it has expired";
    if (!issued || *issued - id_token_skew_s > now_s) return "it was issued in the future";
    if (*issued + id_token_age_s < now_s) return "it is too old";
    if (not_before && *not_before - id_token_skew_s > now_s) return "it is not valid yet";
    return std::nullopt;
}

std::optional<std::string> wrong_party(const bj::object& claims, const IdTokenRules& rules) {
    const std::string issuer = platform::json::text_member(claims, "iss");
    const bool is_other_name = !rules.other_issuer.empty() && issuer == rules.other_issuer;
    if (issuer != rules.issuer && !is_other_name) return "unexpected issuer";
    const auto audiences = audiences_of(claims);
    const bool is_meant = std::any_of(audiences.begin(), audiences.end(), [&rules](const std::string& audience) {
        return contains(rules.audiences, audience);
    });
    if (!is_meant) return "Unacceptable audience in id_token";
    const std::string party = platform::json::text_member(claims, "azp");
    if (audiences.size() > 1 && party.empty()) return "several audiences and no azp";
    if (!party.empty() && audiences.size() > 1 && !contains(rules.audiences, party)) return "issued for another party";
    return std::nullopt;
}

std::optional<std::string> wrong_binding(const bj::object& claims, const IdTokenRules& rules) {
    if (rules.nonce && platform::json::text_member(claims, "nonce") != *rules.nonce) return "Nonces mismatch";
    const std::string at_hash = platform::json::text_member(claims, "at_hash");
    if (at_hash.empty() || rules.access_token.empty()) return std::nullopt;
    const std::string half = crypto::sha256(rules.access_token).substr(0, hash_half);
    if (at_hash.size() == crypto::base64url_encode(half).size() && at_hash != crypto::base64url_encode(half)) {
        return "at_hash does not fit the access token";
    }
    return std::nullopt;
}

}  // namespace

Result<bj::object> verify_id_token(std::string_view token, const std::vector<crypto::VerificationKey>& keys,
                                   const IdTokenRules& rules) {
    const auto parts = parts_of(token);
    const auto header = parts ? object_of(parts->header) : std::nullopt;
    auto claims = parts ? object_of(parts->claims) : std::nullopt;
    if (!header || !claims) return bad_id_token("it is malformed");
    if (!is_signed_by(*parts, *header, keys)) return bad_id_token("its signature does not verify");
    if (const auto wrong = wrong_party(*claims, rules)) return bad_id_token(*wrong);
    if (const auto wrong = wrong_time(*claims, rules.now)) return bad_id_token(*wrong);
    if (const auto wrong = wrong_binding(*claims, rules)) return bad_id_token(*wrong);
    if (platform::json::text_member(*claims, "sub").empty()) return bad_id_token("Missing sub claim in id_token");
    return std::move(*claims);
}

std::string peek_claim(std::string_view token, std::string_view name) {
    const auto parts = parts_of(token);
    const auto claims = parts ? object_of(parts->claims) : std::nullopt;
    return claims ? platform::json::text_member(*claims, name) : std::string();
}

}  // namespace tt::auth
