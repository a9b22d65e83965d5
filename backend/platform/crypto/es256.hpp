#pragma once

// Private to this module: P-256 verification under KeySet.

#include "platform/crypto/jwt.hpp"

#include <memory>
#include <string_view>

namespace platform::crypto {

/// Null when the coordinates are no point of the curve.
std::shared_ptr<EVP_PKEY> p256_public_key(std::string_view x, std::string_view y);
bool verify_es256(EVP_PKEY* key, std::string_view data, std::string_view raw_signature);

}  // namespace platform::crypto
