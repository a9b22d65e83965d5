#pragma once

#include "platform/db/database.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mailer.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/store/accounts.hpp"

#include <string>

namespace tt::auth {

enum class MailKind { confirmation, recovery, already_registered };

/// Mails with links and codes. A request only queues the wish, in its own transaction; the worker makes the secret,
/// stores its hash and sends it. So no secret waits in a queue, and a slow mail server delays nobody.
class AuthMails {
public:
    static constexpr const char* queue = "auth.mail";

    AuthMails(db::Database database, mail::Mailer& mailer, const Clock& clock, const AuthConfig& config);

    /// At most one mail of a kind per person and mail_gap_s; more are silently dropped.
    Task<void> request(db::Tx& tx, UserRow user, MailKind kind, std::string redirect_to);
    /// Handles a job of `queue`.
    Task<void> send(jobs::Job job);

private:
    Task<mail::Message> compose(UserRow user, MailKind kind, std::string redirect_to);

    db::Database database_;
    mail::Mailer& mailer_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
