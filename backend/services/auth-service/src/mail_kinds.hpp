#pragma once

#include "services/auth-service/src/store/one_time.hpp"

#include <boost/describe/enum.hpp>
#include <optional>
#include <string>

namespace tt::auth {

/// The mails auth sends: first those with a secret, then those that only tell.
enum class MailKind {
    confirmation,
    recovery,
    magiclink,
    invite,
    email_change_current,
    email_change_new,
    reauthentication,
    already_registered,
    password_changed,
    email_changed,
    phone_changed,
    factor_added,
    factor_removed,
    passkey_added,
    passkey_removed,
    identity_added,
    identity_removed,
    recovery_codes_made,
    recovery_code_used,
    new_device,
    deletion_requested,
    deletion_cancelled,
};
BOOST_DESCRIBE_ENUM(MailKind, confirmation, recovery, magiclink, invite, email_change_current, email_change_new,
                    reauthentication, already_registered, password_changed, email_changed, phone_changed, factor_added,
                    factor_removed, passkey_added, passkey_removed, identity_added, identity_removed,
                    recovery_codes_made, recovery_code_used, new_device, deletion_requested, deletion_cancelled)

/// What the secret in the mail proves; nothing for mails without one.
std::optional<OneTimeKind> secret_of(MailKind kind);
/// `type` of the link in the mail and of POST /verify (auth.md §1.6).
std::string verification_type(MailKind kind);
std::string name_of(MailKind kind);

}  // namespace tt::auth
