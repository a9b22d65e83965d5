#pragma once

#include "platform/db/tx.hpp"
#include "platform/json/type_info.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

struct UserRow {
    UserId id;
    std::string email;
    std::optional<std::string> password_hash;
    json::Raw app_metadata;
    json::Raw user_metadata;
    std::optional<Time> email_confirmed_at;
    std::optional<Time> confirmation_sent_at;
    std::optional<Time> recovery_sent_at;
    std::optional<Time> last_sign_in_at;
    std::optional<Time> banned_until;
    Time created_at{};
    Time updated_at{};
};
BOOST_DESCRIBE_STRUCT(UserRow, (),
                      (id, email, password_hash, app_metadata, user_metadata, email_confirmed_at, confirmation_sent_at,
                       recovery_sent_at, last_sign_in_at, banned_until, created_at, updated_at))

struct IdentityRow {
    UserId user_id;
    Uuid id;
    std::string provider;
    std::string provider_id;
    json::Raw identity_data;
    std::optional<Time> last_sign_in_at;
    Time created_at{};
    Time updated_at{};
};
BOOST_DESCRIBE_STRUCT(IdentityRow, (),
                      (user_id, id, provider, provider_id, identity_data, last_sign_in_at, created_at, updated_at))

/// A person as the wire shows them.
struct UserView {
    UserRow user;
    std::vector<IdentityRow> identities;
};

struct NewUser {
    std::string email;  // normalised
    std::string password_hash;
    std::string user_metadata;
    bool is_confirmed = false;
    Time now{};
};

namespace store {

/// Creates account, registry entry and e-mail identity. Nothing when the address is taken.
Task<std::optional<UserRow>> create_user(db::Tx& tx, NewUser user);
Task<std::optional<UserRow>> find_user(db::Tx& tx, UserId id);
Task<std::optional<UserRow>> find_user_by_email(db::Tx& tx, std::string email);
/// Holds the row until the end of the transaction.
Task<std::optional<UserRow>> lock_user(db::Tx& tx, UserId id);
Task<UserView> view_of(db::Tx& tx, UserRow user);
Task<void> confirm_email(db::Tx& tx, UserId id, Time now);

}  // namespace store
}  // namespace tt::auth
