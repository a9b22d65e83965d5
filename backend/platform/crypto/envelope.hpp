#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::crypto {

/// Secrets at rest: every value is encrypted with AES-256-GCM under its own random data key, and the data key is
/// wrapped by a master key. Format (bytes): version 1, key id 8, nonce 12, wrapped data key 32 + tag 16, nonce 12,
/// ciphertext, tag 16.
///
/// `context` says where the value lives, e.g. "auth.sessions.refresh_key/<id>": a ciphertext moved to another row or
/// column does not open.
class Envelope {
public:
    /// 32 bytes each. The first key seals; the others only open, so a master key is rotated by putting the new one in
    /// front. Throws std::invalid_argument for a key of the wrong length or no key.
    explicit Envelope(std::vector<std::string> master_keys);

    std::string seal(std::string_view plaintext, std::string_view context) const;
    /// Nothing when the value was sealed by an unknown key, belongs elsewhere or was changed.
    std::optional<std::string> open(std::string_view sealed, std::string_view context) const;
    /// True when the value is not under the first master key any more: seal it again.
    bool is_outdated(std::string_view sealed) const;

private:
    struct MasterKey {
        std::string id;
        std::string bytes;
    };
    std::vector<MasterKey> keys_;
};

}  // namespace platform::crypto
