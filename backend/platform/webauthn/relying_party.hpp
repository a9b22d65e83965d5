#pragma once

#include "platform/core/result.hpp"
#include "platform/webauthn/authenticator_data.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace platform::webauthn {

/// For whom credentials are made. `id` is the host of every origin or a parent domain of it (WebAuthn §5.1.2).
struct RelyingParty {
    std::string id;
    std::string name;
    std::vector<std::string> origins;  ///< scheme://host[:port], compared exactly
};

enum class UserVerification { required, preferred };

/// What a ceremony was begun with.
struct Ceremony {
    std::string challenge;
    UserVerification user_verification = UserVerification::preferred;
};

inline constexpr std::size_t challenge_bytes = 32;  ///< WebAuthn §13.4.3 asks for 16 at least

/// What both ceremonies check alike (WebAuthn §7.1 steps 7–19, §7.2 steps 11–19): type, challenge, origin, relying
/// party, presence and verification of the person, backup flags. Error: webauthn_refused; its message is for the log.
Result<void> check_ceremony(const RelyingParty& party, const Ceremony& ceremony, std::string_view type,
                            std::string_view client_data_json, const AuthenticatorData& data);

/// An answer that is well formed and still does not count.
Error refused(std::string why);

}  // namespace platform::webauthn
