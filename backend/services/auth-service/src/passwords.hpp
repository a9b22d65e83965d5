#pragma once

#include "platform/core/result.hpp"
#include "platform/core/task.hpp"
#include "platform/crypto/password.hpp"
#include "services/auth-service/src/breached_passwords.hpp"
#include "services/auth-service/src/config.hpp"
#include "shared/types/prelude.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What a person is known by; a password made of it is refused.
struct PasswordContext {
    std::string email{};
    std::string name{};
};

/// Passwords as people choose and type them: which are accepted, how they are kept, whether one is right.
/// Errors of everything that waits: `unavailable` (503, with retry_after_s) when too many are being hashed.
class Passwords {
public:
    Passwords(crypto::PasswordHasher& hasher, const AuthConfig& config);

    /// A new password in its normal form, ready for hash(). Error: weak_password (422); its fields hold GoTrue's
    /// reasons, see weakness_reasons().
    Task<Result<std::string>> check(std::string typed, PasswordContext context);
    /// `normal` comes from check().
    Task<Result<std::string>> hash(std::string normal);

    /// Before the accounts are touched for a comparison: whether there is room for it.
    Task<Result<void>> admit();
    /// Whether `typed` is the password kept as `stored`, in any form that migrate-users and the admin API accept.
    /// Nothing stored: false, at the cost of comparing.
    Task<Result<bool>> verify(std::string typed, std::optional<std::string> stored);
    /// Whether to keep a right password anew: foreign form or other cost.
    bool needs_rehash(const std::string& stored) const;
    /// The normal form of what was just right, for hash(); empty for what cannot be kept.
    std::string normal(const std::string& typed) const;
    /// Why check() would refuse a password that was just right: length, characters, pwned; empty when it would not.
    Task<std::vector<std::string>> reasons_against(std::string typed, PasswordContext context);

    /// Whether verify() can work with a hash that comes from elsewhere: bcrypt, Argon2 (PHC), Firebase scrypt, at a
    /// cost that one sign-in may have.
    static bool is_usable(const std::string& stored);

private:
    Task<Result<bool>> is_known(std::string normal, PasswordContext context);

    crypto::PasswordHasher& hasher_;
    const AuthConfig& config_;
    BreachedPasswords breached_;
    std::vector<std::string> site_words_;
};

/// GoTrue's reasons of a weak_password error: length, characters, pwned.
std::vector<std::string> weakness_reasons(const Error& error);

}  // namespace tt::auth
