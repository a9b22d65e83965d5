#include "platform/webauthn/registration.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/webauthn/attestation.hpp"
#include "platform/webauthn/response_json.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>

namespace platform::webauthn {
namespace {

bool is_transport(std::string_view word) {
    static constexpr std::array<std::string_view, 6> known{"ble", "hybrid", "internal", "nfc", "smart-card", "usb"};
    return std::ranges::find(known, word) != known.end();
}

std::vector<std::string> transports_of(const boost::json::object& response) {
    std::vector<std::string> transports;
    const auto* value = response.if_contains("transports");
    if (!value || !value->is_array()) return transports;
    for (const auto& entry : value->get_array()) {
        const auto* word = entry.if_string();
        if (!word || !is_transport(*word)) continue;
        if (std::ranges::find(transports, std::string_view(*word)) == transports.end()) transports.emplace_back(*word);
    }
    return transports;
}

}  // namespace

Result<RegistrationResponse> RegistrationResponse::parse(const boost::json::object& json) {
    auto id = credential_id_of(json);
    if (!id) return id.error();
    const auto inner = inner_response(json);
    if (!inner) return inner.error();
    auto client_data = decoded_member(*inner, "clientDataJSON");
    auto attestation = decoded_member(*inner, "attestationObject");
    if (!client_data || !attestation) return malformed_response("clientDataJSON or attestationObject");
    return RegistrationResponse{std::move(*id), std::move(*client_data), std::move(*attestation),
                                transports_of(*inner)};
}

Result<NewCredential> verify_registration(const RelyingParty& party, const Ceremony& ceremony,
                                          const RegistrationResponse& response) {
    const auto object = AttestationObject::parse(response.attestation_object);
    if (!object) return object.error();
    const auto data = AuthenticatorData::parse(object->authenticator_data);
    if (!data) return data.error();
    const auto checked = check_ceremony(party, ceremony, "webauthn.create", response.client_data_json, *data);
    if (!checked) return checked.error();
    if (!data->credential) return refused("no credential was made");
    if (data->credential->id != response.credential_id) return refused("another credential's id");
    const auto key = PublicKey::from_cose(data->credential->public_key);
    if (!key) return key.error();
    const auto attested = check_attestation(*object, *key, crypto::sha256(response.client_data_json));
    if (!attested) return attested.error();
    return NewCredential{.id = data->credential->id,
                         .public_key = data->credential->public_key,
                         .aaguid = data->credential->aaguid,
                         .sign_count = data->sign_count,
                         .is_user_verified = data->is_user_verified,
                         .is_backup_eligible = data->is_backup_eligible,
                         .is_backed_up = data->is_backed_up,
                         .transports = response.transports};
}

}  // namespace platform::webauthn
