#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace platform::http {

/// How the end of a body is told to the client.
struct Framing {
    bool is_http_11 = true;
    bool keep_alive = true;
    bool is_chunked = false;
    std::optional<std::uint64_t> content_length{};
};

/// Whether a response to this method and status has a body at all (RFC 9110 §6.4.1).
bool may_have_body(Method method, unsigned status);

/// Appends status line and fields. Framing fields of the handler are dropped, except Content-Length for HEAD when
/// `framing` has none. Date comes from a per-thread cache.
void append_head(std::string& out, const Response& response, const Request& request, const Framing& framing);

}  // namespace platform::http
