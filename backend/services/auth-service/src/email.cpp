#include "services/auth-service/src/email.hpp"

#include "platform/core/text.hpp"
#include "platform/mail/message.hpp"

namespace tt::auth {

std::optional<std::string> normalized_email(std::string_view email) {
    std::string lower = platform::lower_ascii(email);
    if (!platform::mail::is_plain_address(lower)) return std::nullopt;
    return lower;
}

}  // namespace tt::auth
