#include "platform/core/result.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/events/webhooks.hpp"

#include <charconv>
#include <cstdlib>
#include <stdexcept>

namespace platform::events {
namespace {

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::size_t secret_bytes = 32;  // standard-webhooks: 24 to 64

std::string key_of(std::string_view secret) {
    if (secret.starts_with(secret_prefix)) secret.remove_prefix(secret_prefix.size());
    auto key = crypto::base64_decode(secret);
    if (!key || key->size() < 24 || key->size() > 64) throw std::invalid_argument("not a webhook secret");
    return std::move(*key);
}

/// The base64 after "v1,": what is compared.
std::string signature_of(std::string_view secret, std::string_view id, std::string_view timestamp,
                         std::string_view body) {
    std::string content;
    content.reserve(id.size() + timestamp.size() + body.size() + 2);
    content.append(id).append(".").append(timestamp).append(".").append(body);
    return crypto::base64_encode(crypto::hmac_sha256(key_of(secret), content));
}

bool is_signed_by(std::string_view signatures, std::string_view expected) {
    bool is_found = false;
    while (!signatures.empty()) {
        const auto end = signatures.find(' ');
        std::string_view signature = signatures.substr(0, end);
        signatures = end == std::string_view::npos ? std::string_view{} : signatures.substr(end + 1);
        if (!signature.starts_with("v1,")) continue;
        signature.remove_prefix(3);
        if (crypto::constant_time_equal(signature, expected)) is_found = true;
    }
    return is_found;
}

bool is_timely(std::string_view text, Time now) {
    std::int64_t sent_s = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sent_s);
    if (error != std::errc{} || end != text.data() + text.size()) return false;
    const auto now_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    return sent_s >= now_s - webhook_tolerance_s && sent_s <= now_s + webhook_tolerance_s;
}

}  // namespace

std::string make_webhook_secret() {
    return std::string(secret_prefix) + crypto::base64_encode(crypto::random_bytes(secret_bytes));
}

std::string sign_webhook(std::string_view secret, std::string_view id, std::int64_t timestamp_s,
                         std::string_view body) {
    return "v1," + signature_of(secret, id, std::to_string(timestamp_s), body);
}

Result<void> verify_webhook(const std::vector<std::string>& secrets, const WebhookHeaders& headers,
                            std::string_view body, Time now) {
    bool is_valid = false;
    for (const auto& secret : secrets) {
        const std::string expected = signature_of(secret, headers.id, headers.timestamp, body);
        if (is_signed_by(headers.signature, expected)) is_valid = true;
    }
    if (!is_valid || headers.id.empty() || !is_timely(headers.timestamp, now)) {
        return Error{Code::unauthenticated, "webhook_signature_invalid", "The signature of this webhook is not valid."};
    }
    return {};
}

}  // namespace platform::events
