#include "services/auth-service/src/sms.hpp"

namespace tt::auth {

Task<void> InboxSmsSender::send(std::string phone, std::string channel, std::string text) {
    mail::Message message;
    message.to = {phone + "@phone.invalid"};  // RFC 2606: nobody's domain
    message.subject = channel + " to +" + phone;
    message.text = std::move(text);
    co_await mailer_.send(std::move(message));
}

std::unique_ptr<SmsSender> make_sms_sender(const std::string& provider, mail::Mailer& mailer) {
    if (provider == "inbox") return std::make_unique<InboxSmsSender>(mailer);
    return nullptr;
}

}  // namespace tt::auth
