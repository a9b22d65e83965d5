#include "platform/http/endpoint.hpp"
#include "services/content-service/src/api/routes.hpp"
#include "services/content-service/src/contact.hpp"
#include "services/content-service/src/newsletter.hpp"
#include "shared/types/principal.hpp"

#include <algorithm>

namespace tt::content::api {

struct Received {
    std::string status;
};
BOOST_DESCRIBE_STRUCT(Received, (), (status))

namespace {

/// The sender's idempotency key when it is a uuid (also in quotes, as the draft standard writes it), else a new id.
Uuid message_id(const http::Request& request) {
    std::string_view key = request.header("idempotency-key");
    if (key.size() == 38 && key.front() == '"') key = key.substr(1, 36);
    return parse_uuid(key).value_or(uuid_v7());
}

/// One line: a name or subject that goes into a mail header.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text;
}

Task<Result<http::Reply<Received>>> post_message(Contact& contact, http::Request& request, NewContactMessage message) {
    auto email = normalize_email(message.email);
    if (!email) {
        co_return Error{Code::invalid_argument,
                        "validation_failed",
                        "This is not an e-mail address.",
                        {{"/email", "must be one plain e-mail address"}}};
    }
    message.email = std::move(*email);
    message.name = one_line(std::move(message.name));
    message.subject = one_line(std::move(message.subject));
    co_await contact.receive(message_id(request), std::move(message), principal(request).user_id);
    co_return http::Reply<Received>{.status = 202, .body = {"received"}};
}

}  // namespace

void mount_contact(http::Router& router, Contact& contact) {
    router.typed<NewContactMessage, Received>(
        http::Method::post, "/api/v1/contact",
        [&contact](http::Request& request, NewContactMessage message) {
            return post_message(contact, request, std::move(message));
        },
        {.operation_id = "send_contact_message",
         .summary = "A message to the team; an Idempotency-Key makes a repeated send one message",
         .tag = "contact",
         .error_reasons = {"400 validation_failed"},
         .is_public = true,
         .rate_bucket = "sensitive"});
}

}  // namespace tt::content::api
