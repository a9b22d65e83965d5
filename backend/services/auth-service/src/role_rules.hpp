#pragma once

#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/store/accounts.hpp"

#include <string>
#include <vector>

// What holds for roles whichever way they change: by their own routes, in app_metadata, with a ban or with the whole
// account. All of it is for the transaction that has locked the account's row; accounts are locked before roles.
namespace tt::auth {

/// The roles an account has, and those it is to have.
struct RoleStep {
    std::vector<std::string> before;
    std::vector<std::string> after;

    std::vector<std::string> added() const;
    std::vector<std::string> removed() const;
};

/// Error: permission_required (403). Nobody gives, takes or becomes what they may not do themselves.
Error beyond_own_permissions();

/// Whoever changes an account can become its owner, so nobody changes one that may do more than they.
/// Error: permission_required (403).
Task<Result<void>> check_rank(db::Tx& tx, AdminActor actor, std::string app_metadata);

/// Error: last_administrator (409), when nobody else is left who has the role and can use it.
Task<Result<void>> check_administrators(db::Tx& tx, UserId user, RoleStep step, Time now);

/// Error: unknown_role (422). The roles stay until the transaction ends.
Task<Result<void>> check_known_roles(db::Tx& tx, std::vector<std::string> names);

/// Error: permission_required (403).
Task<Result<void>> check_own_permissions(db::Tx& tx, AdminActor actor, RoleStep step);

/// Entries role_granted and role_revoked.
Task<void> record_roles(db::Tx& tx, AdminActor actor, UserId user, RoleStep step);

}  // namespace tt::auth
