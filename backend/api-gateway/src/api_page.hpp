#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace tt::gateway {

/// A readable page of an OpenAPI 3.1 document: operations by tag with parameters, bodies and errors. No script.
std::string render_api_page(const boost::json::value& openapi);
std::string_view api_page_style();

}  // namespace tt::gateway
