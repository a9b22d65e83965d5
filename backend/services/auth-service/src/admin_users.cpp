#include "services/auth-service/src/admin_users.hpp"

#include "platform/db/errors.hpp"
#include "platform/events/outbox.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/account_removal.hpp"
#include "services/auth-service/src/domain/like_pattern.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/domain/phone.hpp"
#include "services/auth-service/src/email.hpp"
#include "services/auth-service/src/session_ends.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/admin_sql.hpp"
#include "services/auth-service/src/store/identities_sql.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <map>

namespace tt::auth {
namespace {

constexpr Time end_of_time{std::chrono::sys_days(std::chrono::year(9999) / 1 / 1)};
constexpr Time begin_of_time{std::chrono::sys_days(std::chrono::year(1970) / 1 / 1)};

struct OwnedFactor : FactorView {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(OwnedFactor, (FactorView), (user_id))

Error no_such_user() {
    return Error{Code::not_found, "user_not_found", "User not found"};
}

Error address_taken(bool is_phone) {
    if (is_phone) return Error{Code::unprocessable, "phone_exists", "Phone number already registered by another user"};
    return Error{Code::unprocessable, "email_exists", "A user with this email address has already been registered"};
}

Error bad_wish(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

Uuid last_id() {
    Uuid id;
    id.bytes.fill(0xff);
    return id;
}

/// What is no list of names would be a role to some readers and none to others.
bool is_role_list(const boost::json::value& value) {
    if (value.is_null()) return true;  // takes them all away
    return value.is_array() &&
           std::ranges::all_of(value.get_array(), [](const boost::json::value& role) { return role.is_string(); });
}

boost::json::array changed_members(const UserRow& before, const UserRow& after) {
    boost::json::array names;
    const auto note = [&names](const char* name, bool differs) {
        if (differs) names.emplace_back(name);
    };
    note("email", before.email != after.email);
    note("phone", before.phone != after.phone);
    note("password", before.password_hash != after.password_hash);
    note("app_metadata", before.app_metadata.text != after.app_metadata.text);
    note("user_metadata", before.user_metadata.text != after.user_metadata.text);
    note("email_confirmed_at", before.email_confirmed_at != after.email_confirmed_at);
    note("phone_confirmed_at", before.phone_confirmed_at != after.phone_confirmed_at);
    note("banned_until", before.banned_until != after.banned_until);
    return names;
}

std::string identity_change(std::string_view name, const std::string& address, bool is_verified) {
    return boost::json::serialize(boost::json::object{{name, address}, {std::string(name) + "_verified", is_verified}});
}

}  // namespace

AdminUsers::AdminUsers(db::Database database, Passwords& passwords, Lockout& lockout, Revocations& revocations,
                       const Clock& clock, const AuthConfig& config)
    : database_(std::move(database)),
      passwords_(passwords),
      lockout_(lockout),
      revocations_(revocations),
      clock_(clock),
      config_(config) {}

Task<std::vector<UserView>> AdminUsers::views_of(db::Tx& tx, std::vector<UserRow> rows) {
    std::vector<UserId> ids;
    for (const UserRow& row : rows) ids.push_back(row.id);
    auto identities = co_await tx.many<IdentityRow>(sql::identities_of_users, ids);
    auto factors = co_await tx.many<OwnedFactor>(sql::factors_of_users, ids);
    std::vector<UserView> views;
    std::map<UserId, std::size_t> place;
    for (UserRow& row : rows) {
        place.emplace(row.id, views.size());
        views.push_back({std::move(row), {}, {}});
    }
    for (IdentityRow& identity : identities) {
        const UserId owner = identity.user_id;
        views[place.at(owner)].identities.push_back(std::move(identity));
    }
    for (OwnedFactor& factor : factors) views[place.at(factor.user_id)].factors.push_back(std::move(factor));
    co_return views;
}

Task<UserPage> AdminUsers::list(UserQuery query) {
    db::Tx tx = co_await database_.begin();
    UserPage page;
    std::vector<UserRow> rows;
    if (!query.email.empty()) {
        const auto email = normalized_email(query.email);
        std::optional<UserRow> found;
        if (email) found = co_await store::find_user_by_email(tx, *email);
        if (found) rows.push_back(std::move(*found));
        page.total = rows.size();
    } else {
        const std::string pattern = like_pattern(query.filter);
        const db::Query select = query.oldest_first ? sql::users_oldest_first : sql::users_newest_first;
        const UserCursor start =
            query.oldest_first ? UserCursor{begin_of_time, Uuid{}} : UserCursor{end_of_time, last_id()};
        const UserCursor after = query.after.value_or(start);
        rows = co_await tx.many<UserRow>(select, pattern, query.limit + 1, after.created_at, after.id, query.offset);
        if (query.wants_total) {
            page.total = static_cast<std::uint64_t>(co_await tx.one<std::int64_t>(sql::count_users, pattern));
        }
    }
    if (rows.size() > query.limit) {
        rows.resize(query.limit);
        if (!rows.empty()) page.next = UserCursor{rows.back().created_at, rows.back().id.value};
    }
    page.users = co_await views_of(tx, std::move(rows));
    co_await tx.commit();
    co_return page;
}

Task<Result<UserView>> AdminUsers::find(UserId id) {
    db::Tx tx = co_await database_.begin();
    auto user = co_await store::find_user(tx, id);
    if (!user) co_return no_such_user();
    auto view = co_await store::view_of(tx, std::move(*user));
    co_await tx.commit();
    co_return view;
}

Result<void> AdminUsers::normalize(AdminUserWish& wish) const {
    if (!wish.email.empty()) {
        const auto email = normalized_email(wish.email);
        if (!email) return bad_wish("Unable to validate email address: invalid format");
        wish.email = *email;
    }
    if (!wish.phone.empty()) {
        const auto phone = normalized_phone(wish.phone);
        if (!phone) return bad_wish("Invalid phone number format (E.164 required)");
        wish.phone = *phone;
    }
    if (wish.password && !wish.password_hash.empty()) {
        return bad_wish("Only a password or a password hash should be provided");
    }
    const auto* roles = wish.app_metadata ? wish.app_metadata->if_contains("roles") : nullptr;
    if (roles && !is_role_list(*roles)) return bad_wish("app_metadata.roles must be a list of names");
    if (!wish.password_hash.empty() && !Passwords::is_usable(wish.password_hash)) {
        return bad_wish("The password hash is of a form or cost that cannot be used");
    }
    return {};
}

Task<Result<std::optional<std::string>>> AdminUsers::hash_of(AdminUserWish wish, std::string email) {
    if (!wish.password_hash.empty()) co_return std::optional(wish.password_hash);
    if (!wish.password || wish.password->empty()) co_return std::optional<std::string>();
    PasswordContext context{std::move(email), {}};
    const auto normal = co_await passwords_.check(*wish.password, std::move(context));
    if (!normal) co_return normal.error();
    auto hash = co_await passwords_.hash(*normal);
    if (!hash) co_return hash.error();
    co_return std::optional(std::move(*hash));
}

Task<Result<UserView>> AdminUsers::create(AdminActor actor, AdminUserWish wish) {
    if (wish.email.empty() && wish.phone.empty()) {
        co_return bad_wish("Cannot create a user without either an email or phone");
    }
    const auto checked = normalize(wish);
    if (!checked) co_return checked.error();
    auto hash = co_await hash_of(wish, wish.email);
    if (!hash) co_return hash.error();
    const Time now = clock_.now();
    NewUser user{.email = wish.email, .phone = wish.phone, .password_hash = std::move(*hash), .now = now};
    if (wish.id) user.id = UserId{*wish.id};
    const auto metadata = merged_metadata("{}", wish.user_metadata.value_or(boost::json::object()));
    const auto app_metadata = merged_metadata("{}", wish.app_metadata.value_or(boost::json::object()));
    if (!metadata) co_return metadata.error();
    if (!app_metadata) co_return app_metadata.error();
    user.user_metadata = *metadata;
    user.app_metadata = *app_metadata;
    if (wish.email_confirm) user.email_confirmed_at = now;
    if (wish.phone_confirm) user.phone_confirmed_at = now;

    db::Tx tx = co_await database_.begin();
    const RoleStep roles{{}, roles_of(user.app_metadata)};
    const auto allowed = co_await check_roles(tx, actor, UserId{}, roles);
    if (!allowed) co_return allowed.error();
    std::optional<UserRow> row;
    bool is_id_taken = false;
    try {
        row = co_await store::create_user(tx, user);
    } catch (const db::SqlError& error) {
        if (!error.is_unique_violation()) throw;
        is_id_taken = true;
    }
    if (is_id_taken) co_return Error{Code::unprocessable, "user_already_exists", "A user with this ID already exists"};
    if (!row) {
        const bool is_phone =
            wish.email.empty() || !co_await database_.maybe_one<UserId>(sql::user_id_by_email, wish.email);
        co_return address_taken(is_phone);
    }
    if (wish.ban_duration && wish.ban_duration->count() > 0) {
        row->banned_until = now + *wish.ban_duration;
        co_await save(tx, *row, now);
    }
    const UserCreated created{row->id, row->email, display_name_of(row->user_metadata.text)};
    co_await events::append(tx, created);
    AuditEntry entry = by(actor, action::user_signedup, row->id);
    entry.details["provider"] = wish.email.empty() ? "phone" : "email";
    co_await record(tx, std::move(entry));
    co_await record_roles(tx, actor, row->id, roles);
    auto view = co_await store::view_of(tx, std::move(*row));
    co_await tx.commit();
    co_return view;
}

Task<Result<void>> AdminUsers::check_roles(db::Tx& tx, const AdminActor& actor, UserId user, RoleStep step) {
    const auto added = step.added();
    if (added.empty() && step.removed().empty()) co_return Result<void>();
    auto checked = co_await check_administrators(tx, user, step, clock_.now());
    if (checked && !config_.any_role_names) checked = co_await check_known_roles(tx, added);
    if (checked) checked = co_await check_own_permissions(tx, actor, std::move(step));
    co_return checked;
}

Task<void> AdminUsers::save(db::Tx& tx, const UserRow& user, Time now) {
    co_await tx.execute(sql::save_user, user.id, user.email, user.phone, user.password_hash, user.app_metadata,
                        user.user_metadata, user.email_confirmed_at, user.phone_confirmed_at, user.is_anonymous,
                        user.invited_at, user.banned_until, user.new_email, user.email_change_sent_at, now);
}

Task<void> AdminUsers::forget_guesses(db::Tx& tx, const UserRow& user) {
    if (!user.email.empty()) co_await lockout_.reset(tx, user.email);
    if (!user.phone.empty()) co_await lockout_.reset(tx, user.phone);
}

Task<void> AdminUsers::end_sessions(db::Tx& tx, UserId id) {
    const Time now = clock_.now();
    co_await auth::end_sessions(tx, revocations_, id, SessionId{}, now);
    co_await revocations_.revoke_user(tx, id);
}

/// What a change of the e-mail address and one of the phone number differ in.
struct AdminUsers::AddressKind {
    std::string provider;  // of its identity
    const db::Query& claim;
    const db::Query& release;
    std::string UserRow::* held;
};

Task<Result<void>> AdminUsers::change_address(db::Tx& tx, UserRow& user, AddressKind kind, std::string address,
                                              bool is_confirmed, Time now) {
    const std::string data = identity_change(kind.provider, address, is_confirmed);
    std::string& held = user.*kind.held;
    if (address != held) {
        const auto claimed = co_await tx.execute(kind.claim, address, user.id);
        if (claimed == 0) co_return address_taken(kind.held == &UserRow::phone);
        if (!held.empty()) co_await tx.execute(kind.release, held, user.id);
    }
    const auto changed = co_await tx.execute(sql::change_identity_data, user.id, kind.provider, data, now);
    if (changed == 0) {
        const std::string id = to_string(user.id);
        co_await tx.execute(sql::insert_identity, user.id, uuid_v7(), kind.provider, id, data, now);
        co_await tx.execute(sql::change_identity_data, user.id, kind.provider, R"({"sub":")" + id + "\"}", now);
        user.app_metadata.text = with_provider(user.app_metadata.text, kind.provider);
    }
    held = std::move(address);
    if (is_confirmed) user.is_anonymous = false;
    co_return Result<void>();
}

Task<Result<void>> AdminUsers::change_addresses(db::Tx& tx, UserRow& user, const AdminUserWish& wish, Time now) {
    if (!wish.email.empty()) {
        const AddressKind kind{"email", sql::claim_email, sql::release_email, &UserRow::email};
        const bool is_new = wish.email != user.email;
        const bool is_proven = wish.email_confirm || (!is_new && user.email_confirmed_at);
        const auto changed = co_await change_address(tx, user, kind, wish.email, is_proven, now);
        if (!changed) co_return changed;
        if (is_new) {
            user.new_email.clear();  // whatever was to be confirmed is overtaken
            user.email_change_sent_at.reset();
        }
    }
    if (!wish.phone.empty()) {
        const AddressKind kind{"phone", sql::claim_phone, sql::release_phone, &UserRow::phone};
        const bool is_proven = wish.phone_confirm || (wish.phone == user.phone && user.phone_confirmed_at);
        co_return co_await change_address(tx, user, kind, wish.phone, is_proven, now);
    }
    co_return Result<void>();
}

Result<void> AdminUsers::change_facts(UserRow& user, const AdminUserWish& wish, Time now) const {
    if (wish.user_metadata) {
        auto merged = merged_metadata(user.user_metadata.text, *wish.user_metadata);
        if (!merged) return merged.error();
        user.user_metadata.text = std::move(*merged);
    }
    if (wish.app_metadata) {
        auto merged = merged_metadata(user.app_metadata.text, *wish.app_metadata);
        if (!merged) return merged.error();
        user.app_metadata.text = std::move(*merged);
    }
    if (wish.email_confirm && !user.email_confirmed_at) user.email_confirmed_at = now;
    if (wish.phone_confirm && !user.phone_confirmed_at) user.phone_confirmed_at = now;
    if (wish.ban_duration) {
        const bool lifts = wish.ban_duration->count() <= 0;
        user.banned_until = lifts ? std::nullopt : std::optional<Time>(now + *wish.ban_duration);
    }
    return {};
}

Task<Result<UserView>> AdminUsers::change(AdminActor actor, UserId id, AdminUserWish wish) {
    const auto checked = normalize(wish);
    if (!checked) co_return checked.error();
    const auto known = co_await find(id);
    if (!known) co_return known;
    auto hash = co_await hash_of(wish, wish.email.empty() ? known->user.email : wish.email);
    if (!hash) co_return hash.error();

    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    auto locked = co_await store::lock_user(tx, id);
    if (!locked) co_return no_such_user();
    const UserRow before = *locked;
    UserRow user = std::move(*locked);
    auto changed = co_await check_rank(tx, actor, before.app_metadata.text);
    if (changed) changed = co_await change_addresses(tx, user, wish, now);
    if (changed) changed = change_facts(user, wish, now);
    if (!changed) co_return changed.error();
    const RoleStep roles{roles_of(before.app_metadata.text), roles_of(user.app_metadata.text)};
    const bool is_ban = user.is_banned(now) && !before.is_banned(now);
    auto allowed = co_await check_roles(tx, actor, id, roles);
    const RoleStep leaving{roles.before, {}};
    if (allowed && is_ban) allowed = co_await check_administrators(tx, id, leaving, now);
    if (!allowed) co_return allowed.error();
    if (*hash) user.password_hash = std::move(**hash);
    co_await save(tx, user, now);

    const bool is_password_new = user.password_hash != before.password_hash;
    if (is_password_new || user.email != before.email) co_await tx.execute(sql::delete_all_one_time, id);
    if (is_password_new) co_await forget_guesses(tx, user);
    if (is_password_new || is_ban) {
        co_await end_sessions(tx, id);
    } else if (!roles.removed().empty()) {
        co_await revocations_.revoke_user(tx, id);
    }
    const std::string_view what = is_ban                                          ? action::user_banned
                                  : before.is_banned(now) && !user.is_banned(now) ? action::user_unbanned
                                                                                  : action::user_modified;
    AuditEntry entry = by(actor, what, id);
    entry.details["changed"] = changed_members(before, user);
    co_await record(tx, std::move(entry));
    co_await record_roles(tx, std::move(actor), id, roles);
    const UserUpdated updated{id, user.email, display_name_of(user.user_metadata.text)};
    co_await events::append(tx, updated);
    UserRow fresh = co_await tx.one<UserRow>(sql::find_user, id);
    auto view = co_await store::view_of(tx, std::move(fresh));
    co_await tx.commit();
    co_return view;
}

Task<Result<void>> AdminUsers::remove(AdminActor actor, UserId id, bool is_soft) {
    db::Tx tx = co_await database_.begin();
    auto user = co_await store::lock_user(tx, id);
    if (!user) co_return no_such_user();
    if (is_soft && user->deleted_at) co_return Result<void>();
    auto allowed = co_await check_rank(tx, actor, user->app_metadata.text);
    const RoleStep leaving{roles_of(user->app_metadata.text), {}};
    if (allowed) allowed = co_await check_administrators(tx, id, leaving, clock_.now());
    if (!allowed) co_return allowed.error();
    AuditEntry entry = by(actor, action::user_deleted, id);
    entry.details["is_soft"] = is_soft;
    co_await record(tx, std::move(entry));
    if (is_soft) {
        co_await retire_account(tx, revocations_, std::move(*user), clock_.now());
    } else {
        co_await remove_account(tx, revocations_, std::move(*user));
    }
    co_await tx.commit();
    co_return Result<void>();
}

}  // namespace tt::auth
