#pragma once

#include "platform/mail/mailer.hpp"
#include "shared/types/prelude.hpp"

#include <memory>
#include <string>

namespace tt::auth {

/// Carries short messages to phones. A provider is one of these.
class SmsSender {
public:
    virtual ~SmsSender() = default;
    /// `phone` is E.164 without the plus; `channel` is sms or whatsapp. Throws when it cannot be sent now.
    virtual Task<void> send(std::string phone, std::string channel, std::string text) = 0;
};

/// For development: the message lies as a mail to <phone>@phone.invalid in the inbox of mails.
class InboxSmsSender final : public SmsSender {
public:
    explicit InboxSmsSender(mail::Mailer& mailer) : mailer_(mailer) {}
    Task<void> send(std::string phone, std::string channel, std::string text) override;

private:
    mail::Mailer& mailer_;
};

/// The sender of that name in [auth] sms_provider; nothing for "".
std::unique_ptr<SmsSender> make_sms_sender(const std::string& provider, mail::Mailer& mailer);

}  // namespace tt::auth
