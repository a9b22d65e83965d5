#pragma once

#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"
#include "shared/types/prelude.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tt::content {

/// Signed links of newsletter mails. Nothing is stored per mail: a token names the subscriber and is authenticated by
/// an HMAC under the service's key, bound to what it may do.
class LinkTokens {
public:
    explicit LinkTokens(std::string key) : key_(std::move(key)) {}

    /// Confirms a subscription until `expires_at`.
    std::string confirmation(const Uuid& subscriber, Time expires_at) const;
    std::optional<Uuid> read_confirmation(std::string_view token, Time now) const;

    /// Ends a subscription; valid for ever (RFC 8058 links must keep working).
    std::string unsubscription(const Uuid& subscriber) const;
    std::optional<Uuid> read_unsubscription(std::string_view token) const;

private:
    std::string sign(std::string_view purpose, const Uuid& subscriber, std::uint32_t expires_unix_s) const;
    std::optional<Uuid> read(std::string_view purpose, std::string_view token, std::uint32_t& expires_unix_s) const;

    std::string key_;
};

}  // namespace tt::content
