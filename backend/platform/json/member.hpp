#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace platform::json {

/// For documents of others that may carry more, or something else, than we need.
/// Empty when the object has no such member or when it is no text.
inline std::string text_member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

/// Null when the object has no such member or when it is no object.
inline const boost::json::object* object_member(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value ? value->if_object() : nullptr;
}

}  // namespace platform::json
