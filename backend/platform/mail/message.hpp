#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace platform::mail {

struct Address {
    std::string email;
    std::string name{};  // shown before the address; any UTF-8
};

/// One mail to one person. `text` is required; with `html` the mail offers both (multipart/alternative).
struct Message {
    std::optional<Address> from{};  // the mailer's own sender when absent
    Address to;
    std::string subject;
    std::string text;
    std::string html{};
    /// One-click unsubscribe (RFC 8058): sets List-Unsubscribe and List-Unsubscribe-Post.
    std::optional<std::string> unsubscribe_url{};
    std::vector<std::pair<std::string, std::string>> headers{};  // further ones, e.g. X-Campaign
};

/// Whether `email` is one plain ASCII address (RFC 5321 dot-atom, ≤ 254 characters): no display name, no list.
bool is_plain_address(const std::string& email);

/// The mail as RFC 5322 bytes with CRLF line ends. Values that would smuggle a header or a second recipient are refused
/// with `mail_invalid`.
Result<std::string> render(const Message& message, const Address& default_from, Time date,
                           const std::string& message_id);

}  // namespace platform::mail
