#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace platform::storage {

/// Signs paths so that a browser may fetch one object for a limited time without a token.
/// The signature covers method GET, the whole path and the expiry; HEAD is the same resource.
class UrlSigner {
public:
    /// The first secret signs, all of them verify (rotation). Throws when a secret is shorter than 32 bytes.
    explicit UrlSigner(std::vector<std::string> secrets);

    /// `path?exp=…&sig=…`, valid for at least `lifetime`. The expiry is rounded up to a whole `lifetime`, so that the
    /// same object has the same URL for a while and caches can keep it.
    std::string sign(std::string_view path, Time now, std::chrono::seconds lifetime = default_lifetime) const;

    /// Errors: link_invalid (403), link_expired (403).
    Result<void> verify(std::string_view path, std::string_view expires, std::string_view signature, Time now) const;

    /// Long enough for a lesson with a paused video, short enough that a leaked link dies the same day.
    static constexpr std::chrono::seconds default_lifetime = std::chrono::hours{6};

private:
    std::vector<std::string> secrets_;
};

}  // namespace platform::storage
