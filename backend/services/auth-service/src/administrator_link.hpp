#pragma once

#include "services/auth-service/src/service.hpp"

#include <filesystem>
#include <string>

namespace tt::auth {

/// Writes a one-time link that makes its visitor an administrator to `file`, readable by the owner only, as long as
/// there was never an administrator; otherwise removes the file.
Task<void> offer_administrator_link(AuthService& auth, std::string site_url, std::filesystem::path file);

}  // namespace tt::auth
