#include "services/content-service/src/contact.hpp"

#include "platform/json/json.hpp"
#include "services/content-service/src/store/contact.hpp"

#include <stdexcept>

namespace tt::content {

Task<void> Contact::receive(Uuid id, NewContactMessage message, std::optional<UserId> user) {
    const bool is_spam = !message.website.empty();
    store::ContactMessage row{.id = id,
                              .name = message.name,
                              .email = message.email,
                              .subject = message.subject,
                              .message = message.message,
                              .status = is_spam ? "spam" : "new",
                              .user_id = user};
    db::Tx tx = co_await site_.begin();
    const bool is_new = co_await store::save_message(tx, std::move(row));
    if (is_new && !is_spam && !inbox_.empty()) {
        jobs::NewJob job{.queue = std::string(mail_queue), .payload = json::write(message)};
        co_await jobs::enqueue(tx, std::move(job));
    }
    co_await tx.commit();
}

Task<void> Contact::send_notice(jobs::Job job) {
    const auto message = json::parse<NewContactMessage>(job.payload);
    if (!message) throw std::runtime_error("contact notice does not parse: " + message.error().reason);
    const std::string subject = message->subject.empty() ? "Message from the website" : message->subject;
    mail::Message notice{.from = std::nullopt,
                         .to = {inbox_},
                         .subject = "[contact] " + subject,
                         .text = message->name + " <" + message->email + "> writes:\n\n" + message->message + "\n",
                         .headers = {{"Reply-To", message->email}}};
    co_await mailer_.send(std::move(notice));
}

}  // namespace tt::content
