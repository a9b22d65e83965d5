#pragma once

#include "platform/json/json.hpp"
#include "services/user-service/src/domain/theme.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>

/// Bodies of /api/v1/preferences.
namespace tt::user {

/// Which mails a person wants. Those about the security of the account always come.
struct MailPreferences {
    bool security = true;
    bool organizations = true;
    bool marketing = false;
};
BOOST_DESCRIBE_STRUCT(MailPreferences, (), (security, organizations, marketing))

struct Preferences {
    std::string locale;
    std::string timezone;
    Theme theme = Theme::system;
    MailPreferences mail;
    std::int64_t row_version = 0;
    Time updated_at{};
};
BOOST_DESCRIBE_STRUCT(Preferences, (), (locale, timezone, theme, mail, row_version, updated_at))

struct MailPreferencesChange {
    std::optional<bool> security;
    std::optional<bool> organizations;
    std::optional<bool> marketing;
};
BOOST_DESCRIBE_STRUCT(MailPreferencesChange, (), (security, organizations, marketing))

/// What is absent stays as it is.
struct PreferencesChange {
    std::optional<std::string> locale;
    std::optional<std::string> timezone;
    std::optional<Theme> theme;
    std::optional<MailPreferencesChange> mail;
};
BOOST_DESCRIBE_STRUCT(PreferencesChange, (), (locale, timezone, theme, mail))

}  // namespace tt::user

namespace platform::json {

template <>
inline constexpr Rule rule<&tt::user::PreferencesChange::locale>{
    .min_length = 2, .max_length = 20, .description = "BCP 47, e.g. en or pt-BR"};
template <>
inline constexpr Rule rule<&tt::user::PreferencesChange::timezone>{
    .min_length = 1, .max_length = 64, .description = "IANA name, e.g. Europe/Paris"};

}  // namespace platform::json
