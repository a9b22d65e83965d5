#pragma once

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mailer.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/domain/pkce.hpp"
#include "services/auth-service/src/hooks.hpp"
#include "services/auth-service/src/mail_kinds.hpp"
#include "services/auth-service/src/one_time_codes.hpp"
#include "services/auth-service/src/store/accounts.hpp"
#include "services/auth-service/src/store/sessions.hpp"

#include <string>

namespace tt::auth {

/// Where a mail's link leads when it has been used, and what its client promised (PKCE).
struct MailFlow {
    std::string redirect_to{};  // checked already
    Pkce pkce{};
};

/// The secret of a mail that is not sent, and the link that would have been in it.
struct MintedLink {
    OneTimeSecret secret;
    std::string action_link;
};

struct MailJob;

/// Mails with links and codes. A request only queues the wish, in its own transaction; the worker makes the secret,
/// stores its hash and sends it. So no secret waits in a queue, and a slow mail server delays nobody.
class AuthMails {
public:
    static constexpr const char* queue = "auth.mail";

    AuthMails(db::Database database, mail::Mailer& mailer, Hooks& hooks, OneTimeCodes& codes, const Clock& clock,
              const AuthConfig& config);

    /// At most one mail of a kind per person and mail_gap_s; more are silently dropped. Whether this one was taken.
    Task<bool> request(db::Tx& tx, UserRow user, MailKind kind, MailFlow flow = {});
    /// To the new address (users.new_email, stored already) and, when that is asked for, to the current one.
    Task<bool> request_email_change(db::Tx& tx, UserRow user, MailFlow flow = {});
    /// Tells the owner of a sign-in with a browser that none of their sessions has and from an address that none of
    /// them comes from, unless it is the first at all. `user` is the row of before, and the session is not open yet.
    Task<void> notify_of_sign_in(db::Tx& tx, UserRow user, Device device);
    /// Tells the owner what happened to the account; to `address` instead of the account's own when given.
    Task<void> notify(db::Tx& tx, UserRow user, MailKind notice, std::string address = {});
    /// The same secret and link as in a mail of this kind to `address`, for who hands them out in another way. The row
    /// is locked.
    Task<MintedLink> mint(db::Tx& tx, UserRow user, MailKind kind, std::string address, MailFlow flow = {});

    /// Handles a job of `queue`.
    Task<void> send(jobs::Job job);

private:
    Task<void> enqueue(db::Tx& tx, MailJob job);
    std::string link_of(MailKind kind, const OneTimeSecret& secret, const std::string& redirect_to) const;
    Task<void> send_secret(MailJob job);
    Task<void> post(mail::Message message, const MailJob& job);
    Task<void> hand_to_hook(UserRow user, MailJob job, OneTimeSecret secret);

    db::Database database_;
    mail::Mailer& mailer_;
    Hooks& hooks_;
    OneTimeCodes& codes_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
