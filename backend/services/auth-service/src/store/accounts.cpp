#include "services/auth-service/src/store/accounts.hpp"

#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
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
    std::vector<std::string> providers;
    if (!user.email.empty()) providers.emplace_back("email");
    if (!user.phone.empty()) providers.emplace_back("phone");
    return providers;
}

}  // namespace

bool UserView::has_second_factor() const {
    return std::any_of(factors.begin(), factors.end(), [](const FactorView& factor) { return factor.is_verified(); });
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
    const auto providers = providers_of(user);
    std::string app_metadata = user.app_metadata;
    for (const std::string& provider : providers) app_metadata = with_provider(app_metadata, provider);
    UserRow row = co_await tx.one<UserRow>(sql::insert_user, id, user.email, user.phone, user.password_hash,
                                           app_metadata, user.user_metadata, user.email_confirmed_at,
                                           user.phone_confirmed_at, user.is_anonymous, user.invited_at, user.now);
    const std::string provider_id = to_string(id);
    for (const std::string& provider : providers) {
        const std::string data = identity_data(provider_id, user, provider);
        co_await tx.execute(sql::insert_identity, id, uuid_v7(), provider, provider_id, data, user.now);
    }
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

Task<UserView> view_of(db::Tx& tx, UserRow user) {
    auto identities = co_await tx.many<IdentityRow>(sql::identities_of, user.id);
    auto factors = co_await factors_of(tx, user.id);
    co_return UserView{std::move(user), std::move(identities), std::move(factors)};
}

Task<void> confirm_email(db::Tx& tx, UserId id, Time now) {
    co_await tx.execute(sql::confirm_email, id, now);
    co_await tx.execute(sql::confirm_identities, id, now);
}

}  // namespace store
}  // namespace tt::auth
