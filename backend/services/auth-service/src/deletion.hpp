#pragma once

#include "services/auth-service/src/account_changes.hpp"

#include <optional>
#include <string>

namespace tt::auth {

/// How people leave: they ask, have two weeks to think again, and are then erased everywhere (user.deleted;
/// docs/api/users.md). While a deletion is pending, app_metadata.deletion_at tells the day.
class Deletion {
public:
    static constexpr std::chrono::days grace{14};

    Deletion(AccountParts parts, AccountChanges& changes);

    struct Proofs {
        std::optional<std::string> password{};
        std::optional<std::string> nonce{};
    };
    /// Ends all sessions and mails the way back. Asking again gives the same day. Errors: session_not_found,
    /// user_not_found, user_banned, insufficient_aal (403), reauthentication_needed, current_password_invalid (400),
    /// last_administrator (409), reauthentication_not_valid (422), over_request_rate_limit (429).
    Task<Result<Time>> request(Caller caller, Proofs proofs, Device device);
    /// Without a pending deletion nothing happens. Errors (403): session_not_found, user_not_found, user_banned.
    Task<Result<UserView>> restore(Caller caller, Device device);

    /// Erases whose day has come; returns how many.
    Task<int> erase_due();

private:
    Task<bool> erase(UserId user);

    AccountParts parts_;
    AccountChanges& changes_;
};

}  // namespace tt::auth
