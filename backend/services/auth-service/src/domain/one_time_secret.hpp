#pragma once

#include "platform/core/uuid.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tt::auth {

/// A secret for links: base64url(user 16 ‖ 32 random bytes). The user is part of it so that its row is found without
/// a global index; the hash covers all of it.
std::string make_link_secret(const platform::Uuid& user_id);
/// Whose secret it claims to be; nothing for anything else than a link secret.
std::optional<platform::Uuid> owner_of_link_secret(std::string_view secret);

/// What is stored of a short code. Salted with the account, so that equal codes of two people look different.
std::string hash_of_code(const platform::Uuid& user_id, std::string_view code);

}  // namespace tt::auth
