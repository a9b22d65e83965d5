#include "platform/core/uuid.hpp"

#include <openssl/rand.h>

#include <chrono>
#include <cstring>
#include <stdexcept>

namespace platform {
namespace {

void fill_random(std::uint8_t* out, std::size_t size) {
    // RAND_bytes costs a lock and a syscall per call; ids come in bursts, so draw for a page of them at once.
    thread_local std::array<std::uint8_t, 4096> pool;
    thread_local std::size_t used = pool.size();
    if (used + size > pool.size()) {
        if (RAND_bytes(pool.data(), static_cast<int>(pool.size())) != 1) throw std::runtime_error("no entropy");
        used = 0;
    }
    std::memcpy(out, pool.data() + used, size);
    used += size;
}

void stamp(Uuid& id, std::uint8_t version) {
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | (version << 4));
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Uuid uuid_v7_at(std::int64_t unix_ms) {
    Uuid id;
    fill_random(id.bytes.data() + 6, 10);
    for (int i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
    stamp(id, 7);
    return id;
}

Uuid uuid_v7() {
    using namespace std::chrono;
    return uuid_v7_at(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

Uuid uuid_v4() {
    Uuid id;
    fill_random(id.bytes.data(), id.bytes.size());
    stamp(id, 4);
    return id;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid id;
    std::size_t byte = 0;
    for (std::size_t i = 0; i < 36;) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-') return std::nullopt;
            ++i;
            continue;
        }
        const int high = hex_digit(text[i]);
        const int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        id.bytes[byte++] = static_cast<std::uint8_t>(high << 4 | low);
        i += 2;
    }
    return id;
}

std::string to_string(const Uuid& id) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) ++at;
        text[at++] = digits[id.bytes[i] >> 4];
        text[at++] = digits[id.bytes[i] & 15];
    }
    return text;
}

std::optional<std::int64_t> uuid_v7_unix_ms(const Uuid& id) {
    if (id.bytes[6] >> 4 != 7) return std::nullopt;
    std::int64_t ms = 0;
    for (int i = 0; i < 6; ++i) ms = ms << 8 | id.bytes[i];
    return ms;
}

}  // namespace platform

std::size_t std::hash<platform::Uuid>::operator()(const platform::Uuid& id) const noexcept {
    std::uint64_t tail;  // the random half; the first half of version 7 ids is the clock
    std::memcpy(&tail, id.bytes.data() + 8, sizeof tail);
    return tail * 0x9E3779B97F4A7C15ULL;
}
