#include "services/auth-service/src/domain/oauth_members.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tt::auth {
namespace {

constexpr std::array<std::string_view, 13> reserved_members{
    "client_id",      "client_secret", "redirect_uri",          "response_type", "response_mode", "state",      "nonce",
    "code_challenge", "code_verifier", "code_challenge_method", "scope",         "request",       "request_uri"};

}  // namespace

bool is_reserved_oauth_member(std::string_view name) {
    const std::string lower = platform::lower_ascii(name);
    return std::find(reserved_members.begin(), reserved_members.end(), lower) != reserved_members.end();
}

}  // namespace tt::auth
