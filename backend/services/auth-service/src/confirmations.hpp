#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/flows.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What was sent by mail or message and comes back: a link secret, or an address with a code.
struct Proof {
    std::string type;  // of auth.md §1.6: signup, invite, magiclink, recovery, email_change, email, sms, phone_change
    std::string link_secret{};
    std::string email{};
    std::string phone{};
    std::string code{};

    bool is_link() const { return !link_secret.empty(); }
};

/// Who shows it.
struct ProofBearer {
    Device device{};
    /// A cookie of the browser that follows a mailed link; empty for programs.
    std::string browser{};
    /// Whether a link of a PKCE flow is to be answered with a code for its client instead of a session.
    bool wants_code = false;
};

/// One of three.
struct Verified {
    std::optional<IssuedSession> session{};
    std::string auth_code{};
    /// The first of two addresses has agreed to a change: "current" or "new".
    std::string half_confirmed{};
};

/// Mailed and messaged proofs of owning an address: confirming a sign-up, signing in, recovering an account, changing
/// its address.
class Confirmations {
public:
    Confirmations(AccountParts parts, Flows& flows);

    /// Errors: otp_expired (403) for wrong, used, old and unknown alike, its text depends on link or code;
    /// user_banned (403); over_request_rate_limit (429) for guessed codes; email_exists, phone_exists (422) when
    /// somebody else has taken the new address meanwhile.
    Task<Result<Verified>> verify(Proof proof, ProofBearer bearer);

private:
    struct Taken;

    Task<std::vector<UserId>> owners_of(db::Tx& tx, Proof proof);
    Task<std::optional<Taken>> take(db::Tx& tx, Proof proof, std::string browser);
    Task<UserRow> settle(db::Tx& tx, UserRow user, TakenOneTime taken);
    Task<Result<std::string>> apply(db::Tx& tx, UserRow user, TakenOneTime taken);
    Task<Result<std::string>> apply_email_change(db::Tx& tx, UserRow user, TakenOneTime taken);
    Task<Result<void>> apply_phone_change(db::Tx& tx, UserRow user, TakenOneTime taken);
    Task<Verified> sign_in(db::Tx& tx, UserRow user, TakenOneTime taken, Proof proof, ProofBearer bearer);

    AccountParts parts_;
    Flows& flows_;
};

}  // namespace tt::auth
