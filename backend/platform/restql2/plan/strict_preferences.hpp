#pragma once

#include "platform/restql2/error.hpp"
#include "platform/restql2/parse/preferences.hpp"

#include <optional>

namespace platform::restql {

/// With handling=strict nothing may be asked for that is not understood: PGRST122 (400).
std::optional<ApiError> refuse_preferences(const Preferences& preferences);

}  // namespace platform::restql
