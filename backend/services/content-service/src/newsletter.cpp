#include "services/content-service/src/newsletter.hpp"

#include "platform/core/text.hpp"
#include "platform/events/outbox.hpp"
#include "services/content-service/src/store/newsletter.hpp"

#include <boost/json.hpp>

namespace tt::content {
namespace {

constexpr std::chrono::hours confirmation_life{72};
constexpr std::chrono::seconds resend_gap{60};
constexpr int unsent_batch = 100;

Error token_invalid() {
    return {Code::invalid_argument, "token_invalid",
            "This link is not valid or has expired. Subscribe again to get a new one."};
}

std::string payload_of(const std::string& email) {
    return boost::json::serialize(boost::json::object{{"email", email}});
}

}  // namespace

std::string mask_email(const std::string& email) {
    const auto at = email.find('@');
    if (at == std::string::npos || at == 0) return "•••";
    return email.substr(0, 1) + "•••" + email.substr(at);
}

std::optional<std::string> normalize_email(std::string email) {
    email = lower_ascii(trimmed(email, " \t"));
    return mail::is_plain_address(email) ? std::optional(email) : std::nullopt;
}

Task<void> Newsletter::queue_mail(db::Tx& tx, std::string email) {
    jobs::NewJob job{.queue = std::string(mail_queue), .payload = payload_of(email), .dedupe_key = email};
    co_await jobs::enqueue(tx, std::move(job));
}

Task<void> Newsletter::subscribe(NewSubscription subscription) {
    db::Tx tx = co_await site_.begin();
    const auto row = co_await store::subscribe(tx, subscription.email, subscription.name, subscription.source);
    const bool was_mailed_lately =
        row.confirmation_sent_at && clock_.now() - *row.confirmation_sent_at < Time::duration(resend_gap);
    if (row.status == "pending" && !was_mailed_lately) co_await queue_mail(tx, row.email);
    co_await tx.commit();
}

Task<void> Newsletter::queue_unsent() {
    const auto waiting = co_await store::unsent_confirmations(site_, unsent_batch);
    for (const auto& email : waiting) {
        if (!mail::is_plain_address(email)) {  // /rest/v1 takes any text; it must not stand before the others for ever
            co_await store::give_up_address(site_, email, clock_.now());
            continue;
        }
        db::Tx tx = co_await site_.begin();
        co_await queue_mail(tx, email);
        co_await tx.commit();
    }
}

mail::Message Newsletter::confirmation_mail(const std::string& email, const Uuid& subscriber) const {
    const std::string link =
        site_url_ + "/newsletter/confirm?token=" + tokens_.confirmation(subscriber, clock_.now() + confirmation_life);
    const std::string goodbye = site_url_ + "/u/" + tokens_.unsubscription(subscriber);
    return {
        .from = std::nullopt,
        .to = {email},
        .subject = "Please confirm your subscription",
        .text = "Hello,\n\nyou asked for the TrendTactics newsletter. Confirm it here:\n\n" + link +
                "\n\nThe link is valid for three days. If it was not you, ignore this mail: without a confirmation you "
                "get nothing.\n\nUnsubscribe: " +
                goodbye + "\n",
        .html = "<p>Hello,</p><p>you asked for the TrendTactics newsletter.</p><p><a href=\"" + link +
                "\">Confirm my subscription</a></p><p>The link is valid for three days. If it was not you, ignore this "
                "mail: without a confirmation you get nothing.</p><p><a href=\"" +
                goodbye + "\">Unsubscribe</a></p>",
        .unsubscribe_url = goodbye};
}

Task<void> Newsletter::send_confirmation(jobs::Job job) {
    const std::string email(boost::json::parse(job.payload).as_object().at("email").as_string());
    const auto row = co_await store::find_subscriber(site_, email);
    if (!row || row->status != "pending") co_return;
    auto message = confirmation_mail(email, row->id);
    co_await mailer_.send(std::move(message));
    co_await store::mark_confirmation_sent(site_, email, clock_.now());
}

Task<Result<void>> Newsletter::confirm(std::string token) {
    const auto subscriber = tokens_.read_confirmation(token, clock_.now());
    if (!subscriber) co_return token_invalid();
    const auto row = co_await store::find_subscriber(site_, *subscriber);
    if (!row) co_return token_invalid();
    db::Tx tx = co_await site_.begin();
    const bool has_changed = co_await store::confirm(tx, row->email, clock_.now());
    if (has_changed) {
        events::NewEvent event{.topic = "newsletter.confirmed", .subject = to_string(row->id), .payload = "{}"};
        co_await events::append(tx, std::move(event));
    }
    co_await tx.commit();
    co_return Result<void>();
}

Task<Result<void>> Newsletter::unsubscribe(std::string token) {
    const auto subscriber = tokens_.read_unsubscription(token);
    if (!subscriber) co_return token_invalid();
    const auto row = co_await store::find_subscriber(site_, *subscriber);
    if (!row) co_return token_invalid();
    db::Tx tx = co_await site_.begin();
    const bool has_changed = co_await store::unsubscribe(tx, row->email, clock_.now());
    if (has_changed) {
        events::NewEvent event{.topic = "newsletter.unsubscribed", .subject = to_string(row->id), .payload = "{}"};
        co_await events::append(tx, std::move(event));
    }
    co_await tx.commit();
    co_return Result<void>();
}

Task<Result<Unsubscription>> Newsletter::unsubscription(std::string token) {
    const auto subscriber = tokens_.read_unsubscription(token);
    if (!subscriber) co_return token_invalid();
    const auto row = co_await store::find_subscriber(site_, *subscriber);
    if (!row) co_return token_invalid();
    co_return Unsubscription{mask_email(row->email), row->status};
}

}  // namespace tt::content
