#pragma once

// Private to this module.

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace platform::crypto {

/// Empty when the object has no such member or when it is no text.
inline std::string text_member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace platform::crypto
