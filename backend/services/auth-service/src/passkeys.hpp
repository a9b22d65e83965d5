#pragma once

#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/lockout.hpp"
#include "services/auth-service/src/sessions.hpp"
#include "services/auth-service/src/standing.hpp"
#include "services/auth-service/src/store/credentials.hpp"

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace tt::auth {

/// What a browser is asked, and until when it may answer.
struct PasskeyQuestion {
    Uuid challenge_id;
    boost::json::object options;
    std::int64_t expires_at = 0;  // Unix seconds
};

struct PasskeyAnswer {
    Uuid challenge_id;
    boost::json::object credential;
};

/// Discoverable WebAuthn credentials that sign in without an address or password (auth.md §1.9). Errors carry GoTrue's
/// codes and texts; passkey_disabled (404) comes first everywhere.
class Passkeys {
public:
    Passkeys(db::Database database, Sessions& sessions, Lockout& lockout, AuthMails& mails, const Clock& clock,
             const AuthConfig& config);

    /// Errors: those of standing_of and may_change_credentials, too_many_passkeys (422).
    Task<Result<PasskeyQuestion>> begin_registration(Caller caller);
    /// Errors: as above, webauthn_challenge_not_found, webauthn_challenge_expired, webauthn_verification_failed (400),
    /// webauthn_credential_exists (422).
    Task<Result<CredentialRow>> finish_registration(Caller caller, PasskeyAnswer answer, Device device);

    Task<Result<PasskeyQuestion>> begin_sign_in();
    /// aal2 when the authenticator verified the person and the settings let that count, else aal1. Errors:
    /// webauthn_challenge_not_found, webauthn_challenge_expired, webauthn_verification_failed (400),
    /// email_not_confirmed, phone_not_confirmed, user_banned (403).
    Task<Result<IssuedSession>> finish_sign_in(PasskeyAnswer answer, Device device);

    Task<Result<std::vector<CredentialRow>>> list(Caller caller);
    /// Error: validation_failed (404 for an unknown passkey, 400 for the name).
    Task<Result<CredentialRow>> rename(Caller caller, Uuid passkey_id, std::string friendly_name, Device device);
    /// The person's other sessions end: one of them may have been begun with it. Errors: validation_failed (404), those
    /// of may_change_credentials.
    Task<Result<void>> remove(Caller caller, Uuid passkey_id, Device device);

    /// For administrators; a removal ends the sessions that passkeys opened. Errors: user_not_found, validation_failed
    /// (404).
    Task<Result<std::vector<CredentialRow>>> list_of(UserId user_id);
    Task<Result<void>> remove_of(AdminActor actor, UserId user_id, Uuid passkey_id);

    Task<void> clean_up();

private:
    struct Proven;

    Result<void> check_enabled() const;
    Result<void> check_count(std::size_t count) const;
    Task<PasskeyQuestion> ask(std::optional<UserId> user_id, std::string challenge);
    Task<Result<std::string>> take_challenge(PasskeyAnswer answer, std::optional<UserId> user_id);
    Task<Result<CredentialRow>> keep(Caller caller, webauthn::NewCredential credential, Device device);
    Task<std::optional<CredentialRow>> passkey_of(const std::string& credential_id, const std::string& user_handle);
    Task<Result<Proven>> prove(PasskeyAnswer answer);
    Result<void> may_sign_in(const UserRow& user) const;
    Task<Result<IssuedSession>> open(Proven proven, Device device);
    Task<void> drop(db::Tx& tx, const CredentialRow& passkey);

    db::Database database_;
    Sessions& sessions_;
    Lockout& lockout_;
    AuthMails& mails_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
