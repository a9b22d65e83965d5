#include "services/auth-service/src/domain/key_rotation.hpp"

namespace tt::auth {

std::optional<KeyMove> next_key_move(const std::vector<KeyState>& keys, const KeyPeriods& periods, platform::Time now) {
    const KeyState* next = nullptr;
    const KeyState* current = nullptr;
    for (const KeyState& key : keys) {
        if (key.state == "previous" && now - key.since >= periods.published_after_use) {
            return KeyMove{KeyStep::retire, key.kid};
        }
        if (key.state == "next") next = &key;
        if (key.state == "current") current = &key;
    }
    if (next) {
        if (now - next->since < periods.published_before_use) return std::nullopt;
        return KeyMove{KeyStep::promote_next, next->kid};
    }
    if (current && now - current->since >= periods.signs_for) return KeyMove{KeyStep::publish_next};
    return std::nullopt;
}

}  // namespace tt::auth
