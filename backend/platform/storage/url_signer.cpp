#include "platform/storage/url_signer.hpp"

#include "platform/core/sha256.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

namespace platform::storage {
namespace {

constexpr std::size_t secret_min_bytes = 32;  // RFC 2104 §3: not shorter than the output of the hash

std::int64_t unix_seconds(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::string signature_of(const std::string& secret, std::string_view path, std::int64_t expires) {
    const std::string message = "GET\n" + std::string(path) + "\n" + std::to_string(expires);
    Sha256Bytes digest{};
    unsigned length = 0;
    const auto* data = reinterpret_cast<const unsigned char*>(message.data());
    if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), data, message.size(), digest.data(),
             &length) == nullptr) {
        throw std::runtime_error("hmac failed");
    }
    return to_hex(digest);
}

/// Only the spelling sign() writes is accepted, so that one permission has one URL.
std::optional<std::int64_t> parse_expires(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text != std::to_string(value)) return std::nullopt;
    return value;
}

bool equal(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace

UrlSigner::UrlSigner(std::vector<std::string> secrets) : secrets_(std::move(secrets)) {
    const auto is_short = [](const std::string& secret) { return secret.size() < secret_min_bytes; };
    if (secrets_.empty() || std::ranges::any_of(secrets_, is_short)) {
        throw std::invalid_argument("a secret for signed URLs has at least 32 bytes");
    }
}

std::string UrlSigner::sign(std::string_view path, Time now, std::chrono::seconds lifetime) const {
    const std::int64_t window = lifetime.count();
    const std::int64_t expires = ((unix_seconds(now) + window) / window + 1) * window;
    return std::string(path) + "?exp=" + std::to_string(expires) +
           "&sig=" + signature_of(secrets_.front(), path, expires);
}

Result<void> UrlSigner::verify(std::string_view path, std::string_view expires, std::string_view signature,
                               Time now) const {
    const auto until = parse_expires(expires);
    const auto matches = [&](const std::string& secret) {
        return equal(signature_of(secret, path, *until), signature);
    };
    if (!until || std::ranges::none_of(secrets_, matches)) {
        return Error{Code::permission_denied, "link_invalid", "This link was not made by this site."};
    }
    if (unix_seconds(now) >= *until) {
        return Error{Code::permission_denied, "link_expired", "This link has expired; reload the page for a new one."};
    }
    return {};
}

}  // namespace platform::storage
