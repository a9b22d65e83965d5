#include "services/user-service/src/service.hpp"

#include "platform/events/bus.hpp"
#include "platform/intl/time_zones.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/store/profiles.hpp"

#include <boost/json.hpp>

namespace tt::user {
namespace {

/// Payload of auth's user.created.
struct UserCreated {
    UserId user_id;
    std::string email;
    std::optional<std::string> display_name;
};

std::optional<std::string> non_empty(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

UserCreated read_user_created(const std::string& payload) {
    const auto body = boost::json::parse(payload).as_object();
    const auto* name = body.if_contains("display_name");
    const auto* text = name ? name->if_string() : nullptr;
    return {.user_id = UserId::parse(body.at("user_id").as_string()).value(),
            .email = std::string(body.at("email").as_string()),
            .display_name = non_empty(text ? std::string(*text) : std::string())};
}

Task<void> on_user_created(db::Tx& tx, events::Event event) {
    const auto created = read_user_created(event.payload);
    co_await store::create_user(tx, created.user_id, created.email, created.display_name);
}

Profile to_profile(const store::ProfileRow& row, std::string email) {
    return {row.user_id, std::move(email), row.display_name,      row.headline,    row.bio,
            row.locale,  row.timezone,     row.marketing_consent, row.row_version, row.updated_at};
}

Error unknown_time_zone() {
    return {Code::unprocessable,
            "unknown_time_zone",
            "The time zone is not known.",
            {{"/timezone", "must be the IANA name of a time zone such as Europe/Paris"}}};
}

void apply(store::ProfileRow& row, const ProfileChange& change) {
    if (change.display_name) row.display_name = change.display_name;
    if (change.headline) row.headline = non_empty(*change.headline);
    if (change.bio) row.bio = non_empty(*change.bio);
    if (change.locale) row.locale = *change.locale;
    if (change.timezone) row.timezone = *change.timezone;
    if (change.marketing_consent) row.marketing_consent = *change.marketing_consent;
}

}  // namespace

void UserService::mount(http::Router& router) {
    api::mount_profile(router, *this);
    api::mount_sync(router, *this);
}

void UserService::subscribe(events::Bus& bus) {
    bus.as(site_.role()).subscribe("user.create_profile", "user.created", on_user_created);
}

Task<void> UserService::ensure_user(Principal caller) {
    db::Tx tx = co_await site_.begin();
    co_await store::create_user(tx, *caller.user_id, caller.email, non_empty(caller.display_name));
    co_await tx.commit();
}

Task<std::vector<ProfileBucket>> UserService::profile_buckets() {
    return store::profile_buckets(site_);
}

Task<std::vector<SyncedProfile>> UserService::profiles_of_bucket(int bucket) {
    return store::profiles_of_bucket(site_, bucket);
}

Task<Profile> UserService::profile(Principal caller) {
    auto row = co_await store::find_profile(site_, *caller.user_id);
    if (!row) {
        co_await ensure_user(caller);
        row = co_await store::find_profile(site_, *caller.user_id);
    }
    co_return to_profile(row.value(), caller.email);
}

Task<Result<Profile>> UserService::change_profile(Principal caller, ProfileChange change,
                                                  std::optional<std::int64_t> if_version) {
    co_await profile(caller);
    db::Tx tx = co_await site_.begin();
    auto row = co_await store::lock_profile(tx, *caller.user_id);
    if (if_version && *if_version != row.value().row_version) {
        co_return Error{Code::precondition_failed, "precondition_failed",
                        "This profile was changed elsewhere in the meantime; reload it and try again."};
    }
    if (change.timezone && *change.timezone != row->timezone && !intl::is_time_zone(*change.timezone)) {
        co_return unknown_time_zone();
    }
    apply(*row, change);
    try {
        const auto changed = co_await store::update_profile(tx, *row);
        co_await tx.commit();
        co_return to_profile(changed, caller.email);
    } catch (const db::SqlError& error) {
        if (!error.is_check_violation()) throw;
    }
    co_return Error{Code::invalid_argument,
                    "validation_failed",
                    "The profile has a value that is not allowed.",
                    {{"/locale", "must be a BCP 47 tag such as en or pt-BR"}}};
}

}  // namespace tt::user
