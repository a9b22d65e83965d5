#pragma once

#include "platform/db/database.hpp"
#include "services/user-service/src/domain/theme.hpp"
#include "shared/types/ids.hpp"

namespace tt::user::store {

/// What is not in the profile.
struct PreferencesRow {
    Theme theme = Theme::system;
    bool mail_organizations = true;
};
BOOST_DESCRIBE_STRUCT(PreferencesRow, (), (theme, mail_organizations))

Task<PreferencesRow> preferences_of(const db::Database& site, UserId user);
Task<PreferencesRow> preferences_of(db::Tx& tx, UserId user);
Task<void> put_preferences(db::Tx& tx, UserId user, PreferencesRow row);
/// Whether the owner of an address does without mails of organisations; also false when nobody is known by it.
Task<bool> refuses_organization_mail(db::Database site, std::string email);

}  // namespace tt::user::store
