#include "platform/core/error.hpp"
#include "platform/http/client.hpp"

#include <algorithm>
#include <array>

namespace platform::http {
namespace {

constexpr std::array<std::string_view, 12> hop_by_hop{
    "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization",
    "te",         "trailer",    "upgrade",          "transfer-encoding",  "content-length",
    "expect",     "host"};

constexpr std::array<std::string_view, 6> rewritten{"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host",
                                                    "x-request-id",    "traceparent",       "tracestate"};

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& list, std::string_view name) {
    return std::ranges::any_of(list, [&](std::string_view entry) { return iequals(entry, name); });
}

/// Fields for this hop only: the fixed ones and those that Connection names (RFC 9110 §7.6.1).
bool is_for_this_hop(const Headers& headers, std::string_view name) {
    return is_in(hop_by_hop, name) || has_token(headers.find("connection").value_or(""), name);
}

Headers forwarded_headers(const Request& request) {
    Headers headers;
    for (const auto [name, value] : request.headers) {
        if (!is_for_this_hop(request.headers, name) && !is_in(rewritten, name)) headers.add(name, value);
    }
    headers.add("x-forwarded-for", request.client_ip);
    headers.add("x-forwarded-host", request.header("host"));
    headers.add("x-request-id", request.request_id);
    headers.add("traceparent", request.traceparent());
    return headers;
}

[[noreturn]] void rethrow(const ClientError& error) {
    if (error.kind() == ClientError::Kind::timeout) throw DeadlineExceeded(error.what());
    throw Unavailable(error.what());
}

}  // namespace

Task<Response> proxy(Client& client, std::string base_url, Request& request) {
    ClientRequest upstream;
    upstream.method = request.method_text;
    upstream.url = std::move(base_url) + request.target;
    upstream.headers = forwarded_headers(request);
    upstream.body = std::move(request.body);
    const auto left = request.deadline - std::chrono::steady_clock::now();
    upstream.timeout = std::min(upstream.timeout, std::chrono::duration_cast<std::chrono::milliseconds>(left));

    ClientResponse answer;
    try {
        answer = co_await client.send(std::move(upstream));
    } catch (const ClientError& error) {
        rethrow(error);
    }
    Response response{answer.status};
    for (const auto [name, value] : answer.headers) {
        const bool is_length_of_head = request.method == Method::head && iequals(name, "content-length");
        const bool is_ours = iequals(name, "x-request-id") || iequals(name, "date");
        if ((!is_for_this_hop(answer.headers, name) && !is_ours) || is_length_of_head)
            response.headers.add(name, value);
    }
    response.body = std::move(answer.body);
    co_return response;
}

}  // namespace platform::http
