#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/preferences.hpp"

#include <optional>

namespace platform::restql {

/// With handling=strict nothing may be asked for that is not understood: PGRST122 (400).
std::optional<ApiError> refuse_preferences(const Preferences& preferences);

}  // namespace platform::restql
