#pragma once

#include "platform/http/router.hpp"
#include "shared/host/settings.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tt::gateway {

/// Routes of a service in another process, and what the gateway does itself before it forwards them.
struct Forwarding {
    std::vector<std::string> patterns;  ///< "/auth/v1/{rest...}" or "/api/v1/profile"
    std::string base_url;               ///< origin of the service
    std::string rate_bucket = "api";
    std::size_t body_limit_bytes = http::default_body_limit_bytes;
    std::vector<http::Method> methods{http::Method::get, http::Method::post, http::Method::put, http::Method::patch,
                                      http::Method::delete_};
    bool is_media = false;  ///< open ranges are asked for piece by piece: films do not fit through at once
};

/// What the academy's gateway offers of the site's: signing in, and the caller's profile.
std::vector<Forwarding> shared_forwarding(const std::string& site_url);
/// Everything the half's gateway forwards when each service is a process of its own. Routes between services are not
/// among it, except those of the other half (events, comparison of profiles, data for an export), which check their
/// callers themselves.
std::vector<Forwarding> site_forwarding(const ServiceAddresses& services);
std::vector<Forwarding> academy_forwarding(const ServiceAddresses& services);

}  // namespace tt::gateway
