#include "services/user-service/src/store/preferences.hpp"

#include "services/user-service/src/store/preferences_sql.hpp"

namespace tt::user::store {

Task<PreferencesRow> preferences_of(const db::Database& site, UserId user) {
    const auto row = co_await site.maybe_one<PreferencesRow>(sql::find_preferences, user);
    co_return row.value_or(PreferencesRow{});
}

Task<PreferencesRow> preferences_of(db::Tx& tx, UserId user) {
    const auto row = co_await tx.maybe_one<PreferencesRow>(sql::find_preferences, user);
    co_return row.value_or(PreferencesRow{});
}

Task<void> put_preferences(db::Tx& tx, UserId user, PreferencesRow row) {
    co_await tx.execute(sql::put_preferences, user, row.theme, row.mail_organizations);
}

Task<bool> refuses_organization_mail(db::Database site, std::string email) {
    co_return co_await site.one<bool>(sql::refuses_organization_mail, email);
}

}  // namespace tt::user::store
