#pragma once

#include <string>
#include <vector>

namespace tt::auth {

/// `target` when it lies on one of the `origins` (exactly: scheme, host, port), else `fallback`. Never an error: a
/// foreign address is silently replaced, so that our links cannot send people elsewhere (RFC 9700 §4.11).
std::string allowed_redirect(const std::string& target, const std::vector<std::string>& origins,
                             const std::string& fallback);

}  // namespace tt::auth
