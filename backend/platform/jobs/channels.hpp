#pragma once

#include <string>
#include <string_view>

namespace platform::jobs {

/// Name of the in-process hint (db::Database::listen) that a queue has got work.
inline std::string queue_channel(std::string_view queue) {
    return "jobs." + std::string(queue);
}

}  // namespace platform::jobs
