#include "services/auth-service/src/domain/pkce.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

using namespace platform;

constexpr std::size_t challenge_min = 43;  // RFC 7636 §4.2
constexpr std::size_t challenge_max = 128;

bool is_unreserved(char c) {
    const char lower = lower_ascii(c);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

Error invalid_challenge(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

}  // namespace

bool Pkce::is_proven_by(std::string_view verifier) const {
    if (method == "plain") return crypto::constant_time_equal(verifier, challenge);
    return crypto::constant_time_equal(crypto::base64url_encode(crypto::sha256(verifier)), challenge);
}

Result<Pkce> pkce_of(std::string challenge, std::string method, bool is_plain_allowed) {
    if (challenge.empty() && method.empty()) return Pkce{};
    if (challenge.empty() || method.empty()) {
        return invalid_challenge("PKCE flow requires code_challenge_method and code_challenge");
    }
    method = lower_ascii(method);
    const bool is_known = method == "s256" || (method == "plain" && is_plain_allowed);
    if (!is_known) return invalid_challenge("Unsupported code_challenge_method");
    if (challenge.size() < challenge_min || challenge.size() > challenge_max) {
        return invalid_challenge("code challenge has to be between 43 and 128 characters");
    }
    if (!std::all_of(challenge.begin(), challenge.end(), is_unreserved)) {
        return invalid_challenge(
            "code challenge can only contain alphanumeric characters, hyphens, periods, "
            "underscores and tildes");
    }
    return Pkce{std::move(challenge), std::move(method)};
}

}  // namespace tt::auth
