#pragma once

#include "platform/json/json.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <string>

/// Bodies of /api/v1/profile.
namespace tt::user {

struct Profile {
    UserId user_id;
    std::string email;
    std::optional<std::string> display_name;
    std::optional<std::string> headline;
    std::optional<std::string> bio;
    std::optional<std::string> avatar_url;
    std::string locale;
    std::string timezone;
    bool marketing_consent = false;
    std::int64_t row_version = 0;
    Time updated_at{};
};
BOOST_DESCRIBE_STRUCT(Profile, (),
                      (user_id, email, display_name, headline, bio, avatar_url, locale, timezone, marketing_consent,
                       row_version, updated_at))

/// What is absent stays as it is.
struct ProfileChange {
    std::optional<std::string> display_name;
    std::optional<std::string> headline;
    std::optional<std::string> bio;
    std::optional<std::string> locale;
    std::optional<std::string> timezone;
    std::optional<bool> marketing_consent;
};
BOOST_DESCRIBE_STRUCT(ProfileChange, (), (display_name, headline, bio, locale, timezone, marketing_consent))

}  // namespace tt::user

namespace platform::json {

template <>
inline constexpr Rule rule<&tt::user::ProfileChange::display_name>{.min_length = 1, .max_length = 120};
template <>
inline constexpr Rule rule<&tt::user::ProfileChange::headline>{.max_length = 200};
template <>
inline constexpr Rule rule<&tt::user::ProfileChange::bio>{.max_length = 4000};
template <>
inline constexpr Rule rule<&tt::user::ProfileChange::locale>{
    .min_length = 2, .max_length = 20, .description = "BCP 47, e.g. en or pt-BR"};
template <>
inline constexpr Rule rule<&tt::user::ProfileChange::timezone>{
    .min_length = 1, .max_length = 64, .description = "IANA name, e.g. Europe/Paris"};

}  // namespace platform::json
