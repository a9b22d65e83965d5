#pragma once

#include "platform/http/router.hpp"

#include <string>
#include <vector>

namespace data_api {

/// Cross-origin rules: any origin without credentials, or the listed ones with (data-api.md §1.11). Answers preflights.
platform::http::Middleware cors(std::vector<std::string> allowed_origins);
/// Repeats a request header in the answer.
platform::http::Middleware trace_header(std::string name);

}  // namespace data_api
