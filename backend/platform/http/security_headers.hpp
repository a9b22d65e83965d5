#pragma once

#include "platform/http/router.hpp"

#include <string>
#include <vector>

namespace platform::http {

struct SecurityHeaders {
    std::vector<std::string> connect_sources{};  ///< besides 'self': the other gateway's origin
    std::vector<std::string> frame_sources{};  ///< players that may be embedded, e.g. https://www.youtube-nocookie.com
    std::vector<std::string> media_sources{};
    std::vector<std::string> image_sources{};  ///< for origins without https; https: is always allowed
    std::vector<std::string> script_hashes{};  ///< 'sha256-…' of the shell's own inline scripts
    bool is_https = false;                     ///< adds Strict-Transport-Security and upgrade-insecure-requests
};

/// Sets CSP (HTML gets the page policy, everything else default-src 'none'), nosniff, Referrer-Policy,
/// Permissions-Policy, COOP, CORP and Cache-Control: no-store on every response that has not set its own. Use with
/// Router::on_response.
ResponseHook security_headers(SecurityHeaders options);

}  // namespace platform::http
