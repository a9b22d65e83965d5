#include "platform/webauthn/authenticator_data.hpp"

#include "platform/webauthn/cbor.hpp"

#include <algorithm>

namespace platform::webauthn {
namespace {

constexpr std::size_t hash_bytes = 32;
constexpr std::size_t head_bytes = hash_bytes + 1 + 4;  // hash, flags, counter
constexpr std::size_t aaguid_bytes = 16;
constexpr std::size_t max_credential_id_bytes = 1023;  // WebAuthn §7.1 step 25

constexpr unsigned flag_user_present = 0x01;
constexpr unsigned flag_user_verified = 0x04;
constexpr unsigned flag_backup_eligible = 0x08;
constexpr unsigned flag_backed_up = 0x10;
constexpr unsigned flag_attested = 0x40;
constexpr unsigned flag_extensions = 0x80;

Error malformed_data(std::string why) {
    return {Code::invalid_argument, "webauthn_malformed", "authenticator data: " + std::move(why)};
}

std::uint32_t big_endian_number(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

/// Takes the credential off the front of `rest`.
Result<AttestedCredential> take_credential(std::string_view& rest) {
    if (rest.size() < aaguid_bytes + 2) return malformed_data("too short for a credential");
    AttestedCredential credential;
    std::copy_n(rest.begin(), aaguid_bytes, credential.aaguid.bytes.begin());
    const std::size_t id_bytes = big_endian_number(rest.substr(aaguid_bytes, 2));
    rest.remove_prefix(aaguid_bytes + 2);
    if (id_bytes == 0 || id_bytes > max_credential_id_bytes) return malformed_data("length of the credential's id");
    if (rest.size() < id_bytes) return malformed_data("too short for the credential's id");
    credential.id = rest.substr(0, id_bytes);
    rest.remove_prefix(id_bytes);
    const auto key = cbor::parse_front(rest);
    if (!key) return malformed_data("public key: " + key.error().message);
    credential.public_key = rest.substr(0, key->size);
    rest.remove_prefix(key->size);
    return credential;
}

/// We asked for no extension; what an authenticator adds unasked is skipped, but must be well formed.
Result<void> skip_extensions(std::string_view& rest) {
    const auto extensions = cbor::parse_front(rest);
    if (!extensions || !extensions->value.as<cbor::Map>()) return malformed_data("extensions");
    rest.remove_prefix(extensions->size);
    return {};
}

}  // namespace

Result<AuthenticatorData> AuthenticatorData::parse(std::string_view bytes) {
    if (bytes.size() < head_bytes) return malformed_data("too short");
    AuthenticatorData data;
    data.rp_id_hash = bytes.substr(0, hash_bytes);
    const unsigned flags = static_cast<unsigned char>(bytes[hash_bytes]);
    data.is_user_present = (flags & flag_user_present) != 0;
    data.is_user_verified = (flags & flag_user_verified) != 0;
    data.is_backup_eligible = (flags & flag_backup_eligible) != 0;
    data.is_backed_up = (flags & flag_backed_up) != 0;
    data.sign_count = big_endian_number(bytes.substr(hash_bytes + 1, 4));
    std::string_view rest = bytes.substr(head_bytes);
    if ((flags & flag_attested) != 0) {
        auto credential = take_credential(rest);
        if (!credential) return credential.error();
        data.credential = std::move(*credential);
    }
    if ((flags & flag_extensions) != 0) {
        if (const auto skipped = skip_extensions(rest); !skipped) return skipped.error();
    }
    if (!rest.empty()) return malformed_data("bytes follow it");
    return data;
}

}  // namespace platform::webauthn
