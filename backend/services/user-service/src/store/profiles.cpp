#include "services/user-service/src/store/profiles.hpp"

#include "platform/events/outbox.hpp"
#include "services/user-service/src/store/profiles_sql.hpp"

namespace tt::user::store {
namespace {

Task<void> tell(db::Tx& tx, ProfileRow row, bool is_renamed) {
    const ProfileUpdated event{row.user_id, row.display_name, row.locale, row.timezone, row.row_version, is_renamed};
    co_await events::append(tx, event);
}

}  // namespace

Task<bool> create_user(db::Tx& tx, UserId user, std::string email, std::optional<std::string> display_name) {
    const bool exists = co_await tx.one<bool>(sql::create_user, user, email);
    if (!exists) co_return false;
    const auto created = co_await tx.maybe_one<ProfileRow>(sql::create_profile, user, display_name);
    if (created) co_await tell(tx, *created, false);
    co_return true;
}

Task<std::optional<ProfileRow>> find_profile(const db::Database& site, UserId user) {
    return site.maybe_one<ProfileRow>(sql::find_profile, user);
}

Task<std::optional<ProfileRow>> lock_profile(db::Tx& tx, UserId user) {
    return tx.maybe_one<ProfileRow>(sql::lock_profile, user);
}

Task<ProfileRow> update_profile(db::Tx& tx, ProfileRow changed, bool is_renamed) {
    auto row = co_await tx.one<ProfileRow>(sql::update_profile, changed.user_id, changed.display_name, changed.headline,
                                           changed.bio, changed.avatar_key, changed.locale, changed.timezone,
                                           changed.marketing_consent);
    co_await tell(tx, row, is_renamed);
    co_return row;
}

Task<void> set_email(db::Tx& tx, UserId user, std::string email) {
    co_await tx.execute(sql::set_email, user, email);
}

Task<std::string> email_of(const db::Database& site, UserId user) {
    const auto email = co_await site.maybe_one<std::string>(sql::email_of, user);
    co_return email.value_or("");
}

Task<std::vector<ProfileBucket>> profile_buckets(const db::Database& site) {
    return site.many<ProfileBucket>(sql::profile_buckets);
}

Task<std::vector<SyncedProfile>> profiles_of_bucket(const db::Database& site, int bucket) {
    return site.many<SyncedProfile>(sql::profiles_of_bucket, bucket);
}

}  // namespace tt::user::store
