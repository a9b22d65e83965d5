#pragma once

#include "platform/testing/software_authenticator.hpp"
#include "services/auth-service/tests/admin_kit.hpp"

#include <string>

namespace tt::auth {

/// A factor or passkey in the making, and who makes it.
struct TotpFactor {
    std::string id;
    std::string secret;  // raw bytes
};

/// AuthWorld with what a person does about second factors.
class MfaWorld : public AuthWorld {
public:
    static constexpr const char* origin = "http://site.test";

    explicit MfaWorld(AuthConfig config = mfa_config()) : AuthWorld(std::move(config)) {}
    static AuthConfig mfa_config();

    Answer send(http::Method method, std::string target, boost::json::value body, std::string bearer = "");
    /// Signs up and returns the access token.
    std::string person(const std::string& email);

    Answer enroll(const std::string& bearer, const std::string& name = "");
    TotpFactor totp(const std::string& bearer, const std::string& name = "");
    std::string code_of(const TotpFactor& factor, int steps_off = 0) const;
    std::string challenge(const std::string& factor_id, const std::string& bearer);
    Answer verify(const std::string& factor_id, const std::string& challenge_id, const std::string& code,
                  const std::string& bearer);
    /// Challenge and verify with the right code, in a step of its own. The answer is the aal2 session.
    Answer prove(const TotpFactor& factor, const std::string& bearer);
    /// The access token of a person with a verified totp factor, at aal2.
    std::string person_with_factor(const std::string& email, TotpFactor* factor = nullptr);

    platform::testing::SoftwareAuthenticator authenticator() const;
    Answer begin_passkey(const std::string& bearer);
    Answer finish_passkey(const Answer& begun, platform::testing::SoftwareAuthenticator& key,
                          const std::string& bearer);
    /// Registers a passkey; its id.
    std::string passkey(platform::testing::SoftwareAuthenticator& key, const std::string& bearer);
    Answer sign_in_with(platform::testing::SoftwareAuthenticator& key);

    /// The claims of an access token.
    static boost::json::object claims_of(const std::string& access_token);
    std::string count(const std::string& from) const { return database.scalar("SELECT count(*) FROM " + from); }
};

}  // namespace tt::auth
