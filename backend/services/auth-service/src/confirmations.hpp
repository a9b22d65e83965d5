#pragma once

#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/sessions.hpp"

#include <string>
#include <vector>

namespace tt::auth {

/// What was sent by mail and comes back: a link secret, or an address with a code.
struct Proof {
    std::string type;  // signup, recovery, email (either)
    std::string link_secret;
    std::string email;
    std::string code;
};

/// Mailed proofs of owning an address: confirming a sign-up, recovering an account.
class Confirmations {
public:
    static constexpr int attempt_limit = 5;  // wrong codes; then the code is void

    Confirmations(db::Database database, Sessions& sessions, AuthMails& mails, const Clock& clock,
                  const AuthConfig& config);

    /// Signs in. Error: otp_expired (403) for wrong, used, old and unknown alike; its text depends on link or code.
    Task<Result<IssuedSession>> verify(Proof proof, Device device);
    /// Nothing tells whether the address has an account.
    Task<void> recover(std::string email, std::string redirect_to);
    Task<void> resend_confirmation(std::string email, std::string redirect_to);

private:
    Task<std::optional<UserId>> owner_of(db::Tx& tx, Proof proof);
    Task<std::optional<std::string>> take(db::Tx& tx, UserId owner, Proof proof);
    Task<bool> take_kind(db::Tx& tx, UserId owner, std::string kind, Proof proof);
    Task<void> request(std::string email, MailKind kind, std::string redirect_to);

    db::Database database_;
    Sessions& sessions_;
    AuthMails& mails_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
