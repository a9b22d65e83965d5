#pragma once

#include "platform/mail/message.hpp"

#include <string>

namespace tt::auth {

/// The mails auth sends; each with a plain text that says the same.
platform::mail::Message confirmation_mail(const std::string& to, const std::string& link, const std::string& code);
platform::mail::Message recovery_mail(const std::string& to, const std::string& link, const std::string& code);
/// To the owner of an address that somebody tried to sign up with again.
platform::mail::Message already_registered_mail(const std::string& to, const std::string& site_url);

}  // namespace tt::auth
