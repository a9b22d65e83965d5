#pragma once

#include "platform/http/server.hpp"

#include <string>

namespace tt {

/// Counts and logs each answer: http_server_request_duration_seconds{edge,method,route,status} and one line
/// "request_served" (debug for successful static files, info otherwise).
platform::http::Observer observe_exchanges(std::string edge);

}  // namespace tt
