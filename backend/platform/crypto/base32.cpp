#include "platform/crypto/base32.hpp"

#include <cstdint>

namespace platform::crypto {
namespace {

constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr int bits_per_letter = 5;

int base32_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a';
    if (c >= '2' && c <= '7') return c - '2' + 26;
    return -1;
}

bool is_base32_length(std::size_t letters) {
    const std::size_t rest = letters % 8;
    return rest != 1 && rest != 3 && rest != 6;
}

}  // namespace

std::string base32_encode(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t bits = 0;
    int bit_count = 0;
    for (const char c : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        bit_count += 8;
        while (bit_count >= bits_per_letter) {
            bit_count -= bits_per_letter;
            out += base32_alphabet[(bits >> bit_count) & 31];
        }
    }
    if (bit_count > 0) out += base32_alphabet[(bits << (bits_per_letter - bit_count)) & 31];
    return out;
}

std::optional<std::string> base32_decode(std::string_view text) {
    if (!is_base32_length(text.size())) return std::nullopt;
    std::string out;
    out.reserve(text.size() * 5 / 8);
    std::uint32_t bits = 0;
    int bit_count = 0;
    for (const char c : text) {
        const int value = base32_value(c);
        if (value < 0) return std::nullopt;
        bits = (bits << bits_per_letter) | static_cast<std::uint32_t>(value);
        bit_count += bits_per_letter;
        if (bit_count >= 8) {
            bit_count -= 8;
            out += static_cast<char>((bits >> bit_count) & 0xFF);
        }
    }
    // Left-over bits would let two spellings mean the same bytes.
    if ((bits & ((1U << bit_count) - 1)) != 0) return std::nullopt;
    return out;
}

}  // namespace platform::crypto
