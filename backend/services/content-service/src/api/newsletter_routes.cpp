#include "platform/http/endpoint.hpp"
#include "services/content-service/src/api/routes.hpp"
#include "services/content-service/src/newsletter.hpp"

namespace tt::content::api {

struct Status {
    std::string status;
};
BOOST_DESCRIBE_STRUCT(Status, (), (status))

struct ConfirmationRequest {
    std::string token;
};
BOOST_DESCRIBE_STRUCT(ConfirmationRequest, (), (token))

}  // namespace tt::content::api

namespace platform::json {
template <>
inline constexpr Rule rule<&tt::content::api::ConfirmationRequest::token>{.min_length = 1, .max_length = 200};
}  // namespace platform::json

namespace tt::content::api {
namespace {

Task<Result<http::Reply<Status>>> subscribe(Newsletter& newsletter, NewSubscription subscription) {
    auto email = normalize_email(subscription.email);
    if (!email) {
        co_return Error{Code::invalid_argument,
                        "validation_failed",
                        "This is not an e-mail address.",
                        {{"/email", "must be one plain e-mail address"}}};
    }
    subscription.email = std::move(*email);
    co_await newsletter.subscribe(std::move(subscription));
    co_return http::Reply<Status>{.status = 202, .body = {"pending"}};
}

Task<Result<http::Reply<Status>>> confirm(Newsletter& newsletter, ConfirmationRequest body) {
    const auto confirmed = co_await newsletter.confirm(std::move(body.token));
    if (!confirmed) co_return confirmed.error();
    co_return http::Reply<Status>{.body = {"confirmed"}};
}

Task<Result<http::Reply<Unsubscription>>> get_unsubscription(Newsletter& newsletter, http::Request& request) {
    auto found = co_await newsletter.unsubscription(std::string(request.param("token")));
    if (!found) co_return found.error();
    co_return http::Reply<Unsubscription>{.body = std::move(*found)};
}

/// RFC 8058: the mail program posts a form without cookies or login; it is effective at once.
Task<http::Response> one_click(Newsletter& newsletter, http::Request& request) {
    const auto done = co_await newsletter.unsubscribe(std::string(request.param("token")));
    if (!done) co_return http::render_error(done.error(), request);
    co_return http::json_response(200, R"({"status":"unsubscribed"})");
}

}  // namespace

void mount_newsletter(http::Router& router, Newsletter& newsletter) {
    using http::Method;
    router.typed<NewSubscription, Status>(
        Method::post, "/api/v1/newsletter/subscriptions",
        [&newsletter](http::Request&, NewSubscription body) { return subscribe(newsletter, std::move(body)); },
        {.operation_id = "subscribe_newsletter",
         .summary =
             "Asks for the newsletter; a mail asks to confirm. The answer never tells whether an address is known",
         .tag = "newsletter",
         .error_reasons = {"400 validation_failed"},
         .is_public = true,
         .rate_bucket = "sensitive"});
    router.typed<ConfirmationRequest, Status>(
        Method::post, "/api/v1/newsletter/confirmations",
        [&newsletter](http::Request&, ConfirmationRequest body) { return confirm(newsletter, std::move(body)); },
        {.operation_id = "confirm_newsletter",
         .summary = "Confirms a subscription with the token of the mail",
         .tag = "newsletter",
         .error_reasons = {"400 token_invalid"},
         .is_public = true});
    router.typed<http::NoBody, Unsubscription>(
        Method::get, "/api/v1/newsletter/unsubscribe/{token}",
        [&newsletter](http::Request& request, http::NoBody) { return get_unsubscription(newsletter, request); },
        {.operation_id = "get_unsubscription",
         .summary = "Whom an unsubscribe link speaks of; changes nothing",
         .tag = "newsletter",
         .error_reasons = {"400 token_invalid"},
         .is_public = true});
    router.route(Method::post, "/u/{token}",
                 [&newsletter](http::Request& request) { return one_click(newsletter, request); },
                 {.operation_id = "unsubscribe_one_click",
                  .summary = "One-click unsubscribe (RFC 8058)",
                  .tag = "newsletter",
                  .error_reasons = {"400 token_invalid"},
                  .is_public = true});
}

}  // namespace tt::content::api
