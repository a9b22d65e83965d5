#include "platform/http/trace_context.hpp"

#include "platform/http/router.hpp"

#include <algorithm>

namespace platform::http {
namespace {

bool is_request_id(std::string_view text) {
    constexpr std::size_t max_size = 64;
    return !text.empty() && text.size() <= max_size && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.';
    });
}

/// OpenTelemetry's word for methods that are not in its list.
std::string method_name(Method method) {
    return method == Method::other ? "_OTHER" : std::string(to_string(method));
}

/// The host the client asked for, without its port.
std::string_view host_of(const Request& request) {
    const auto host = request.header("host");
    const auto behind_address = host.starts_with('[') ? host.find(']') : 0;
    return host.substr(0, host.find(':', behind_address == std::string_view::npos ? 0 : behind_address));
}

}  // namespace

void assign_ids(Request& request, bool is_trusted_peer) {
    std::optional<trace::SpanContext> given;
    if (request.headers.count("traceparent") == 1) given = trace::parse_traceparent(request.header("traceparent"));
    request.trace = trace::Origin::from(is_trusted_peer ? given : std::nullopt);
    if (!is_trusted_peer) request.trace.link = given;
    request.trace_id = trace::to_hex(request.trace.self.trace_id);
    const auto id = request.header("x-request-id");
    request.request_id = is_request_id(id) ? id : std::string_view(request.trace_id);
}

trace::Outcome server_outcome(const Request& request, unsigned status, bool is_trusted_peer) {
    const std::string method = method_name(request.method);
    const bool is_https = is_trusted_peer && request.header("x-forwarded-proto") == "https";
    trace::Outcome outcome{.name = method, .is_error = status >= 500};
    outcome.attributes = {{"http.request.method", method},
                          {"http.response.status_code", static_cast<std::int64_t>(status)},
                          {"url.scheme", is_https ? "https" : "http"}};
    if (const auto host = host_of(request); !host.empty()) {
        outcome.attributes.push_back({"server.address", std::string(host)});
    }
    if (request.route) {
        outcome.name += ' ' + request.route->pattern;
        outcome.attributes.push_back({"http.route", request.route->pattern});
    }
    if (outcome.is_error) outcome.attributes.push_back({"error.type", std::to_string(status)});
    return outcome;
}

}  // namespace platform::http
