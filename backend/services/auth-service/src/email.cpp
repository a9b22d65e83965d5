#include "services/auth-service/src/email.hpp"

#include "platform/mail/message.hpp"

namespace tt::auth {

std::optional<std::string> normalized_email(std::string_view email) {
    std::string lower(email);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    if (!platform::mail::is_plain_address(lower)) return std::nullopt;
    return lower;
}

}  // namespace tt::auth
