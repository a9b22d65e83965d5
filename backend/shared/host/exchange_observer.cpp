#include "shared/host/exchange_observer.hpp"

#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "shared/types/principal.hpp"

#include <map>
#include <tuple>

namespace tt {
namespace {

/// Networks instead of addresses: /24 and /48 (gateway-security.md §7).
std::string truncated_ip(const std::string& address) {
    const bool is_v6 = address.find(':') != std::string::npos;
    const char separator = is_v6 ? ':' : '.';
    std::size_t end = 0;
    for (int i = 0; i < 3 && end != std::string::npos; ++i) end = address.find(separator, end == 0 ? 0 : end + 1);
    if (end == std::string::npos) return address;
    return address.substr(0, end) + (is_v6 ? "::" : ".0");
}

std::string_view route_of(const http::Request& request) {
    return request.route ? std::string_view(request.route->pattern) : std::string_view("none");
}

metrics::Histogram& duration_of(const std::string& edge, const http::Exchange& exchange) {
    // The registry takes a lock; each io thread remembers what it has looked up.
    thread_local std::map<std::tuple<const std::string*, const http::RouteInfo*, http::Method, unsigned>,
                          metrics::Histogram*>
        known;
    auto& slot = known[{&edge, exchange.request.route, exchange.request.method, exchange.status}];
    if (!slot) {
        slot = &metrics::histogram("http_server_request_duration_seconds",
                                   {{"edge", edge},
                                    {"method", std::string(http::to_string(exchange.request.method))},
                                    {"route", std::string(route_of(exchange.request))},
                                    {"status", std::to_string(exchange.status)}});
    }
    return *slot;
}

void log_exchange(const std::string& edge, const http::Exchange& exchange) {
    const auto& request = exchange.request;
    const auto& caller = principal(request);
    log::info("request_served", {{"edge", edge},
                                 {"http.request.id", request.request_id},
                                 {"trace.id", request.trace_id},
                                 {"http.request.method", request.method_text},
                                 {"http.route", route_of(request)},
                                 {"http.response.status_code", exchange.status},
                                 {"http.response.bytes", exchange.response_bytes},
                                 {"event.duration", exchange.duration.count()},
                                 {"client.ip", truncated_ip(request.client_ip)},
                                 {"user.id", caller.user_id ? to_string(*caller.user_id) : std::string()}});
}

}  // namespace

platform::http::Observer observe_exchanges(std::string edge) {
    return [edge = std::move(edge)](const http::Exchange& exchange) {
        duration_of(edge, exchange).observe(std::chrono::duration<double>(exchange.duration).count());
        const bool is_static_success = !exchange.request.route && exchange.status < 400;
        if (!is_static_success && log::is_enabled(log::Level::info)) log_exchange(edge, exchange);
    };
}

}  // namespace tt
