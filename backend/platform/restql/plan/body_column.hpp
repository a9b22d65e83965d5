#pragma once

#include "platform/restql/schema/model.hpp"

#include <optional>
#include <string>

namespace platform::restql {

/// A value that each object of a JSON body brings along: a column to write, or an argument of a function. `reader`
/// turns JSON into its domain; without one, JSON is read as `type`.
struct BodyColumn {
    std::string name;
    std::string type;
    const Representation* reader = nullptr;
    std::optional<std::string> default_value{};  ///< SQL; what missing=default puts where the key is missing, as JSON
};

}  // namespace platform::restql
