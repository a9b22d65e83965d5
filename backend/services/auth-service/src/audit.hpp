#pragma once

#include "platform/db/database.hpp"
#include "services/auth-service/src/domain/audit_actions.hpp"
#include "shared/types/ids.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tt::auth {

/// One line of the log. It never holds an address, a token, a code or a password: people are named by their ids, and
/// their names are looked up when the log is read, so that a deleted account leaves none behind.
///
///     co_await record(tx, {.action = action::login, .actor = user.id, .ip = device.ip, .user_agent =
///     device.user_agent,
///                          .details = {{"method", "password"}}});
struct AuditEntry {
    std::string_view action;  ///< of namespace action; must outlive the call (a literal)
    std::optional<UserId> actor{};
    std::optional<UserId> subject{};  ///< whom it was done to; empty: the actor
    std::string ip{};
    std::string user_agent{};
    std::string_view outcome = "success";  ///< or "failure"
    std::string target{};                  ///< id of what was changed: a factor, a key, a session, a client
    boost::json::object details{};
    std::string_view actor_kind = "user";  ///< user, admin, service (a key without a person), anonymous, system
};

/// Writes the entry in the caller's transaction: it exists exactly when what it tells does. Never waits for other
/// writers. A failed attempt has no transaction of its own to be part of: record it with the handle.
Task<void> record(db::Tx& tx, AuditEntry entry);
Task<void> record(db::Database database, AuditEntry entry);

}  // namespace tt::auth
