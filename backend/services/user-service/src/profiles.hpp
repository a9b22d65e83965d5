#pragma once

#include "platform/db/database.hpp"
#include "services/user-service/src/api/preferences_json.hpp"
#include "services/user-service/src/api/profile_json.hpp"
#include "services/user-service/src/store/profiles.hpp"
#include "shared/types/principal.hpp"

namespace tt::user {

/// Rows that a clean-up reads at once; it goes on until there are no more.
inline constexpr int clean_up_page = 100;

/// Profiles and preferences: one row version for both, because locale, time zone and consent are part of either.
class Profiles {
public:
    Profiles(db::Database site, std::string site_url) : site_(std::move(site)), site_url_(std::move(site_url)) {}

    /// Errors of all that take a caller: those of hold_profile.
    Task<Result<Profile>> find(Principal caller);
    /// Further errors: precondition_failed (412) when `if_version` is not the row's, unknown_time_zone (422),
    /// validation_failed (400) for a bad locale.
    Task<Result<Profile>> change(Principal caller, ProfileChange change, std::optional<std::int64_t> if_version);

    Task<Result<Preferences>> preferences(Principal caller);
    /// Errors: those of change.
    Task<Result<Preferences>> change_preferences(Principal caller, PreferencesChange change,
                                                 std::optional<std::int64_t> if_version);

    struct AvatarSwap {
        Profile profile;
        std::optional<std::string> former_key;
    };
    Task<Result<AvatarSwap>> set_avatar(Principal caller, std::optional<std::string> key);

    /// Both as JSON, for the export of a person's data.
    Task<std::string> profile_data(UserId user);
    Task<std::string> preferences_data(UserId user);

private:
    Task<Result<store::ProfileRow>> present(Principal caller);
    Task<Result<store::ProfileRow>> apply(db::Tx& tx, Principal caller, ProfileChange change,
                                          std::optional<std::int64_t> if_version);
    Profile shown(const store::ProfileRow& row, std::string email) const;

    db::Database site_;
    std::string site_url_;
};

/// The caller's profile, held until the transaction ends; made when the person is faster than the event of their
/// account. Whatever is written about a person holds it first, so that it comes before or after the erasure of their
/// account. Error: unauthenticated (401) when it came before: a token may outlive its account for some seconds.
Task<Result<store::ProfileRow>> hold_profile(db::Tx& tx, Principal caller);

}  // namespace tt::user
