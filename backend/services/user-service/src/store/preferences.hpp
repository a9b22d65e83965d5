#pragma once

#include "platform/db/database.hpp"
#include "services/user-service/src/domain/theme.hpp"
#include "shared/types/ids.hpp"

namespace tt::user::store {

/// What is not in the profile.
struct PreferencesRow {
    Theme theme = Theme::system;
    bool mail_courses = true;
    bool mail_reminders = true;
    bool mail_organizations = true;
};
BOOST_DESCRIBE_STRUCT(PreferencesRow, (), (theme, mail_courses, mail_reminders, mail_organizations))

Task<PreferencesRow> preferences_of(const db::Database& site, UserId user);
Task<PreferencesRow> preferences_of(db::Tx& tx, UserId user);
Task<void> put_preferences(db::Tx& tx, UserId user, PreferencesRow row);

}  // namespace tt::user::store
