#include "apps/data-api/cors.hpp"

#include "apps/data-api/ready_answer.hpp"
#include "platform/core/text.hpp"

#include <algorithm>

namespace data_api {
namespace {

using platform::Task;
namespace http = platform::http;

constexpr std::string_view exposed_headers =
    "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, "
    "Range-Unit";

bool is_preflight(const http::Request& request) {
    return request.method == http::Method::options && !request.header("access-control-request-method").empty();
}

/// Who may read the answer; false when the origin may not.
bool allow_origin(http::Headers& headers, std::string_view origin, const std::vector<std::string>& allowed) {
    if (allowed.empty()) {
        headers.set("Access-Control-Allow-Origin", "*");
        return true;
    }
    if (std::find(allowed.begin(), allowed.end(), origin) == allowed.end()) return false;
    headers.set("Access-Control-Allow-Origin", origin);
    headers.set("Access-Control-Allow-Credentials", "true");
    return true;
}

http::Response preflight(const http::Request& request, const std::vector<std::string>& allowed) {
    auto response = http::empty(200);
    if (!allow_origin(response.headers, request.header("origin"), allowed)) return response;
    std::string headers = "Authorization";
    std::string_view rest = request.header("access-control-request-headers");
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        const auto name = platform::trimmed(rest.substr(0, comma), " ");
        if (!name.empty()) headers += ", " + std::string(name);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    response.headers.set("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD");
    response.headers.set("Access-Control-Allow-Headers", headers + ", Accept, Accept-Language, Content-Language");
    response.headers.set("Access-Control-Max-Age", "86400");
    return response;
}

Task<http::Response> expose(http::Request& request, http::Handler next, std::vector<std::string> allowed) {
    auto response = co_await next(request);
    if (allow_origin(response.headers, request.header("origin"), allowed)) {
        response.headers.set("Access-Control-Expose-Headers", exposed_headers);
    }
    co_return response;
}

Task<http::Response> repeat(http::Request& request, http::Handler next, std::string name) {
    auto response = co_await next(request);
    response.headers.set(name, request.header(name));
    co_return response;
}

}  // namespace

http::Middleware cors(std::vector<std::string> allowed_origins) {
    return [allowed = std::move(allowed_origins)](http::Request& request, const http::Handler& next) {
        if (request.header("origin").empty()) return next(request);
        if (is_preflight(request)) return ready_answer(preflight(request, allowed));
        return expose(request, next, allowed);
    };
}

http::Middleware trace_header(std::string name) {
    return [name = std::move(name)](http::Request& request, const http::Handler& next) {
        return repeat(request, next, name);
    };
}

}  // namespace data_api
