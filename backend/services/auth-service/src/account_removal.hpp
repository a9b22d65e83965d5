#pragma once

#include "services/auth-service/src/revocations.hpp"
#include "services/auth-service/src/store/accounts.hpp"

namespace tt::auth {

/// Accounts that a clean-up looks up at a time.
inline constexpr std::size_t clean_up_batch = 100;

/// Removes the account and all that hangs on it, frees its addresses and identities, ends its sessions and tells the
/// others (user.deleted). The audit log keeps its entries: they name nobody but an id.
Task<void> remove_account(db::Tx& tx, Revocations& revocations, UserRow user);

/// GoTrue's soft deletion: the row stays, without anything that tells whose it was, and can never sign in again.
Task<void> retire_account(db::Tx& tx, Revocations& revocations, UserRow user, Time now);

}  // namespace tt::auth
