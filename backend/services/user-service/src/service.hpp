#pragma once

#include "platform/app/service.hpp"
#include "platform/db/database.hpp"
#include "services/user-service/contract/profile_directory.hpp"
#include "services/user-service/src/api/profile_json.hpp"
#include "shared/types/principal.hpp"

namespace tt::user {

/// Profiles of the site's accounts: who they are to other people, and their settings. Follows auth's user.created, and
/// creates the rows itself when a signed-in person is faster than their event.
class UserService final : public app::Service, public ProfileDirectory {
public:
    explicit UserService(db::Database site) : site_(std::move(site)) {}

    std::string_view name() const override { return "user"; }
    void mount(http::Router& router) override;
    void subscribe(events::Bus& bus) override;

    Task<Profile> profile(Principal caller);
    /// Errors: precondition_failed (412) when `if_version` is not the row's, invalid_argument for a bad locale.
    Task<Result<Profile>> change_profile(Principal caller, ProfileChange change,
                                         std::optional<std::int64_t> if_version);

    Task<std::vector<ProfileBucket>> profile_buckets() override;
    Task<std::vector<SyncedProfile>> profiles_of_bucket(int bucket) override;

private:
    Task<void> ensure_user(Principal caller);

    db::Database site_;
};

}  // namespace tt::user
