#pragma once

#include "platform/core/result.hpp"
#include "platform/core/task.hpp"
#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"
#include "platform/http/headers.hpp"
#include "platform/trace/tracer.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, query, other };
Method parse_method(std::string_view text);
std::string_view to_string(Method method);

struct RouteInfo;
class ErrorRenderers;
class BodySource;

/// One request, after the server has checked its syntax. Handlers get it by reference; it lives until the response
/// has been written.
struct Request {
    Method method = Method::get;
    std::string method_text = "GET";
    std::string target = "/";  ///< origin-form as sent, percent-encoded: path and query
    Headers headers;
    std::string body;
    std::filesystem::path body_file;  ///< routes with body_to_file: the received body; removed after the response
    std::string client_ip;            ///< of the peer, or as told by a trusted proxy
    std::string request_id;
    std::string trace_id;  ///< 32 hex digits (W3C trace context)
    trace::Origin trace;   ///< this request's own span, and its parent or the span a client we do not trust named
    Deadline deadline = Deadline::max();
    const RouteInfo* route = nullptr;           ///< nothing when no route matched
    const ErrorRenderers* renderers = nullptr;  ///< set by the router
    BodySource* body_source = nullptr;          ///< the unread body; the router reads it before the handler

    /// The path as sent (percent-encoded), without the query.
    std::string_view path() const;
    /// The query as sent, without the question mark.
    std::string_view query() const;
    /// The first parameter of that name, decoded ('+' is a space).
    std::optional<std::string> query_param(std::string_view name) const;
    /// All parameters in order, decoded.
    std::vector<std::pair<std::string, std::string>> query_params() const;
    /// A path parameter of the matched pattern, decoded; empty when the pattern has none of that name.
    std::string_view param(std::string_view name) const;
    std::optional<Uuid> uuid_param(std::string_view name) const;
    /// The first field of that name, or an empty view.
    std::string_view header(std::string_view name) const;
    /// The value of a cookie, or nothing.
    std::optional<std::string_view> cookie(std::string_view name) const;
    /// `traceparent` for calls made on behalf of this request.
    std::string traceparent() const;

    /// Middleware leaves what it found out (the Principal) for the handlers; one object per type.
    template <class T>
    void attach(T value) {
        set_attachment(&attachment_key<T>, std::make_shared<T>(std::move(value)));
    }
    /// The same for an object that others hold too, such as a cached Principal.
    template <class T>
    void attach_shared(std::shared_ptr<const T> value) {
        set_attachment(&attachment_key<T>, std::move(value));
    }
    template <class T>
    const T* attached() const {
        return static_cast<const T*>(attachment(&attachment_key<T>));
    }

    /// Path parameters in pattern order; filled by the router.
    std::vector<std::pair<std::string_view, std::string>> params;
    /// Makes the object ready for the next request of the connection and keeps its memory.
    void reset();

private:
    template <class T>
    static constexpr char attachment_key = 0;

    void set_attachment(const void* key, std::shared_ptr<const void> value);
    const void* attachment(const void* key) const;

    std::vector<std::pair<const void*, std::shared_ptr<const void>>> attachments_;
};

/// The body of a request that has not been read yet. Middleware runs before it is: a caller without a token is
/// refused before their gigabyte arrives.
class BodySource {
public:
    virtual ~BodySource() = default;
    struct Limits {
        std::size_t bytes;
        bool to_file;
    };
    /// Reads everything into request.body or request.body_file. Throws RequestRefused when it is too large, too slow
    /// or malformed.
    virtual Task<void> read(Request& request, Limits limits) = 0;
};

/// Percent-decodes; nothing for a bad escape or an encoded NUL.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
/// Decodes text of a query: '+' is a space, and an escape that is none stays as it is, because people write
/// ?title=like.%growth% and mean it.
std::string decode_query(std::string_view text);
/// Encodes everything but unreserved characters (RFC 3986 §2.3).
std::string percent_encode(std::string_view text);

}  // namespace platform::http
