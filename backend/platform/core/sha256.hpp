#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace platform {

using Sha256Bytes = std::array<std::uint8_t, 32>;

/// SHA-256 over data that arrives in pieces, because a video does not fit in memory.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::string_view bytes);
    /// Ends the computation; the object is not used afterwards.
    Sha256Bytes finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string to_hex(const Sha256Bytes& digest);

/// SHA-256 of `bytes` as 64 lower-case hexadecimal characters.
std::string sha256_hex(std::string_view bytes);

}  // namespace platform
