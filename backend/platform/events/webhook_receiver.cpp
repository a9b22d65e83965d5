#include "platform/events/channels.hpp"
#include "platform/events/outbox_sql.hpp"
#include "platform/events/webhook_envelope.hpp"
#include "platform/events/webhooks.hpp"

namespace platform::events {

WebhookReceiver::WebhookReceiver(db::Database database, std::string peer, std::vector<std::string> secrets,
                                 const Clock& clock)
    : database_(std::move(database)), peer_(std::move(peer)), secrets_(std::move(secrets)), clock_(clock) {}

Task<Result<void>> WebhookReceiver::receive(WebhookHeaders headers, std::string body) const {
    if (auto verified = verify_webhook(secrets_, headers, body, clock_.now()); verified.has_error()) {
        co_return verified.error();
    }
    auto event = parse_envelope(body);
    if (event.has_error()) co_return event.error();
    if (headers.id != envelope_id(event->id)) {
        co_return Error{Code::invalid_argument, "validation_failed", "webhook-id is not the id of this event."};
    }
    db::Tx tx = co_await database_.begin();
    co_await tx.execute(sql::receive_event, event->id, event->topic, event->subject, event->payload, peer_,
                        event->trace);
    tx.ring_after_commit(outbox_channel);
    co_await tx.commit();
    co_return Result<void>{};
}

}  // namespace platform::events
