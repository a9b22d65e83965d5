#include "platform/restql/plan/strict_preferences.hpp"

namespace platform::restql {

std::optional<ApiError> refuse_preferences(const Preferences& preferences) {
    if (!preferences.is_strict() || preferences.invalid.empty()) return std::nullopt;
    std::string details = "Invalid preferences: ";
    for (const auto& preference : preferences.invalid) {
        if (&preference != &preferences.invalid.front()) details += ", ";
        details += preference;
    }
    return ApiError{.status = 400,
                    .code = "PGRST122",
                    .message = "Invalid preferences given with handling=strict",
                    .details = std::move(details)};
}

}  // namespace platform::restql
