#include "services/user-service/src/domain/invitation_token.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/random.hpp"

#include <algorithm>

namespace tt::user {
namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::size_t random_bytes_in_token = 32;

std::string text_of_id(const Uuid& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

Uuid id_of_text(std::string_view bytes) {
    Uuid id;
    std::transform(bytes.begin(), bytes.end(), id.bytes.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
    return id;
}

}  // namespace

std::string make_invitation_token(const InvitationKey& key) {
    return crypto::base64url_encode(text_of_id(key.organization_id) + text_of_id(key.id) +
                                    crypto::random_bytes(random_bytes_in_token));
}

std::optional<InvitationKey> key_of_invitation_token(std::string_view token) {
    const auto bytes = crypto::base64url_decode(token);
    if (!bytes || bytes->size() != 2 * id_bytes + random_bytes_in_token) return std::nullopt;
    const std::string_view view = *bytes;
    return InvitationKey{id_of_text(view.substr(0, id_bytes)), id_of_text(view.substr(id_bytes, id_bytes))};
}

std::string email_hint(std::string_view email) {
    const auto at = email.find('@');
    if (at == std::string_view::npos || at == 0) return "";
    return std::string(email.substr(0, 1)) + "…" + std::string(email.substr(at));
}

}  // namespace tt::user
