#include "platform/webauthn/assertion.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/webauthn/public_key.hpp"
#include "platform/webauthn/response_json.hpp"

namespace platform::webauthn {

Result<AssertionResponse> AssertionResponse::parse(const boost::json::object& json) {
    auto id = credential_id_of(json);
    if (!id) return id.error();
    const auto inner = inner_response(json);
    if (!inner) return inner.error();
    auto client_data = decoded_member(*inner, "clientDataJSON");
    auto data = decoded_member(*inner, "authenticatorData");
    auto signature = decoded_member(*inner, "signature");
    if (!client_data || !data || !signature) {
        return malformed_response("clientDataJSON, authenticatorData or signature");
    }
    return AssertionResponse{std::move(*id), std::move(*client_data), std::move(*data), std::move(*signature),
                             decoded_member(*inner, "userHandle").value_or("")};
}

Result<Assertion> verify_assertion(const RelyingParty& party, const Ceremony& ceremony,
                                   const StoredCredential& credential, const AssertionResponse& response) {
    const auto data = AuthenticatorData::parse(response.authenticator_data);
    if (!data) return data.error();
    const auto checked = check_ceremony(party, ceremony, "webauthn.get", response.client_data_json, *data);
    if (!checked) return checked.error();
    if (data->is_backup_eligible != credential.is_backup_eligible) {
        return refused("the credential's eligibility for backup has changed");
    }
    const auto key = PublicKey::from_cose(credential.public_key);
    if (!key) return key.error();
    const std::string signed_data = response.authenticator_data + crypto::sha256(response.client_data_json);
    if (!key->verify(signed_data, response.signature)) return refused("the signature does not fit");
    const bool is_counting = data->sign_count != 0 || credential.sign_count != 0;
    if (is_counting && data->sign_count <= credential.sign_count) {
        return Error{Code::invalid_argument, "webauthn_cloned", "the signature counter did not grow"};
    }
    return Assertion{data->sign_count, data->is_user_verified, data->is_backed_up};
}

}  // namespace platform::webauthn
