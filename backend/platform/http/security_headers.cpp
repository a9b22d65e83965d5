#include "platform/http/security_headers.hpp"

namespace platform::http {
namespace {

std::string joined(std::string_view first, const std::vector<std::string>& more) {
    std::string list(first);
    for (const auto& source : more) list += ' ' + source;
    return list;
}

/// For HTML of ours: own files only. Inline styles are allowed as attributes only, which component libraries set from
/// scripts; frames and media come from the listed players.
std::string page_policy(const SecurityHeaders& options) {
    std::string policy = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; ";
    policy += "form-action 'self'; font-src 'self'; style-src 'self'; ";
    policy += "img-src " + joined("'self' data: https:", options.image_sources) + "; ";
    policy += "style-src-attr 'unsafe-inline'; manifest-src 'self'; worker-src 'self' blob:; ";
    policy += "script-src " + joined("'self'", options.script_hashes) + "; ";
    policy += "connect-src " + joined("'self'", options.connect_sources) + "; ";
    policy += "media-src " + joined("'self' blob:", options.media_sources) + "; ";
    policy += "frame-src " + joined("'self'", options.frame_sources);
    if (options.is_https) policy += "; upgrade-insecure-requests";
    return policy;
}

constexpr std::string_view data_policy = "default-src 'none'; frame-ancestors 'none'";

void set_default(Headers& headers, std::string_view name, std::string_view value) {
    if (!headers.contains(name)) headers.add(name, value);
}

}  // namespace

ResponseHook security_headers(SecurityHeaders options) {
    return [policy = page_policy(options), is_https = options.is_https](const Request&, Response& response) {
        Headers& headers = response.headers;
        const bool is_page = headers.find("content-type").value_or("").starts_with("text/html");
        set_default(headers, "content-security-policy", is_page ? std::string_view(policy) : data_policy);
        set_default(headers, "x-content-type-options", "nosniff");
        set_default(headers, "referrer-policy", "strict-origin-when-cross-origin");
        set_default(headers, "permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        set_default(headers, "cross-origin-opener-policy", "same-origin");
        set_default(headers, "cross-origin-resource-policy", "same-origin");
        // What does not say that it may be kept is not: answers depend on who asks, and often are about a person.
        set_default(headers, "cache-control", "no-store");
        if (is_page) set_default(headers, "x-frame-options", "DENY");
        if (is_https) set_default(headers, "strict-transport-security", "max-age=31536000; includeSubDomains");
    };
}

}  // namespace platform::http
