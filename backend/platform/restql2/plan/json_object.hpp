#pragma once

#include <span>
#include <string>
#include <utility>

namespace platform::restql {

/// A form's pairs as a JSON object of texts; the last of equal names counts.
std::string json_object(std::span<const std::pair<std::string, std::string>> pairs);

}  // namespace platform::restql
