#pragma once

#include "platform/db/tx.hpp"
#include "platform/json/type_info.hpp"
#include "services/auth-service/src/store/factors.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

struct UserRow {
    UserId id;
    std::string email;  // "" when there is none
    std::string phone;  // E.164 without the plus, or ""
    std::optional<std::string> password_hash;
    json::Raw app_metadata;
    json::Raw user_metadata;
    std::optional<Time> email_confirmed_at;
    std::optional<Time> phone_confirmed_at;
    bool is_anonymous = false;
    std::optional<Time> invited_at;
    std::optional<Time> confirmation_sent_at;
    std::optional<Time> recovery_sent_at;
    std::string new_email;
    std::string email_change_confirmed;  // current, new or ""
    std::optional<Time> email_change_sent_at;
    std::string new_phone;
    std::optional<Time> phone_change_sent_at;
    std::optional<Time> reauthentication_sent_at;
    std::optional<Time> last_sign_in_at;
    std::optional<Time> banned_until;
    std::optional<Time> deleted_at;
    std::optional<Uuid> sign_up_id;  // of NewUser; ends with the first proof
    Time created_at{};
    Time updated_at{};

    bool is_banned(Time now) const { return banned_until && *banned_until > now; }
    /// Neither banned nor retired.
    bool may_sign_in(Time now) const { return !deleted_at && !is_banned(now); }
    bool is_confirmed() const { return email_confirmed_at || phone_confirmed_at; }
    bool has_address() const { return !email.empty() || !phone.empty(); }
    /// Nobody has proven the address it was opened with: it may have been anybody.
    bool is_unproven() const { return has_address() && !is_confirmed() && !is_anonymous; }
};
BOOST_DESCRIBE_STRUCT(UserRow, (),
                      (id, email, phone, password_hash, app_metadata, user_metadata, email_confirmed_at,
                       phone_confirmed_at, is_anonymous, invited_at, confirmation_sent_at, recovery_sent_at, new_email,
                       email_change_confirmed, email_change_sent_at, new_phone, phone_change_sent_at,
                       reauthentication_sent_at, last_sign_in_at, banned_until, deleted_at, sign_up_id, created_at,
                       updated_at))

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
    std::vector<IdentityRow> identities{};
    std::vector<FactorView> factors{};

    bool has_second_factor() const;
};

/// An account to be made. Addresses are normalised; neither makes it anonymous or somebody else's identity only.
struct NewUser {
    std::optional<UserId> id{};
    std::string email{};
    std::string phone{};
    std::string provider{};  // whose identity opens it, in place of the addresses' own; link_identity() adds that
    std::optional<std::string> password_hash{};
    std::string app_metadata = "{}";  // provider and providers are added
    std::string user_metadata = "{}";
    std::optional<Time> email_confirmed_at{};
    std::optional<Time> phone_confirmed_at{};
    bool is_anonymous = false;
    std::optional<Time> invited_at{};
    /// Which sign-up chose the password or brought the identity, while nobody has proven the address.
    std::optional<Uuid> sign_up_id{};
    Time now{};
};

/// The account as it would be, for the hook that may forbid it.
UserView preview_of(const NewUser& user);
/// The account as it looks right after it was made, identities included; whether it was made or not.
UserView likeness_of(const NewUser& user);

namespace store {

/// Creates account, registry entries and identities. Nothing when an address is taken.
Task<std::optional<UserRow>> create_user(db::Tx& tx, NewUser user);
Task<std::optional<UserRow>> find_user(db::Tx& tx, UserId id);
Task<std::optional<UserRow>> find_user_by_email(db::Tx& tx, std::string email);
Task<std::optional<UserRow>> find_user_by_phone(db::Tx& tx, std::string phone);
/// Holds the row until the end of the transaction.
Task<std::optional<UserRow>> lock_user(db::Tx& tx, UserId id);
/// The same, of whom the address belongs to.
Task<std::optional<UserRow>> lock_user_by_email(db::Tx& tx, std::string email);
Task<std::optional<UserRow>> lock_user_by_phone(db::Tx& tx, std::string phone);
Task<UserView> view_of(db::Tx& tx, UserRow user);
/// Gives an account that nobody has proven (locked by the caller) to another sign-up: what the one before brought goes.
/// Nothing happens to a proven one.
Task<void> begin_sign_up_again(db::Tx& tx, UserRow user, NewUser claimed);
/// To be called when the first address of an account (locked by the caller) is proven, before it is confirmed: anybody
/// may have opened it. Every way in goes, but for the password or identity of the very sign-up whose mail is the proof;
/// end its sessions, too.
Task<void> settle_owner(db::Tx& tx, UserRow user, std::optional<Uuid> proven_sign_up, Time now);
/// Makes the identities that this account has at providers free for others; delete them, too.
Task<void> release_identities(db::Tx& tx, UserId id);
Task<void> confirm_email(db::Tx& tx, UserId id, Time now);
Task<void> confirm_phone(db::Tx& tx, UserId id, Time now);
/// Makes a proven address the account's: registry, identity, app_metadata; an anonymous account becomes a lasting one.
/// False when the address is somebody else's.
Task<bool> change_email(db::Tx& tx, UserRow user, std::string email, Time now);
Task<bool> change_phone(db::Tx& tx, UserRow user, std::string phone, Time now);
/// Takes one of several identities away; an address that only it proved goes with it and one of `rest` takes its
/// place. False when that one is somebody else's.
Task<bool> remove_identity(db::Tx& tx, UserRow user, IdentityRow identity, std::vector<IdentityRow> rest, Time now);

}  // namespace store
}  // namespace tt::auth
