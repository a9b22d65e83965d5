#include "services/auth-service/src/domain/rotation.hpp"

namespace tt::auth {

Rotation rotation_for(std::uint64_t presented, const SessionState& session, platform::Time now,
                      std::chrono::seconds reuse_interval) {
    if (presented > session.counter) return Rotation::not_issued;
    if (presented == session.counter) return Rotation::advance;
    // The parent is answered at any time: a phone that lost the reply may come back an hour later.
    if (presented + 1 == session.counter) return Rotation::repeat_current;
    return now - session.refreshed_at <= reuse_interval ? Rotation::repeat_current : Rotation::reused;
}

}  // namespace tt::auth
