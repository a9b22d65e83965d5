#include "services/auth-service/src/domain/one_time_secret.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

using namespace platform;

constexpr std::size_t owner_bytes = 16;
constexpr std::size_t random_part_bytes = 32;

}  // namespace

std::string make_link_secret(const Uuid& user_id) {
    const std::string owner(reinterpret_cast<const char*>(user_id.bytes.data()), owner_bytes);
    return crypto::base64url_encode(owner + crypto::random_bytes(random_part_bytes));
}

std::optional<Uuid> owner_of_link_secret(std::string_view secret) {
    const auto bytes = crypto::base64url_decode(secret);
    if (!bytes || bytes->size() != owner_bytes + random_part_bytes) return std::nullopt;
    Uuid owner;
    std::transform(bytes->begin(), bytes->begin() + owner_bytes, owner.bytes.begin(),
                   [](char c) { return static_cast<std::uint8_t>(c); });
    return owner;
}

std::string hash_of_code(const Uuid& user_id, std::string_view code) {
    return crypto::sha256(to_string(user_id) + "/" + std::string(code));
}

}  // namespace tt::auth
