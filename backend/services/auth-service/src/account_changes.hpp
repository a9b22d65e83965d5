#pragma once

#include "services/auth-service/src/account_parts.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace tt::auth {

struct UserChange {
    std::optional<std::string> email{};
    std::optional<std::string> phone{};
    std::optional<std::string> password{};
    std::optional<std::string> current_password{};
    std::optional<std::string> nonce{};
    std::optional<boost::json::object> data{};
    std::string channel = "sms";
    MailFlow flow{};

    bool touches_credentials() const { return email || phone || password; }
};

/// What people change about their own accounts (PUT /user).
class AccountChanges {
public:
    explicit AccountChanges(AccountParts parts);

    /// A new address is only on its way until it is proven; an anonymous account gets its first one at once where
    /// sign-up would. Errors: validation_failed, insufficient_aal (401), weak_password, same_password, email_exists,
    /// phone_exists (422), reauthentication_needed, current_password_required, current_password_invalid (400),
    /// reauthentication_not_valid (422), over_request_rate_limit (429) for guesses of either, session_not_found,
    /// not_while_impersonating (403), sms_send_failed.
    Task<Result<UserView>> change(Caller caller, UserView view, UserChange change, Device device);
    /// Whether somebody in a session is who they are: the password, the nonce of GET /reauthenticate, or a sign-in of
    /// the last minutes. Errors: reauthentication_needed, current_password_invalid (400), reauthentication_not_valid
    /// (422), over_request_rate_limit (429).
    Task<Result<void>> prove(UserRow user, SessionRow session, std::optional<std::string> password,
                             std::optional<std::string> nonce, Device device);
    /// Takes a change of address that is on its way back.
    Task<Result<UserView>> cancel_email_change(Caller caller, Device device);
    /// Errors: single_identity_not_deletable, identity_not_found, email_conflict_identity_not_deletable (422), those of
    /// standing_of() and may_link().
    Task<Result<void>> unlink(Caller caller, Uuid identity_id, Device device);

private:
    Result<UserChange> normalized(UserChange change, const UserRow& user) const;
    Task<Result<void>> check_allowed(const UserView& view, const SessionRow& session, const UserChange& change);
    Task<Result<void>> check_free(const UserRow& user, const UserChange& change);
    Task<Result<std::string>> check_new_password(UserRow user, std::string password);
    Task<Result<void>> check_proof(UserRow user, SessionRow session, UserChange change, Device device);
    Task<Result<void>> check_password(UserRow user, std::string password, Device device);
    Task<Result<void>> check_nonce(UserRow user, std::string nonce, Device device);
    Task<Result<std::string>> new_hash(UserRow user, std::string normal_password);
    Task<Result<UserView>> apply(Caller caller, UserChange change, std::optional<std::string> hash, Device device);
    Task<void> set_password(db::Tx& tx, Caller caller, UserRow user, std::string hash, Device device);
    Task<void> forget_email_change(db::Tx& tx, UserId user);
    Task<void> begin_email_change(db::Tx& tx, UserRow user, UserChange change);
    Task<Result<void>> begin_phone_change(db::Tx& tx, UserRow user, UserChange change);

    AccountParts parts_;
};

}  // namespace tt::auth
