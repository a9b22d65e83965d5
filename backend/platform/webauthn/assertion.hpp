#pragma once

#include "platform/webauthn/relying_party.hpp"

#include <boost/json/object.hpp>

namespace platform::webauthn {

/// AuthenticationResponseJSON (WebAuthn §5.1.8), decoded.
struct AssertionResponse {
    std::string credential_id;
    std::string client_data_json;
    std::string authenticator_data;
    std::string signature;
    std::string user_handle;  ///< empty when the authenticator did not tell whose credential it is

    /// Error: webauthn_malformed.
    static Result<AssertionResponse> parse(const boost::json::object& json);
};

/// What was kept of the credential.
struct StoredCredential {
    std::string public_key;  ///< COSE_Key
    std::uint32_t sign_count = 0;
    bool is_backup_eligible = false;
};

struct Assertion {
    std::uint32_t sign_count = 0;
    bool is_user_verified = false;
    bool is_backed_up = false;
};

/// Verifies an assertion of this credential (WebAuthn §7.2). A counter that does not grow means that the credential was
/// copied. Errors, all 400: webauthn_malformed, webauthn_refused, webauthn_cloned.
///
/// The caller finds the credential by its id (and user handle) and uses the challenge once.
Result<Assertion> verify_assertion(const RelyingParty& party, const Ceremony& ceremony,
                                   const StoredCredential& credential, const AssertionResponse& response);

}  // namespace platform::webauthn
