#pragma once

#include "platform/core/runtime.hpp"
#include "platform/core/time.hpp"
#include "platform/mail/message.hpp"

#include <chrono>
#include <stdexcept>
#include <string>

namespace platform::mail {

/// The mail was not taken. A permanent one (5xx answer, malformed message) will not get better by trying again.
class MailError : public std::runtime_error {
public:
    MailError(const std::string& what, bool is_permanent) : std::runtime_error(what), is_permanent_(is_permanent) {}
    bool is_permanent() const { return is_permanent_; }

private:
    bool is_permanent_;
};

/// Hands a mail over for delivery. Call it from a job, never from a request: SMTP may take seconds.
class Mailer {
public:
    virtual ~Mailer() = default;
    /// Returns when the server has taken the mail. Throws MailError.
    virtual Task<void> send(Message message) = 0;
};

enum class SmtpTls {
    off,       // the development inbox on loopback
    starttls,  // required: no mail leaves without it
    implicit,  // port 465
};

struct SmtpConfig {
    std::string host = "127.0.0.1";
    unsigned short port = 587;
    SmtpTls tls = SmtpTls::starttls;
    std::string username;
    std::string password;
    Address from;
    std::string helo_name = "localhost";
    std::string ca_file;                       // empty = the system's
    std::chrono::milliseconds timeout{10000};  // the whole conversation
};

class SmtpMailer final : public Mailer {
public:
    SmtpMailer(Runtime& runtime, SmtpConfig config, const Clock& clock);
    Task<void> send(Message message) override;

private:
    void deliver(const std::string& from, const std::string& to, const std::string& bytes) const;

    Runtime& runtime_;
    SmtpConfig config_;
    const Clock& clock_;
};

}  // namespace platform::mail
