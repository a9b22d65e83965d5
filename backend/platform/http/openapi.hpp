#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace platform::http {

/// Block-style YAML 1.2 of a JSON value, members in their order; strings are quoted where YAML would read them as
/// something else.
std::string to_yaml(const boost::json::value& value);

}  // namespace platform::http
