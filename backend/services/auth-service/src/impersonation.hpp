#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/roles.hpp"

#include <string>

namespace tt::auth {

/// Acting as somebody else, to see what they see: a short session of that person with the claim `act`, which cannot do
/// what only the person may (shared/middleware/impersonation). The reason is in the audit log.
class Impersonation {
public:
    /// The session's longest life. Its one token lives as long as access tokens do, and there is no other.
    static constexpr std::chrono::minutes lifetime{30};
    static constexpr std::size_t min_reason_length = 3;
    static constexpr std::size_t max_reason_length = 500;

    explicit Impersonation(AccountParts parts) : parts_(std::move(parts)) {}

    /// The answer's refresh token is empty. Errors: validation_failed (400) for the reason, user_not_found (404),
    /// user_banned, cannot_impersonate_administrator (403): oneself, administrators, and whoever may do something that
    /// the caller may not.
    Task<Result<IssuedSession>> begin(AdminActor by, UserId user, std::string reason);

private:
    Task<Result<UserRow>> find_subject(db::Tx& tx, const AdminActor& by, UserId user);

    AccountParts parts_;
};

}  // namespace tt::auth
