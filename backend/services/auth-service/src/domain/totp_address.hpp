#pragma once

#include <string>

namespace tt::auth {

/// The otpauth address that an authenticator app reads from the QR code. `secret` in base32.
std::string totp_address(const std::string& issuer, const std::string& account, const std::string& secret);

}  // namespace tt::auth
