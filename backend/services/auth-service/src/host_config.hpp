#pragma once

#include "services/auth-service/src/config.hpp"
#include "shared/host/settings.hpp"

namespace tt::auth {

/// Reads section [auth] and those of its parts. Its `profile` chooses the defaults of all of them; when it is not set
/// it follows [server] environment. `auth` is bound: it must outlive loader.print(). Error: config::ConfigError for
/// values that cannot work together, and for what production must not have.
void bind_auth(config::Loader& loader, const Settings& settings, AuthConfig& auth);

}  // namespace tt::auth
