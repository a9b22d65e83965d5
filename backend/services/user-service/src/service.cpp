#include "services/user-service/src/service.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/events/bus.hpp"
#include "platform/json/member.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/store/invitations_sql.hpp"
#include "services/user-service/src/store/preferences_sql.hpp"
#include "services/user-service/src/store/profiles_sql.hpp"

#include <boost/json.hpp>

namespace tt::user {
namespace {

constexpr std::chrono::hours clean_up_interval{1};

// Events of other services may carry more than we need, so they are read member by member.

boost::json::object payload_of(const events::Event& event) {
    return boost::json::parse(event.payload).as_object();
}

UserId user_of(const boost::json::object& payload) {
    return UserId::parse(json::text_member(payload, "user_id")).value();
}

Task<void> on_user_created(db::Tx& tx, events::Event event) {
    const auto payload = payload_of(event);
    const std::string name = json::text_member(payload, "display_name");
    const auto display_name = name.empty() ? std::nullopt : std::optional(name);
    co_await store::create_user(tx, user_of(payload), json::text_member(payload, "email"), display_name);
}

Task<void> on_user_updated(db::Tx& tx, events::Event event) {
    const auto payload = payload_of(event);
    co_await store::set_email(tx, user_of(payload), json::text_member(payload, "email"));
}

std::vector<PersonalDataSource*> all_sources(PersonalDataSource& accounts, PersonalDataSource& own,
                                             std::vector<PersonalDataSource*> others) {
    others.insert(others.begin(), {&accounts, &own});
    return others;
}

}  // namespace

UserService::UserService(UserEnvironment environment, ExportConfig config, std::vector<PersonalDataSource*> sources)
    : site_(environment.site),
      clock_(environment.clock),
      profiles_(environment.site, config.site_url),
      avatars_(environment.site, profiles_, environment.objects, environment.runtime, environment.clock),
      organizations_(environment.site, environment.accounts, environment.clock, config.site_url),
      invitations_(environment.site, environment.accounts, environment.mailer, environment.clock, config.site_url),
      exports_({environment.site, environment.objects, environment.mailer, environment.runtime, environment.clock},
               std::move(config), all_sources(environment.accounts, *this, std::move(sources))) {}

void UserService::mount(http::Router& router) {
    api::mount_profile(router, profiles_);
    api::mount_avatar(router, avatars_);
    api::mount_preferences(router, profiles_);
    api::mount_exports(router, exports_);
    api::mount_organizations(router, organizations_);
    api::mount_invitations(router, invitations_);
    api::mount_sync(router, *this);
}

void UserService::subscribe(events::Bus& bus) {
    events::Bus mine = bus.as(site_.role());
    mine.subscribe("user.create_profile", "user.created", on_user_created);
    mine.subscribe("user.create_profile", "user.updated", on_user_updated);
    mine.subscribe("user.create_profile", "user.deleted", [this](db::Tx& tx, events::Event event) {
        const auto payload = payload_of(event);
        return erase(tx, user_of(payload), json::text_member(payload, "email_sha256"));
    });
}

void UserService::work(jobs::Worker& worker) {
    worker.handle(Exports::make_queue, [this](jobs::Job job) { return exports_.make(std::move(job)); });
    worker.handle(Exports::mail_queue, [this](jobs::Job job) { return exports_.send_mail(std::move(job)); });
    worker.handle(Exports::erase_queue, [this](jobs::Job job) { return exports_.remove_objects(std::move(job)); });
    worker.handle(Invitations::queue, [this](jobs::Job job) { return invitations_.send(std::move(job)); });
}

void UserService::schedule(jobs::Scheduler& scheduler) {
    scheduler.every("user.clean_up", clean_up_interval, [this] { return clean_up(); });
}

Task<void> UserService::clean_up() {
    co_await exports_.clean_up();
    co_await invitations_.clean_up();
    co_await avatars_.sweep();
}

Task<std::vector<ProfileBucket>> UserService::profile_buckets() {
    return store::profile_buckets(site_);
}

Task<std::vector<SyncedProfile>> UserService::profiles_of_bucket(int bucket) {
    return store::profiles_of_bucket(site_, bucket);
}

Task<PersonalData> UserService::personal_data(PersonalDataOwner owner) {
    PersonalData data;
    std::string profile = co_await profiles_.profile_data(owner.user_id);
    std::string preferences = co_await profiles_.preferences_data(owner.user_id);
    std::string organizations = co_await organizations_.personal_data(owner.user_id);
    data.parts.push_back({"profile", {std::move(profile)}});
    data.parts.push_back({"preferences", {std::move(preferences)}});
    data.parts.push_back({"organizations", {std::move(organizations)}});
    co_return data;
}

Task<void> UserService::erase(db::Tx& tx, UserId user, std::string email_sha256) {
    const Time now = clock_.now();
    co_await tx.execute(sql::erase_user, user, now);
    co_await avatars_.erase(tx, user);
    co_await organizations_.erase(tx, user);
    co_await exports_.erase(tx, user);
    co_await tx.execute(sql::erase_preferences, user);
    co_await tx.execute(sql::erase_profile, user);
    co_await tx.execute(sql::erase_inviter, user);
    const auto digest = crypto::hex_decode(email_sha256);
    if (!digest || digest->empty()) co_return;
    const db::Bytea address{*digest};
    co_await tx.execute(sql::erase_invitations_to, address);
}

}  // namespace tt::user
