#pragma once

#include "platform/app/service.hpp"
#include "services/auth-service/contract/account_directory.hpp"
#include "services/user-service/contract/profile_directory.hpp"
#include "services/user-service/src/avatars.hpp"
#include "services/user-service/src/exports.hpp"
#include "services/user-service/src/invitations.hpp"
#include "services/user-service/src/organizations.hpp"
#include "services/user-service/src/profiles.hpp"

namespace tt::user {

/// What the service needs of the process that holds it; everything outlives it.
struct UserEnvironment {
    db::Database site;
    auth::AccountDirectory& accounts;
    storage::ObjectStore& objects;
    mail::Mailer& mailer;
    Runtime& runtime;
    const Clock& clock;
};

/// People around their accounts: profile, preferences, organisations, a copy of all their data. Follows auth's
/// user.created, and creates the rows itself when a signed-in person is faster than their event.
class UserService final : public app::Service, public ProfileDirectory, public PersonalDataSource {
public:
    /// `sources` are the other services whose data an export gathers; auth and this one are always asked.
    UserService(UserEnvironment environment, ExportConfig config, std::vector<PersonalDataSource*> sources);

    std::string_view name() const override { return "user"; }
    void mount(http::Router& router) override;
    void subscribe(events::Bus& bus) override;
    void work(jobs::Worker& worker) override;
    void schedule(jobs::Scheduler& scheduler) override;

    /// Removes files, pictures and invitations whose time is over; the schedule does it every hour.
    Task<void> clean_up();

    Task<std::vector<ProfileBucket>> profile_buckets() override;
    Task<std::vector<SyncedProfile>> profiles_of_bucket(int bucket) override;

    std::vector<std::string> part_names() const override { return {"profile", "preferences", "organizations"}; }
    Task<PersonalData> personal_data(PersonalDataOwner owner) override;

private:
    /// All that is here of a person whose account has ended (docs/api/users.md, Erasure).
    Task<void> erase(db::Tx& tx, UserId user, std::string email_sha256);

    db::Database site_;
    const Clock& clock_;
    Profiles profiles_;
    Avatars avatars_;
    Organizations organizations_;
    Invitations invitations_;
    Exports exports_;
};

}  // namespace tt::user
