#pragma once

#include <string_view>

namespace platform::intl {

/// Whether the IANA database has a time zone or a link of exactly this name. Asks the system's copy (Debian's tzdata,
/// which is updated several times a year; ICU's is as old as the ICU), read once.
/// Throws std::runtime_error where the system has none.
bool is_time_zone(std::string_view name);

}  // namespace platform::intl
