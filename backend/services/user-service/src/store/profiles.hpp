#pragma once

#include "platform/db/database.hpp"
#include "services/user-service/contract/events.hpp"
#include "services/user-service/contract/sync.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::user::store {

struct ProfileRow {
    UserId user_id;
    std::optional<std::string> display_name;
    std::optional<std::string> headline;
    std::optional<std::string> bio;
    std::optional<std::string> avatar_key;
    std::string locale;
    std::string timezone;
    bool marketing_consent = false;
    std::int64_t row_version = 0;
    Time updated_at{};
};
BOOST_DESCRIBE_STRUCT(ProfileRow, (),
                      (user_id, display_name, headline, bio, avatar_key, locale, timezone, marketing_consent,
                       row_version, updated_at))

/// Creates the account's user and profile rows and tells the academy; leaves them alone when they are there. False when
/// the account was erased.
Task<bool> create_user(db::Tx& tx, UserId user, std::string email, std::optional<std::string> display_name);
Task<std::optional<ProfileRow>> find_profile(const db::Database& site, UserId user);
/// Holds the row until the transaction ends.
Task<std::optional<ProfileRow>> lock_profile(db::Tx& tx, UserId user);
/// Writes all editable columns, raises row_version and appends profile.updated.
Task<ProfileRow> update_profile(db::Tx& tx, ProfileRow changed, bool is_renamed = false);

Task<void> set_email(db::Tx& tx, UserId user, std::string email);
Task<std::string> email_of(const db::Database& site, UserId user);

Task<std::vector<ProfileBucket>> profile_buckets(const db::Database& site);
Task<std::vector<SyncedProfile>> profiles_of_bucket(const db::Database& site, int bucket);

}  // namespace tt::user::store
