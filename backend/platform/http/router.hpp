#pragma once

#include "platform/core/result.hpp"
#include "platform/core/task.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/json/type_info.hpp"

#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::http {

using Handler = std::function<Task<Response>(Request&)>;
/// Runs before the body is read; calls next(request) or answers itself.
using Middleware = std::function<Task<Response>(Request&, const Handler& next)>;
/// How an error looks in one route family. `status` is the final one.
using ErrorRenderer = std::function<Response(const Error&, unsigned status, const Request&)>;
/// Sees every response, also those the server makes itself (400 before routing): security headers, CORS.
using ResponseHook = std::function<void(const Request&, Response&)>;

using FailureHook = std::function<void(const Request&, std::string_view what)>;

/// Source: the same default as supabase/auth (internal/api/api.go).
inline constexpr std::size_t default_body_limit_bytes = 1 << 20;

struct RouteOptions {
    std::string operation_id{};
    std::string summary{};
    std::string tag{};
    std::size_t body_limit_bytes = default_body_limit_bytes;
    bool body_to_file = false;
    std::vector<std::string> error_reasons{};  ///< "course_not_open" or "409 course_not_open", for the API document
    bool is_public = false;
    std::string rate_bucket = "api";
    json::TypeRef query_type = nullptr;  ///< described struct of the query: json::type_of<T>, see parse_query
    bool is_hidden = false;              ///< not in the API document
};

struct RouteInfo {
    Method method = Method::get;
    std::string pattern;
    RouteOptions options;
    json::TypeRef request_type = nullptr;  ///< typed endpoints
    json::TypeRef response_type = nullptr;
};

template <class Out>
struct Reply {
    unsigned status = 200;
    Out body{};
    Headers headers{};
};

/// In of an endpoint without a body; Out of one that answers 204.
struct NoBody {};

template <class In, class Out>
using TypedHandler = std::function<Task<Result<Reply<Out>>>(Request&, In)>;

struct ApiDescription {
    std::string title;
    std::string version;
    std::string description{};
    std::vector<std::string> servers{};
    std::string path_prefix = "/";  ///< only routes below it
};

/// Longest-prefix table of error shapes.
class ErrorRenderers {
public:
    void add(std::string prefix, ErrorRenderer renderer);
    Response render(const Error& error, unsigned status, const Request& request) const;

private:
    std::vector<std::pair<std::string, ErrorRenderer>> renderers_;  // longest prefix first
};

/// Routes by a trie over path segments. A pattern has literal segments, {name} for one segment, and {name...} for the
/// rest of the path, e.g. "/api/v1/courses/{slug}". Literal wins over {name}, {name} over {name...}.
///
/// HEAD is answered by GET. A known path with another method is 405 with Allow. Build it completely before the server
/// starts; after that it is only read.
class Router {
public:
    Router();
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    void route(Method method, std::string pattern, Handler handler, RouteOptions options = {});

    /// A JSON endpoint: the body becomes an In (415, 400 with field errors), the Reply's body is written as JSON, an
    /// Error is rendered in the shape of the route family. Include platform/http/endpoint.hpp where it is called.
    template <class In, class Out>
    void typed(Method method, std::string pattern, TypedHandler<In, Out> handler, RouteOptions options = {});

    /// Middleware in the order of these calls, around every route and the fallback (prefix "/" or a path prefix).
    void use(Middleware middleware) { use("/", std::move(middleware)); }
    void use(std::string prefix, Middleware middleware);
    void errors(std::string prefix, ErrorRenderer renderer) { renderers_.add(std::move(prefix), std::move(renderer)); }
    /// Unmatched requests; default 404 "not_found".
    void fallback(Handler handler);
    void on_response(ResponseHook hook) { hooks_.push_back(std::move(hook)); }
    /// Told about every exception that reached the dispatcher (logging); default: an error line in the log.
    void on_failure(FailureHook hook) { failure_hook_ = std::move(hook); }

    /// The whole pipeline: match, middleware, body, handler. Never throws.
    Task<Response> dispatch(Request& request) const;
    /// An error of the server itself for a request that may be half parsed.
    Response refuse(const Request& request, unsigned status, const Error& error) const;

    std::vector<const RouteInfo*> routes() const;
    /// OpenAPI 3.1 document of the declared routes, in a fixed order.
    boost::json::value openapi(const ApiDescription& description) const;

private:
    struct Impl;
    void add(RouteInfo info, Handler handler);
    void apply_hooks(const Request& request, Response& response) const;
    void report(const Request& request, std::string_view what) const;
    /// The answer to the exception being handled.
    Response failure_response(const Request& request) const;

    std::unique_ptr<Impl> impl_;
    ErrorRenderers renderers_;
    std::vector<ResponseHook> hooks_;
    FailureHook failure_hook_;
};

}  // namespace platform::http
