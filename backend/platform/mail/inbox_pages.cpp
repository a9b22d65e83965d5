// The pages and the JSON API of the development inbox.

#include "platform/http/endpoint.hpp"
#include "platform/mail/inbox.hpp"
#include "platform/mail/inbox_html.hpp"

#include <charconv>

namespace platform::mail {
namespace {

constexpr std::size_t list_limit = 500;  // everything the inbox keeps by default
constexpr std::size_t default_list_limit = 50;

// Nothing is loaded from anywhere: a mail under development may hold anything.
constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";
constexpr std::string_view mail_policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox";

struct MailList {
    std::vector<ReceivedMail> items;
};
BOOST_DESCRIBE_STRUCT(MailList, (), (items))

http::Response html_response(std::string html, std::string_view policy) {
    http::Response response;
    response.headers.set("Content-Type", "text/html; charset=utf-8");
    response.headers.set("Content-Security-Policy", policy);
    response.headers.set("Cache-Control", "no-store");
    response.body = std::move(html);
    return response;
}

http::Response not_found(const http::Request& request) {
    return http::render_error({Code::not_found, "mail_not_found", "No such mail"}, request);
}

std::size_t limit_of(const http::Request& request) {
    const std::string text = request.query_param("limit").value_or("");
    std::size_t limit = default_list_limit;
    std::from_chars(text.data(), text.data() + text.size(), limit);
    return std::min(limit, list_limit);
}

http::RouteOptions hidden() {
    http::RouteOptions options;
    options.is_public = true;
    options.is_hidden = true;  // a development tool, not part of the product's API
    return options;
}

Task<http::Response> send(http::Response response) {
    co_return response;
}

void mount_api(http::Router& router, const std::string& prefix, InboxStore& store) {
    const std::string messages = prefix + "/api/v1/messages";
    const auto list = [&store](http::Request& request) {
        const MailList found{store.list(request.query_param("to").value_or(""), limit_of(request))};
        return send(http::json_response(200, json::write(found)));
    };
    const auto one = [&store](http::Request& request) {
        const auto mail = store.find(std::string(request.param("id")));
        return send(mail ? http::json_response(200, json::write(*mail)) : not_found(request));
    };
    const auto clear = [&store](http::Request&) {
        store.clear();
        return send(http::empty(204));
    };
    router.route(http::Method::get, messages, list, hidden());
    router.route(http::Method::get, messages + "/{id}", one, hidden());
    router.route(http::Method::delete_, messages, clear, hidden());
}

}  // namespace

void DevInbox::mount(http::Router& router, std::string prefix) {
    mount_api(router, prefix, store_);
    const auto list = [this, prefix](http::Request& request) {
        const std::string to = request.query_param("to").value_or("");
        return send(html_response(list_page(prefix, store_.list(to, list_limit), clock_.now()), page_policy));
    };
    const auto one = [this, prefix](http::Request& request) {
        const auto mail = store_.find(std::string(request.param("id")));
        return send(mail ? html_response(mail_page(prefix, *mail), page_policy) : not_found(request));
    };
    const auto content = [this](http::Request& request) {
        const auto mail = store_.find(std::string(request.param("id")));
        return send(mail ? html_response(framed_html(mail->html), mail_policy) : not_found(request));
    };
    router.route(http::Method::get, prefix + "/", list, hidden());
    router.route(http::Method::get, prefix + "/messages/{id}", one, hidden());
    router.route(http::Method::get, prefix + "/messages/{id}/html", content, hidden());
}

}  // namespace platform::mail
