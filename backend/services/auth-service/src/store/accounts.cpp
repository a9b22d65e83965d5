#include "services/auth-service/src/store/accounts.hpp"

#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/admin_sql.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"
#include "services/auth-service/src/store/identities_sql.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

std::string identity_data(const std::string& user_id, const NewUser& user, std::string_view provider) {
    boost::json::object data{{"sub", user_id}};
    if (provider == "email") data["email"] = user.email;
    if (provider == "phone") data["phone"] = user.phone;
    data["email_verified"] = provider == "email" && user.email_confirmed_at.has_value();
    data["phone_verified"] = provider == "phone" && user.phone_confirmed_at.has_value();
    return boost::json::serialize(data);
}

std::vector<std::string> providers_of(const NewUser& user) {
    if (!user.provider.empty()) return {user.provider};
    std::vector<std::string> providers;
    if (!user.email.empty()) providers.emplace_back("email");
    if (!user.phone.empty()) providers.emplace_back("phone");
    return providers;
}

std::string app_metadata_of(const NewUser& user) {
    std::string app_metadata = user.app_metadata;
    for (const std::string& provider : providers_of(user)) app_metadata = with_provider(app_metadata, provider);
    return app_metadata;
}

Task<void> insert_identity(db::Tx& tx, UserId id, const NewUser& user, std::string provider) {
    const std::string provider_id = to_string(id);
    const std::string data = identity_data(provider_id, user, provider);
    co_await tx.execute(sql::insert_identity, id, uuid_v7(), provider, provider_id, data, user.now);
}

// What is known of the identity already stays; another address replaces the old one.
Task<void> put_identity(db::Tx& tx, UserId id, const NewUser& user, std::string provider) {
    const bool is_email = provider == "email";
    const boost::json::object change{{provider, is_email ? user.email : user.phone}, {provider + "_verified", true}};
    const std::string data = boost::json::serialize(change);
    const auto changed = co_await tx.execute(sql::change_identity_data, id, provider, data, user.now);
    if (changed == 0) co_await insert_identity(tx, id, user, std::move(provider));
}

// Takes away every identity at a provider. The account's own addresses stay, and prove who it is.
Task<void> drop_provider_identities(db::Tx& tx, UserRow user, Time now) {
    const auto identities = co_await tx.many<IdentityRow>(sql::identities_of, user.id);
    std::vector<std::string> kept;
    for (const IdentityRow& identity : identities) {
        if (identity.provider == "email" || identity.provider == "phone") {
            kept.push_back(identity.provider);
            continue;
        }
        co_await tx.execute(sql::delete_identity, user.id, identity.id);
        co_await tx.execute(sql::release_identity, identity.provider_id, identity.provider, user.id);
    }
    if (kept.size() == identities.size()) co_return;
    const bool has_own = std::find(kept.begin(), kept.end(), "email") != kept.end();
    if (!user.email.empty() && !has_own) {
        const NewUser own{.email = user.email, .now = now};
        co_await insert_identity(tx, user.id, own, "email");
        kept.emplace_back("email");
    }
    const std::string metadata = with_providers(user.app_metadata.text, kept);
    co_await tx.execute(sql::set_app_metadata, user.id, metadata, now);
}

// `preferred` when an identity proves it, else the first proven address, else none.
std::string proven_email_of(const std::vector<IdentityRow>& identities, const std::string& preferred) {
    std::string found;
    for (const IdentityRow& row : identities) {
        const boost::json::object data = boost::json::parse(row.identity_data.text).as_object();
        const auto* email = data.if_contains("email");
        const auto* is_verified = data.if_contains("email_verified");
        const bool counts = email && email->is_string() && is_verified && *is_verified == true;
        if (!counts) continue;
        if (email->get_string() == preferred) return preferred;
        if (found.empty()) found = email->get_string();
    }
    return found;
}

}  // namespace

bool UserView::has_second_factor() const {
    return std::any_of(factors.begin(), factors.end(), [](const FactorView& factor) { return factor.is_verified(); });
}

UserView preview_of(const NewUser& user) {
    UserView view;
    if (user.id) view.user.id = *user.id;
    view.user.email = user.email;
    view.user.phone = user.phone;
    view.user.app_metadata.text = app_metadata_of(user);
    view.user.user_metadata.text = user.user_metadata;
    view.user.email_confirmed_at = user.email_confirmed_at;
    view.user.phone_confirmed_at = user.phone_confirmed_at;
    view.user.is_anonymous = user.is_anonymous;
    view.user.created_at = user.now;
    view.user.updated_at = user.now;
    return view;
}

UserView likeness_of(const NewUser& user) {
    UserView view = preview_of(user);
    const std::string id = to_string(view.user.id);
    for (const std::string& provider : providers_of(user)) {
        IdentityRow identity{view.user.id, uuid_v7(), provider, id, {identity_data(id, user, provider)}, {}, {}, {}};
        identity.last_sign_in_at = user.now;
        identity.created_at = user.now;
        identity.updated_at = user.now;
        view.identities.push_back(std::move(identity));
    }
    return view;
}

namespace store {

Task<std::optional<UserRow>> create_user(db::Tx& tx, NewUser user) {
    const UserId id = user.id.value_or(UserId::make());
    if (!user.email.empty()) {
        const auto claimed = co_await tx.execute(sql::claim_email, user.email, id);
        if (claimed == 0) co_return std::nullopt;
    }
    if (!user.phone.empty()) {
        const auto claimed = co_await tx.execute(sql::claim_phone, user.phone, id);
        if (claimed == 0) co_return std::nullopt;
    }
    const std::string app_metadata = app_metadata_of(user);
    UserRow row =
        co_await tx.one<UserRow>(sql::insert_user, id, user.email, user.phone, user.password_hash, app_metadata,
                                 user.user_metadata, user.email_confirmed_at, user.phone_confirmed_at,
                                 user.is_anonymous, user.invited_at, user.sign_up_id, user.now);
    if (!user.provider.empty()) co_return row;
    for (const std::string& provider : providers_of(user)) co_await insert_identity(tx, id, user, provider);
    co_return row;
}

Task<std::optional<UserRow>> find_user(db::Tx& tx, UserId id) {
    return tx.maybe_one<UserRow>(sql::find_user, id);
}

Task<std::optional<UserRow>> find_user_by_email(db::Tx& tx, std::string email) {
    // Two statements, not a join: the registry and the account lie on different shards.
    const auto id = co_await tx.maybe_one<UserId>(sql::user_id_by_email, email);
    if (!id) co_return std::nullopt;
    co_return co_await tx.maybe_one<UserRow>(sql::find_user, *id);
}

Task<std::optional<UserRow>> find_user_by_phone(db::Tx& tx, std::string phone) {
    const auto id = co_await tx.maybe_one<UserId>(sql::user_id_by_phone, phone);
    if (!id) co_return std::nullopt;
    co_return co_await tx.maybe_one<UserRow>(sql::find_user, *id);
}

Task<std::optional<UserRow>> lock_user(db::Tx& tx, UserId id) {
    return tx.maybe_one<UserRow>(sql::lock_user, id);
}

Task<std::optional<UserRow>> lock_user_by_email(db::Tx& tx, std::string email) {
    const auto id = co_await tx.maybe_one<UserId>(sql::user_id_by_email, email);
    if (!id) co_return std::nullopt;
    auto user = co_await lock_user(tx, *id);
    if (user && user->email != email) co_return std::nullopt;  // has another one meanwhile
    co_return user;
}

Task<std::optional<UserRow>> lock_user_by_phone(db::Tx& tx, std::string phone) {
    const auto id = co_await tx.maybe_one<UserId>(sql::user_id_by_phone, phone);
    if (!id) co_return std::nullopt;
    auto user = co_await lock_user(tx, *id);
    if (user && user->phone != phone) co_return std::nullopt;
    co_return user;
}

Task<UserView> view_of(db::Tx& tx, UserRow user) {
    std::vector<db::Statement> statements;
    statements.push_back({sql::identities_of, db::make_params(user.id)});
    statements.push_back({sql::factors_of, db::make_params(user.id)});
    const auto rows = co_await tx.batch(std::move(statements));
    co_return UserView{std::move(user), rows[0].many<IdentityRow>(), rows[1].many<FactorView>()};
}

Task<void> begin_sign_up_again(db::Tx& tx, UserRow user, NewUser claimed) {
    const auto begun = co_await tx.execute(sql::begin_sign_up_again, user.id, claimed.password_hash,
                                           claimed.user_metadata, claimed.sign_up_id, claimed.now);
    const bool is_same = user.sign_up_id && user.sign_up_id == claimed.sign_up_id;
    if (begun > 0 && !is_same) co_await drop_provider_identities(tx, std::move(user), claimed.now);
}

Task<void> settle_owner(db::Tx& tx, UserRow user, std::optional<Uuid> proven_sign_up, Time now) {
    co_await release_credentials(tx, user.id);
    co_await tx.execute(sql::delete_factors, user.id);
    co_await tx.execute(sql::end_sign_up, user.id, proven_sign_up);
    const bool is_own = proven_sign_up && user.sign_up_id == proven_sign_up;
    if (!is_own) co_await drop_provider_identities(tx, std::move(user), now);
}

Task<void> release_identities(db::Tx& tx, UserId id) {
    const auto identities = co_await tx.many<IdentityRow>(sql::identities_of, id);
    for (const IdentityRow& identity : identities) {
        co_await tx.execute(sql::release_identity, identity.provider_id, identity.provider, id);
    }
}

Task<void> confirm_email(db::Tx& tx, UserId id, Time now) {
    co_await tx.execute(sql::confirm_email, id, now);
    co_await tx.execute(sql::confirm_identities, id, now);
}

Task<void> confirm_phone(db::Tx& tx, UserId id, Time now) {
    co_await tx.execute(sql::confirm_phone, id, now);
    co_await tx.execute(sql::confirm_phone_identity, id, now);
}

Task<bool> change_email(db::Tx& tx, UserRow user, std::string email, Time now) {
    if (email != user.email) {
        const auto claimed = co_await tx.execute(sql::claim_email, email, user.id);
        if (claimed == 0) co_return false;
        if (!user.email.empty()) co_await tx.execute(sql::release_email, user.email, user.id);
    }
    const std::string metadata = with_provider(user.app_metadata.text, "email");
    co_await tx.execute(sql::set_email, user.id, email, now, metadata, now);
    const NewUser proven{.email = std::move(email), .email_confirmed_at = now, .now = now};
    co_await put_identity(tx, user.id, proven, "email");
    co_return true;
}

Task<bool> change_phone(db::Tx& tx, UserRow user, std::string phone, Time now) {
    if (phone != user.phone) {
        const auto claimed = co_await tx.execute(sql::claim_phone, phone, user.id);
        if (claimed == 0) co_return false;
        if (!user.phone.empty()) co_await tx.execute(sql::release_phone, user.phone, user.id);
    }
    const std::string metadata = with_provider(user.app_metadata.text, "phone");
    co_await tx.execute(sql::set_phone, user.id, phone, now, metadata, now);
    const NewUser proven{.phone = std::move(phone), .phone_confirmed_at = now, .now = now};
    co_await put_identity(tx, user.id, proven, "phone");
    co_return true;
}

Task<bool> remove_identity(db::Tx& tx, UserRow user, IdentityRow identity, std::vector<IdentityRow> rest, Time now) {
    co_await tx.execute(sql::delete_identity, user.id, identity.id);
    co_await tx.execute(sql::release_identity, identity.provider_id, identity.provider, user.id);
    std::vector<std::string> providers;
    for (const IdentityRow& row : rest) providers.push_back(row.provider);
    const std::string metadata = with_providers(user.app_metadata.text, providers);
    co_await tx.execute(sql::set_app_metadata, user.id, metadata, now);
    const std::optional<Time> unconfirmed;
    if (identity.provider == "phone") {
        co_await tx.execute(sql::release_phone, user.phone, user.id);
        co_await tx.execute(sql::set_phone, user.id, "", unconfirmed, metadata, now);
        co_return true;
    }
    const std::string email = proven_email_of(rest, user.email);
    if (email == user.email) co_return true;
    if (!email.empty()) {
        const auto claimed = co_await tx.execute(sql::claim_email, email, user.id);
        if (claimed == 0) co_return false;
    }
    co_await tx.execute(sql::release_email, user.email, user.id);
    co_await tx.execute(sql::set_email, user.id, email, email.empty() ? unconfirmed : std::optional(now), metadata,
                        now);
    co_return true;
}

}  // namespace store
}  // namespace tt::auth
