#pragma once

#include <string_view>

namespace tt::auth {

/// Whether we may call this address: https to a public name or address, no user information. Loopback, also over http,
/// only where `allows_loopback` says so (development and tests). Addresses of private networks are always refused: an
/// address may come from a document that somebody else wrote (OWASP SSRF, ASVS 1.3.6).
bool may_call(std::string_view url, bool allows_loopback);

}  // namespace tt::auth
