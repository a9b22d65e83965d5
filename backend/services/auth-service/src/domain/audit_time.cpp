#include "services/auth-service/src/domain/audit_time.hpp"

#include <algorithm>

namespace tt::auth {

platform::Uuid audit_id_floor(platform::Time moment) {
    const auto since_epoch = std::chrono::floor<std::chrono::milliseconds>(moment.time_since_epoch()).count();
    const auto unix_ms = static_cast<std::uint64_t>(std::max<std::int64_t>(since_epoch, 0));
    platform::Uuid id;
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
    return id;
}

}  // namespace tt::auth
