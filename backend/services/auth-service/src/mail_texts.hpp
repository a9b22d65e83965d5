#pragma once

#include "platform/mail/message.hpp"
#include "services/auth-service/src/mail_kinds.hpp"

#include <string>

namespace tt::auth {

/// A mail with a link, a code or both; with a plain text that says the same.
platform::mail::Message secret_mail(MailKind kind, const std::string& to, const std::string& link,
                                    const std::string& code);
/// A mail that tells the owner what happened, and where to look when it was somebody else.
platform::mail::Message notice_mail(MailKind kind, const std::string& to, const std::string& site_url);

}  // namespace tt::auth
