#pragma once

#include "platform/http/request.hpp"
#include "platform/trace/tracer.hpp"

namespace platform::http {

/// Gives the request its ids. From a trusted peer the trace of `traceparent` is continued; a stranger's trace is only
/// linked and a new one begins (W3C Trace Context, "restart"). A valid X-Request-Id is kept, otherwise the trace id
/// serves as one.
void assign_ids(Request& request, bool is_trusted_peer);

/// How the span of a request ends: named by the route's pattern, never by the path.
trace::Outcome server_outcome(const Request& request, unsigned status, bool is_trusted_peer);

}  // namespace platform::http
