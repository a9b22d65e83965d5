#include "services/auth-service/src/domain/refresh_token.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"

namespace tt::auth {
namespace {

using namespace platform;

constexpr char format_version = 1;
constexpr std::size_t id_bytes = 16;
constexpr std::size_t signature_bytes = 16;  // half of HMAC-SHA256, as upstream: 128 bit cannot be guessed online
constexpr std::size_t checksum_bytes = 4;
constexpr std::size_t head_bytes = 1 + 2 * id_bytes;
constexpr std::size_t counter_limit_bytes = 9;  // 63 bits, as the column
constexpr std::size_t text_limit = 128;

std::string bytes_of(const Uuid& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

Uuid uuid_of(std::string_view bytes) {
    Uuid id;
    for (std::size_t i = 0; i < id_bytes; ++i) id.bytes[i] = static_cast<std::uint8_t>(bytes[i]);
    return id;
}

std::string encode_counter(std::uint64_t counter) {
    std::string out;
    do {
        const auto low = static_cast<unsigned char>(counter & 0x7F);
        counter >>= 7;
        out += static_cast<char>(counter == 0 ? low : low | 0x80);
    } while (counter != 0);
    return out;
}

// The whole of `bytes` must be one number in its shortest form.
std::optional<std::uint64_t> decode_counter(std::string_view bytes) {
    if (bytes.empty() || bytes.size() > counter_limit_bytes) return std::nullopt;
    std::uint64_t counter = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        const bool is_last = i + 1 == bytes.size();
        if (is_last == ((byte & 0x80) != 0)) return std::nullopt;
        if (is_last && i > 0 && byte == 0) return std::nullopt;
        counter |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
    }
    return counter;
}

std::string signed_part(const Uuid& user_id, const Uuid& session_id, std::uint64_t counter) {
    return std::string(1, format_version) + bytes_of(user_id) + bytes_of(session_id) + encode_counter(counter);
}

std::string signature_of(const std::string& part, std::string_view key) {
    return crypto::hmac_sha256(key, part).substr(0, signature_bytes);
}

std::string checksum_of(std::string_view bytes) {
    return crypto::sha256(bytes).substr(0, checksum_bytes);
}

}  // namespace

bool RefreshToken::is_signed_by(std::string_view key) const {
    return crypto::constant_time_equal(signature, signature_of(signed_part(user_id, session_id, counter), key));
}

std::string make_refresh_token(const Uuid& user_id, const Uuid& session_id, std::uint64_t counter,
                               std::string_view key) {
    const std::string part = signed_part(user_id, session_id, counter);
    const std::string bytes = part + signature_of(part, key);
    return crypto::base64url_encode(bytes + checksum_of(bytes));
}

std::optional<RefreshToken> parse_refresh_token(std::string_view text) {
    if (text.size() > text_limit) return std::nullopt;
    const auto decoded = crypto::base64url_decode(text);
    if (!decoded || decoded->size() <= head_bytes + signature_bytes + checksum_bytes) return std::nullopt;
    const std::string_view bytes = std::string_view(*decoded).substr(0, decoded->size() - checksum_bytes);
    if (bytes[0] != format_version || checksum_of(bytes) != decoded->substr(bytes.size())) return std::nullopt;
    const auto counter = decode_counter(bytes.substr(head_bytes, bytes.size() - head_bytes - signature_bytes));
    if (!counter) return std::nullopt;
    return RefreshToken{uuid_of(bytes.substr(1, id_bytes)), uuid_of(bytes.substr(1 + id_bytes, id_bytes)), *counter,
                        std::string(bytes.substr(bytes.size() - signature_bytes))};
}

}  // namespace tt::auth
