#include "platform/crypto/totp.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/openssl.hpp"

#include <openssl/hmac.h>
#include <array>

namespace platform::crypto {
namespace {

std::array<unsigned char, 20> hmac_sha1(std::string_view key, std::string_view data) {
    std::array<unsigned char, 20> mac{};
    const unsigned char* done =
        HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), octets(data), data.size(), mac.data(), nullptr);
    require(done ? 1 : 0, "HMAC");
    return mac;
}

std::string big_endian(std::int64_t step) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[7 - i] = static_cast<char>(step >> (8 * i) & 0xFF);
    return bytes;
}

}  // namespace

std::int64_t totp_step(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch() / totp_period;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
    constexpr std::uint32_t modulus = 1'000'000;
    const auto mac = hmac_sha1(secret, big_endian(step));
    const std::size_t offset = mac.back() & 0x0F;  // dynamic truncation, RFC 4226 §5.3
    const std::uint32_t number = (mac[offset] & 0x7FU) << 24 | std::uint32_t{mac[offset + 1]} << 16 |
                                 std::uint32_t{mac[offset + 2]} << 8 | mac[offset + 3];
    const std::string digits = std::to_string(number % modulus);
    return std::string(totp_digits - digits.size(), '0') + digits;
}

std::optional<std::int64_t> matching_totp_step(std::string_view secret, std::string_view code, Time now, TotpSkew skew,
                                               std::int64_t last_step) {
    std::optional<std::int64_t> found;
    const std::int64_t current = totp_step(now);
    for (std::int64_t step = current - skew.past; step <= current + skew.future; ++step) {
        const bool is_right = constant_time_equal(totp_code(secret, step), code);
        if (is_right && step > last_step) found = step;
    }
    return found;
}

}  // namespace platform::crypto
