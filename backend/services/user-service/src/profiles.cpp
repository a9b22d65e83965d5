#include "services/user-service/src/profiles.hpp"

#include "platform/intl/time_zones.hpp"
#include "platform/json/json.hpp"
#include "services/user-service/src/avatar_url.hpp"
#include "services/user-service/src/store/preferences.hpp"

namespace tt::user {
namespace {

std::optional<std::string> non_empty(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

Error unknown_time_zone() {
    return {Code::unprocessable,
            "unknown_time_zone",
            "The time zone is not known.",
            {{"/timezone", "must be the IANA name of a time zone such as Europe/Paris"}}};
}

Error bad_locale() {
    return {Code::invalid_argument,
            "validation_failed",
            "The profile has a value that is not allowed.",
            {{"/locale", "must be a BCP 47 tag such as en or pt-BR"}}};
}

void apply_change(store::ProfileRow& row, const ProfileChange& change) {
    if (change.display_name) row.display_name = change.display_name;
    if (change.headline) row.headline = non_empty(*change.headline);
    if (change.bio) row.bio = non_empty(*change.bio);
    if (change.locale) row.locale = *change.locale;
    if (change.timezone) row.timezone = *change.timezone;
    if (change.marketing_consent) row.marketing_consent = *change.marketing_consent;
}

void apply_change(store::PreferencesRow& row, const PreferencesChange& change) {
    if (change.theme) row.theme = *change.theme;
    if (change.mail) row.mail_organizations = change.mail->organizations.value_or(row.mail_organizations);
}

Preferences shown_preferences(const store::ProfileRow& profile, const store::PreferencesRow& row) {
    return {.locale = profile.locale,
            .timezone = profile.timezone,
            .theme = row.theme,
            .mail = {.security = true, .organizations = row.mail_organizations, .marketing = profile.marketing_consent},
            .row_version = profile.row_version,
            .updated_at = profile.updated_at};
}

ProfileChange profile_part(const PreferencesChange& change) {
    ProfileChange part;
    part.locale = change.locale;
    part.timezone = change.timezone;
    if (change.mail) part.marketing_consent = change.mail->marketing;
    return part;
}

}  // namespace

Profile Profiles::shown(const store::ProfileRow& row, std::string email) const {
    return {.user_id = row.user_id,
            .email = std::move(email),
            .display_name = row.display_name,
            .headline = row.headline,
            .bio = row.bio,
            .avatar_url = avatar_url(site_url_, row.avatar_key),
            .locale = row.locale,
            .timezone = row.timezone,
            .marketing_consent = row.marketing_consent,
            .row_version = row.row_version,
            .updated_at = row.updated_at};
}

Task<Result<store::ProfileRow>> hold_profile(db::Tx& tx, Principal caller) {
    auto row = co_await store::lock_profile(tx, *caller.user_id);
    if (row) co_return std::move(*row);
    const bool exists = co_await store::create_user(tx, *caller.user_id, caller.email, non_empty(caller.display_name));
    if (!exists) co_return Error{Code::unauthenticated, "unauthenticated", "The account of this token was erased."};
    row = co_await store::lock_profile(tx, *caller.user_id);
    co_return std::move(row.value());
}

Task<Result<store::ProfileRow>> Profiles::present(Principal caller) {
    auto row = co_await store::find_profile(site_, *caller.user_id);
    if (row) co_return std::move(*row);
    db::Tx tx = co_await site_.begin();
    auto made = co_await hold_profile(tx, std::move(caller));
    if (!made) co_return made.error();
    co_await tx.commit();
    co_return std::move(*made);
}

Task<Result<Profile>> Profiles::find(Principal caller) {
    const auto row = co_await present(caller);
    if (!row) co_return row.error();
    co_return shown(*row, caller.email);
}

Task<Result<store::ProfileRow>> Profiles::apply(db::Tx& tx, Principal caller, ProfileChange change,
                                                std::optional<std::int64_t> if_version) {
    auto row = co_await hold_profile(tx, std::move(caller));
    if (!row) co_return row.error();
    if (if_version && *if_version != row->row_version) {
        co_return Error{Code::precondition_failed, "precondition_failed",
                        "This profile was changed elsewhere in the meantime; reload it and try again."};
    }
    if (change.timezone && *change.timezone != row->timezone && !intl::is_time_zone(*change.timezone)) {
        co_return unknown_time_zone();
    }
    const bool is_renamed = change.display_name && change.display_name != row->display_name;
    apply_change(*row, change);
    try {
        co_return co_await store::update_profile(tx, *row, is_renamed);
    } catch (const db::SqlError& error) {
        if (!error.is_check_violation()) throw;
    }
    co_return bad_locale();
}

Task<Result<Profile>> Profiles::change(Principal caller, ProfileChange change, std::optional<std::int64_t> if_version) {
    db::Tx tx = co_await site_.begin();
    const auto changed = co_await apply(tx, caller, std::move(change), if_version);
    if (!changed) co_return changed.error();
    co_await tx.commit();
    co_return shown(*changed, caller.email);
}

Task<Result<Preferences>> Profiles::preferences(Principal caller) {
    const auto profile = co_await present(caller);
    if (!profile) co_return profile.error();
    const auto row = co_await store::preferences_of(site_, *caller.user_id);
    co_return shown_preferences(*profile, row);
}

Task<Result<Preferences>> Profiles::change_preferences(Principal caller, PreferencesChange change,
                                                       std::optional<std::int64_t> if_version) {
    if (change.mail && change.mail->security == false) {
        co_return Error{Code::invalid_argument,
                        "validation_failed",
                        "Mails about the security of the account cannot be switched off.",
                        {{"/mail/security", "must be true"}}};
    }
    db::Tx tx = co_await site_.begin();
    // The profile's row is held first: two changes at once are one after the other, also of what is not in it.
    const auto profile = co_await apply(tx, caller, profile_part(change), if_version);
    if (!profile) co_return profile.error();
    auto row = co_await store::preferences_of(tx, *caller.user_id);
    apply_change(row, change);
    co_await store::put_preferences(tx, *caller.user_id, row);
    co_await tx.commit();
    co_return shown_preferences(*profile, row);
}

Task<Result<Profiles::AvatarSwap>> Profiles::set_avatar(Principal caller, std::optional<std::string> key) {
    db::Tx tx = co_await site_.begin();
    auto row = co_await hold_profile(tx, caller);
    if (!row) co_return row.error();
    AvatarSwap swap;
    swap.former_key = row->avatar_key;
    if (swap.former_key != key) {
        row->avatar_key = std::move(key);
        *row = co_await store::update_profile(tx, *row);
        co_await tx.commit();
    } else {
        swap.former_key.reset();
    }
    swap.profile = shown(*row, caller.email);
    co_return swap;
}

Task<std::string> Profiles::profile_data(UserId user) {
    const auto row = co_await store::find_profile(site_, user);
    if (!row) co_return "null";
    std::string email = co_await store::email_of(site_, user);
    co_return json::write(shown(*row, std::move(email)));
}

Task<std::string> Profiles::preferences_data(UserId user) {
    const auto profile = co_await store::find_profile(site_, user);
    if (!profile) co_return "null";
    const auto row = co_await store::preferences_of(site_, user);
    co_return json::write(shown_preferences(*profile, row));
}

}  // namespace tt::user
