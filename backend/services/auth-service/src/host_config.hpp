#pragma once

#include "services/auth-service/src/config.hpp"
#include "shared/host/settings.hpp"

namespace tt::auth {

/// What section [auth] is before it is read. Development signs people up at once; production confirms by mail first.
inline AuthConfig auth_defaults(const Settings& settings) {
    AuthConfig auth;
    auth.autoconfirm = !settings.is_production();
    auth.site_url = settings.server.site_url;
    auth.redirect_origins = {settings.server.academy_url};
    auth.calls_loopback = !settings.is_production();
    return auth;
}

/// Reads section [auth] and those that belong to it over the defaults that `auth` holds.
inline void bind_auth(config::Loader& loader, AuthConfig& auth) {
    loader.section("auth", auth);
    loader.section("auth_hooks", auth.hooks);
}

}  // namespace tt::auth
