#pragma once

#include "platform/http/router.hpp"
#include "platform/json/json.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

/// The typed side of Router, and what JSON endpoints need around it.
namespace platform::http {

/// The query string as a described struct: unknown, repeated and malformed parameters are field errors with
/// pointers "/name". Name the type in RouteOptions::query_type so that the API document has it.
template <class T>
Result<T> parse_query(const Request& request);

/// Strong entity tag of a row version: "7".
std::string etag_of(std::int64_t row_version);
/// precondition_failed when If-Match is there and names neither `etag` nor *.
Result<void> check_if_match(const Request& request, std::string_view etag);
/// The row version If-Match asks for, when it is one of ours.
std::optional<std::int64_t> if_match_version(const Request& request);
/// Whether If-None-Match names `etag` (weak comparison): answer 304.
bool etag_matches(const Request& request, std::string_view etag);

namespace detail {
/// 415 for other media types, then the JSON refusals of json::parse.
std::optional<Error> read_json_body(const Request& request, const json::TypeInfo& type, void* out);
std::optional<Error> read_query(const Request& request, const json::TypeInfo& type, void* out);

template <class T>
constexpr json::TypeRef type_or_none() {
    if constexpr (std::same_as<T, NoBody>) {
        return nullptr;
    } else {
        return &json::type_of<T>;
    }
}

template <class Out>
Response to_response(Reply<Out> reply) {
    Response response;
    if constexpr (std::same_as<Out, NoBody>) {
        response = empty(reply.status == 200 ? 204 : reply.status);
    } else {
        response = json_response(reply.status, json::write(reply.body));
    }
    for (const auto [name, value] : reply.headers) response.headers.set(name, value);
    return response;
}

template <class In, class Out>
Task<Response> run_typed(const TypedHandler<In, Out>& handler, Request& request) {
    In in{};
    if constexpr (!std::same_as<In, NoBody>) {
        if (auto error = read_json_body(request, json::type_of<In>(), &in)) co_return render_error(*error, request);
    }
    Result<Reply<Out>> result = co_await handler(request, std::move(in));
    if (!result) co_return render_error(result.error(), request);
    co_return to_response<Out>(std::move(*result));
}
}  // namespace detail

template <class T>
Result<T> parse_query(const Request& request) {
    T value{};
    if (auto error = detail::read_query(request, json::type_of<T>(), &value)) return std::move(*error);
    return value;
}

template <class In, class Out>
void Router::typed(Method method, std::string pattern, TypedHandler<In, Out> handler, RouteOptions options) {
    RouteInfo info{method, std::move(pattern), std::move(options), detail::type_or_none<In>(),
                   detail::type_or_none<Out>()};
    // The router keeps the handler for the life of the server, so the coroutine may refer to it.
    add(std::move(info),
        [handler = std::move(handler)](Request& request) { return detail::run_typed<In, Out>(handler, request); });
}

}  // namespace platform::http
