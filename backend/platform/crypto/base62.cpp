#include "platform/crypto/base62.hpp"

#include <cmath>
#include <cstdint>

namespace platform::crypto {
namespace {

constexpr std::string_view base62_digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr unsigned base62_radix = 62;

std::size_t base62_length(std::size_t byte_count) {
    return static_cast<std::size_t>(std::ceil(static_cast<double>(byte_count) * 8 / std::log2(base62_radix)));
}

}  // namespace

std::string base62_encode(std::string_view bytes) {
    std::string number(bytes);
    std::string text(base62_length(bytes.size()), '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
        unsigned rest = 0;
        for (char& byte : number) {  // one long division, the first byte being the highest
            const unsigned value = rest << 8 | static_cast<std::uint8_t>(byte);
            byte = static_cast<char>(value / base62_radix);
            rest = value % base62_radix;
        }
        *digit = base62_digits[rest];
    }
    return text;
}

std::optional<std::string> base62_decode(std::string_view text, std::size_t byte_count) {
    if (text.size() != base62_length(byte_count)) return std::nullopt;
    std::string number(byte_count, '\0');
    for (const char character : text) {
        const auto digit = base62_digits.find(character);
        if (digit == std::string_view::npos) return std::nullopt;
        unsigned carry = static_cast<unsigned>(digit);
        for (auto byte = number.rbegin(); byte != number.rend(); ++byte) {
            const unsigned value = static_cast<std::uint8_t>(*byte) * base62_radix + carry;
            *byte = static_cast<char>(value & 0xff);
            carry = value >> 8;
        }
        if (carry != 0) return std::nullopt;
    }
    return number;
}

}  // namespace platform::crypto
