#include "services/auth-service/src/store/accounts.hpp"

#include "services/auth-service/src/store/accounts_sql.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::store {
namespace {

constexpr const char* email_provider_metadata = R"({"provider":"email","providers":["email"]})";

std::string email_identity(const std::string& user_id, const NewUser& user) {
    const boost::json::object data{
        {"sub", user_id}, {"email", user.email}, {"email_verified", user.is_confirmed}, {"phone_verified", false}};
    return boost::json::serialize(data);
}

}  // namespace

Task<std::optional<UserRow>> create_user(db::Tx& tx, NewUser user) {
    const UserId id = UserId::make();
    const auto claimed = co_await tx.execute(sql::claim_email, user.email, id);
    if (claimed == 0) co_return std::nullopt;
    const std::optional<Time> confirmed_at = user.is_confirmed ? std::optional(user.now) : std::nullopt;
    UserRow row = co_await tx.one<UserRow>(sql::insert_user, id, user.email, user.password_hash,
                                           email_provider_metadata, user.user_metadata, confirmed_at, user.now);
    const std::string provider_id = to_string(id);
    const std::string data = email_identity(provider_id, user);
    co_await tx.execute(sql::insert_identity, id, uuid_v7(), "email", provider_id, data, user.now);
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

Task<std::optional<UserRow>> lock_user(db::Tx& tx, UserId id) {
    return tx.maybe_one<UserRow>(sql::lock_user, id);
}

Task<UserView> view_of(db::Tx& tx, UserRow user) {
    auto identities = co_await tx.many<IdentityRow>(sql::identities_of, user.id);
    co_return UserView{std::move(user), std::move(identities)};
}

Task<void> confirm_email(db::Tx& tx, UserId id, Time now) {
    co_await tx.execute(sql::confirm_email, id, now);
    co_await tx.execute(sql::confirm_identities, id, now);
}

}  // namespace tt::auth::store
