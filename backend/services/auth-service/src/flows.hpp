#pragma once

#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/domain/pkce.hpp"
#include "services/auth-service/src/sessions.hpp"

#include <optional>
#include <string>

namespace tt::auth {

/// What an identity provider gave for the client, handed over once.
struct ProviderTokens {
    std::string access_token{};
    std::string refresh_token{};

    bool is_set() const { return !access_token.empty() || !refresh_token.empty(); }
};

/// Sign-ins that are proven but wait for the client that began them: the browser carries a code, the client swaps it
/// together with its verifier. Single use, five minutes.
class Flows {
public:
    static constexpr std::chrono::seconds lifetime{300};  // as upstream

    Flows(db::Database database, Sessions& sessions, AuthMails& mails, const crypto::Envelope& envelope,
          const Clock& clock);

    /// The code for `redirect_to?code=`. `amr_method` is what the session will say of how the person signed in.
    Task<std::string> create_code(db::Tx& tx, UserId user_id, Pkce pkce, std::string amr_method,
                                  ProviderTokens tokens = {});
    /// Errors: flow_state_not_found (404), flow_state_expired (422), bad_code_verifier (400), user_banned (400).
    Task<Result<IssuedSession>> exchange(std::string code, std::string verifier, Device device);
    Task<void> clean_up();

private:
    db::Database database_;
    Sessions& sessions_;
    AuthMails& mails_;
    const crypto::Envelope& envelope_;
    const Clock& clock_;
};

}  // namespace tt::auth
