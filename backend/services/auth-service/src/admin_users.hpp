#pragma once

#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/user_page.hpp"
#include "services/auth-service/src/lockout.hpp"
#include "services/auth-service/src/passwords.hpp"
#include "services/auth-service/src/revocations.hpp"
#include "services/auth-service/src/role_rules.hpp"
#include "services/auth-service/src/store/accounts.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What an administrator says about an account; empty members leave it as it is.
struct AdminUserWish {
    std::optional<Uuid> id{};  // of a new account
    std::string email{};
    std::string phone{};
    std::optional<std::string> password{};
    std::string password_hash{};
    bool email_confirm = false;
    bool phone_confirm = false;
    std::optional<boost::json::object> user_metadata{};
    std::optional<boost::json::object> app_metadata{};
    std::optional<std::chrono::seconds> ban_duration{};  // zero or less lifts a ban
};

struct UserQuery {
    std::string filter{};  // part of an address, number or name
    std::string email{};   // exactly this address
    bool oldest_first = false;
    std::uint64_t offset = 0;
    std::uint64_t limit = 50;
    std::optional<UserCursor> after{};
    bool wants_total = true;
};

struct UserPage {
    std::vector<UserView> users;
    std::uint64_t total = 0;
    std::optional<UserCursor> next;  // when there are more
};

/// Accounts as administrators see and change them (auth.md §1.10). Each change is in the audit log with its actor.
class AdminUsers {
public:
    AdminUsers(db::Database database, Passwords& passwords, Lockout& lockout, Revocations& revocations,
               const Clock& clock, const AuthConfig& config);

    Task<UserPage> list(UserQuery query);
    /// Error: user_not_found (404).
    Task<Result<UserView>> find(UserId id);
    /// Errors: validation_failed (400), email_exists, phone_exists, user_already_exists, weak_password (422); for
    /// app_metadata.roles unknown_role (422), permission_required (403).
    Task<Result<UserView>> create(AdminActor actor, AdminUserWish wish);
    /// Errors: user_not_found (404), permission_required (403) for whoever may do more than the actor,
    /// last_administrator (409), and those of create. A new password, a ban and a role taken away end the sessions.
    Task<Result<UserView>> change(AdminActor actor, UserId id, AdminUserWish wish);
    /// Errors: user_not_found (404), permission_required (403), last_administrator (409).
    Task<Result<void>> remove(AdminActor actor, UserId id, bool is_soft);

private:
    Task<Result<std::optional<std::string>>> hash_of(AdminUserWish wish, std::string email);
    Result<void> normalize(AdminUserWish& wish) const;
    struct AddressKind;
    Task<Result<void>> change_address(db::Tx& tx, UserRow& user, AddressKind kind, std::string address,
                                      bool is_confirmed, Time now);
    Task<Result<void>> change_addresses(db::Tx& tx, UserRow& user, const AdminUserWish& wish, Time now);
    Result<void> change_facts(UserRow& user, const AdminUserWish& wish, Time now) const;
    Task<Result<void>> check_roles(db::Tx& tx, const AdminActor& actor, UserId user, RoleStep step);
    Task<void> save(db::Tx& tx, const UserRow& user, Time now);
    Task<void> forget_guesses(db::Tx& tx, const UserRow& user);
    Task<void> end_sessions(db::Tx& tx, UserId id);
    Task<std::vector<UserView>> views_of(db::Tx& tx, std::vector<UserRow> rows);

    db::Database database_;
    Passwords& passwords_;
    Lockout& lockout_;
    Revocations& revocations_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
