#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

/// Where redirect_to may lead.
struct RedirectRules {
    std::vector<std::string> origins;   // exactly: scheme, host, port; of a loopback host any port (RFC 8252 §7.3)
    std::vector<std::string> patterns;  // whole addresses: "*" is text without "." or "/", "**" any text
};

/// `target` without its fragment when it may be led to. Never a foreign address: our links must not send people
/// elsewhere (RFC 9700 §4.11). Addresses of hosts written as numbers are refused, but for this machine.
std::optional<std::string> allowed_redirect(const std::string& target, const RedirectRules& rules);

bool matches_pattern(std::string_view text, std::string_view pattern);

}  // namespace tt::auth
