#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/domain/pkce.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace tt::auth {

struct SignUp {
    std::string email;  // either this or phone
    std::string phone{};
    std::string password;
    boost::json::object data{};  // user_metadata
    MailFlow flow{};
    std::string channel = "sms";
};

/// A session when the sign-up signed in at once, else only the person.
struct SignedUp {
    std::optional<IssuedSession> session;
    UserView view;
};

struct PasswordSignIn {
    std::string email;  // either this or phone
    std::string phone{};
    std::string password;
};

/// Accounts: sign-up, password sign-in, reading one's own. Errors carry GoTrue's codes and texts.
class Accounts {
public:
    explicit Accounts(AccountParts parts);

    /// Errors: signup_disabled, validation_failed, weak_password, user_already_exists (only with autoconfirm),
    /// sms_send_failed, email_provider_disabled, phone_provider_disabled, those of the before_user_created hook.
    Task<Result<SignedUp>> sign_up(SignUp wish, Device device);
    /// Opens an account without an address; PUT /user makes it a lasting one. Errors: anonymous_provider_disabled,
    /// signup_disabled, validation_failed, those of the hook.
    Task<Result<IssuedSession>> sign_up_anonymously(boost::json::object data, Device device);
    /// Errors: invalid_credentials for whatever is wrong with address or password; email_not_confirmed,
    /// phone_not_confirmed and user_banned only after the right password; over_request_rate_limit (429).
    Task<Result<IssuedSession>> sign_in(PasswordSignIn wish, Device device);
    /// Errors: session_not_found, user_not_found, user_banned (403).
    Task<Result<UserView>> find(Caller caller);
    /// Removes forgotten secrets, and anonymous accounts that nobody has made their own for anonymous_days.
    Task<void> clean_up();

private:
    Task<Result<NewUser>> candidate_of(SignUp wish, Identifier who);
    Task<Result<void>> ask_hook(NewUser user, Identifier who, std::string ip);
    Task<std::optional<Result<SignedUp>>> create(NewUser user, SignUp wish, Device device);
    Task<Result<SignedUp>> sign_up_again(SignUp wish, Identifier who, NewUser claimed, Device device);
    Task<Uuid> sign_up_id_of(Identifier who, std::string password);
    Task<std::optional<UserRow>> find_by(Identifier who);
    Task<Result<UserRow>> check_credentials(Identifier who, std::string password, Device device);
    Task<Result<void>> judge_attempt(const std::optional<UserRow>& user, bool is_right, Device device);
    Task<bool> remove_guest(UserId id);
    Task<Result<IssuedSession>> open_session(UserRow user, Identifier who, std::string password, Device device);
    /// Also an error when the account has another hash than the one that was proven: it is in `other_hash` then.
    Task<Result<IssuedSession>> let_in(const UserRow& proven, Identifier who, std::optional<std::string> fresh_hash,
                                       Device device, std::optional<std::string>& other_hash);

    AccountParts parts_;
};

}  // namespace tt::auth
