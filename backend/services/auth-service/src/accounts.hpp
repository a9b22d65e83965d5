#pragma once

#include "platform/crypto/password.hpp"
#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/sessions.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace tt::auth {

struct SignUp {
    std::string email;
    std::string password;
    boost::json::object data;  // user_metadata
    std::string redirect_to;   // checked already
};

/// A session when the sign-up signed in at once, else only the person.
struct SignedUp {
    std::optional<IssuedSession> session;
    UserView view;
};

struct UserChange {
    std::optional<std::string> email;
    std::optional<std::string> password;
    std::optional<std::string> current_password;
    std::optional<boost::json::object> data;
};

/// Accounts: sign-up, password sign-in, reading and changing one's own. Errors carry GoTrue's codes and texts.
class Accounts {
public:
    Accounts(db::Database database, Sessions& sessions, AuthMails& mails, crypto::PasswordHasher& hasher,
             const Clock& clock, const AuthConfig& config);

    /// Errors: signup_disabled, validation_failed, weak_password, user_already_exists (only with autoconfirm).
    Task<Result<SignedUp>> sign_up(SignUp wish, Device device);
    /// Errors: invalid_credentials for whatever is wrong with address or password; email_not_confirmed and user_banned
    /// only after the right password.
    Task<Result<IssuedSession>> sign_in(std::string email, std::string password, Device device);

    /// Errors: session_not_found, user_not_found, user_banned (403).
    Task<Result<UserView>> find(Caller caller);
    /// Errors: those of find, weak_password, same_password, current_password_required, current_password_invalid,
    /// validation_failed, feature_disabled.
    Task<Result<UserView>> change(Caller caller, UserChange change);

private:
    Task<std::optional<SignedUp>> create(NewUser user, Device device, std::string redirect_to);
    Task<Result<SignedUp>> sign_up_again(SignUp wish, std::string email);
    Task<Result<UserRow>> check_credentials(std::string email, std::string password);
    Task<Result<void>> check_password_change(UserRow user, SessionRow session, UserChange change);
    Task<Result<UserView>> apply(Caller caller, UserChange change, std::optional<std::string> password_hash);

    db::Database database_;
    Sessions& sessions_;
    AuthMails& mails_;
    crypto::PasswordHasher& hasher_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
