#pragma once

#include <string>
#include <vector>

namespace tt::content {

/// The service's parts of an export of all data of a person.
inline std::vector<std::string> personal_data_parts() {
    return {"quiz_results", "newsletter", "contact_messages"};
}

}  // namespace tt::content
