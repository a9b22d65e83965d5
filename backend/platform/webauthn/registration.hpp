#pragma once

#include "platform/webauthn/relying_party.hpp"

#include <boost/json/object.hpp>

namespace platform::webauthn {

/// RegistrationResponseJSON (WebAuthn §5.1.8), decoded.
struct RegistrationResponse {
    std::string credential_id;
    std::string client_data_json;
    std::string attestation_object;
    std::vector<std::string> transports;  ///< only words the standard knows

    /// Error: webauthn_malformed.
    static Result<RegistrationResponse> parse(const boost::json::object& json);
};

/// What to keep of a new credential.
struct NewCredential {
    std::string id;
    std::string public_key;  ///< COSE_Key
    Uuid aaguid;
    std::uint32_t sign_count = 0;
    bool is_user_verified = false;
    bool is_backup_eligible = false;
    bool is_backed_up = false;
    std::vector<std::string> transports;
};

/// Registers a credential (WebAuthn §7.1). We ask for no attestation and trust none: a statement must be absent
/// ("none") or prove possession ("packed", by the credential's own or a certificate's key). Errors, all 400:
/// webauthn_malformed, webauthn_refused, webauthn_key_unsupported, webauthn_attestation_unsupported.
///
/// The caller makes sure that the challenge is used once and that the credential's id is nobody's.
Result<NewCredential> verify_registration(const RelyingParty& party, const Ceremony& ceremony,
                                          const RegistrationResponse& response);

}  // namespace platform::webauthn
