#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace platform::restql {

inline constexpr std::string_view openapi31_type = "application/vnd.oai.openapi+json";

/// The same interface as an OpenAPI 3.1.0 document, made from the 2.0 one: JSON Schema 2020-12 components, request
/// bodies by media type, and the error every operation may answer with. Beyond the original; Options::openapi31.
std::string openapi31(std::string_view openapi2);

}  // namespace platform::restql
