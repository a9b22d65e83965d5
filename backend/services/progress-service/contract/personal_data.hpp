#pragma once

#include <string>
#include <vector>

namespace tt::progress {

/// The service's parts of an export of all data of a person.
inline std::vector<std::string> personal_data_parts() {
    return {"progress", "quiz_attempts", "certificates"};
}

}  // namespace tt::progress
