#include "services/content-service/src/domain/link_token.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"

#include <algorithm>
#include <limits>

namespace tt::content {
namespace {

constexpr std::string_view confirm = "newsletter-confirm";
constexpr std::string_view unsubscribe = "newsletter-unsubscribe";
constexpr std::size_t head_bytes = 16 + 4;  // subscriber, expiry
constexpr std::size_t mac_bytes = 16;       // 128 bit: no offline search, short enough for a mail
constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

}  // namespace

std::string LinkTokens::sign(std::string_view purpose, const Uuid& subscriber, std::uint32_t expires_unix_s) const {
    std::string head(subscriber.bytes.begin(), subscriber.bytes.end());
    for (int shift = 24; shift >= 0; shift -= 8) head += static_cast<char>(expires_unix_s >> shift);
    const std::string mac = crypto::hmac_sha256(key_, std::string(purpose) + '\0' + head).substr(0, mac_bytes);
    return crypto::base64url_encode(head + mac);
}

std::optional<Uuid> LinkTokens::read(std::string_view purpose, std::string_view token,
                                     std::uint32_t& expires_unix_s) const {
    const auto bytes = crypto::base64url_decode(token);
    if (!bytes || bytes->size() != head_bytes + mac_bytes) return std::nullopt;
    Uuid subscriber;
    std::copy_n(bytes->begin(), 16, subscriber.bytes.begin());
    expires_unix_s = 0;
    for (std::size_t i = 16; i < head_bytes; ++i) {
        expires_unix_s = expires_unix_s << 8 | static_cast<std::uint8_t>((*bytes)[i]);
    }
    if (!crypto::constant_time_equal(sign(purpose, subscriber, expires_unix_s), token)) return std::nullopt;
    return subscriber;
}

std::string LinkTokens::confirmation(const Uuid& subscriber, Time expires_at) const {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(expires_at).time_since_epoch().count();
    return sign(confirm, subscriber, static_cast<std::uint32_t>(seconds));
}

std::optional<Uuid> LinkTokens::read_confirmation(std::string_view token, Time now) const {
    std::uint32_t expires_unix_s = 0;
    const auto subscriber = read(confirm, token, expires_unix_s);
    if (!subscriber || Time(std::chrono::seconds(expires_unix_s)) < now) return std::nullopt;
    return subscriber;
}

std::string LinkTokens::unsubscription(const Uuid& subscriber) const {
    return sign(unsubscribe, subscriber, never);
}

std::optional<Uuid> LinkTokens::read_unsubscription(std::string_view token) const {
    std::uint32_t expires_unix_s = 0;
    return read(unsubscribe, token, expires_unix_s);
}

}  // namespace tt::content
