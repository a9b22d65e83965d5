#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

namespace platform::restql {

/// Gives a successful answer to GET or HEAD a strong ETag of its body (with its range), and turns it into 304 when
/// If-None-Match names it (RFC 9110 §8.8.3, §13.1.2). HEAD has no body to hash and is left alone.
void apply_etag(const http::Request& request, http::Response& response);

}  // namespace platform::restql
