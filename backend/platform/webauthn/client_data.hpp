#pragma once

#include "platform/core/result.hpp"

#include <string>
#include <string_view>

namespace platform::webauthn {

/// What the browser says about the ceremony (WebAuthn §5.8.1); its hash is signed by the authenticator.
struct ClientData {
    std::string type;       ///< webauthn.create or webauthn.get
    std::string challenge;  ///< decoded
    std::string origin;
    bool is_cross_origin = false;

    /// Error: webauthn_malformed.
    static Result<ClientData> parse(std::string_view json);
};

}  // namespace platform::webauthn
