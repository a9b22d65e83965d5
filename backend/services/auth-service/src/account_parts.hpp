#pragma once

#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/hooks.hpp"
#include "services/auth-service/src/limits.hpp"
#include "services/auth-service/src/lockout.hpp"
#include "services/auth-service/src/one_time_codes.hpp"
#include "services/auth-service/src/passwords.hpp"
#include "services/auth-service/src/phone_codes.hpp"
#include "services/auth-service/src/sessions.hpp"

namespace tt::auth {

/// What the use cases of accounts work with; all of it outlives them.
struct AccountParts {
    db::Database database;
    Sessions& sessions;
    AuthMails& mails;
    PhoneCodes& phones;
    OneTimeCodes& codes;
    Passwords& passwords;
    Lockout& lockout;
    Limits& limits;
    Hooks& hooks;
    Revocations& revocations;
    const Clock& clock;
    const AuthConfig& config;
};

/// The address somebody says is theirs, normalised: one of both.
struct Identifier {
    std::string email{};
    std::string phone{};

    bool is_email() const { return !email.empty(); }
    const std::string& text() const { return is_email() ? email : phone; }
};

/// Reads what was sent as e-mail or phone; exactly one must be given. Errors: validation_failed (400),
/// email_provider_disabled, phone_provider_disabled (400).
Result<Identifier> identifier_of(const std::string& email, const std::string& phone, const AuthConfig& config);
/// Whose it is.
Task<std::optional<UserRow>> find_user_by(db::Tx& tx, Identifier who);
/// The same, and holds the row until the end of the transaction.
Task<std::optional<UserRow>> lock_user_by(db::Tx& tx, Identifier who);

}  // namespace tt::auth
