#pragma once

#include "platform/core/result.hpp"
#include "platform/json/type_info.hpp"

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

/// One declaration per body: a struct described with BOOST_DESCRIBE_STRUCT, plus a `rule` for the members that need
/// one, gives parsing with all field errors, writing and the JSON Schema.
///
/// Members may be bool, integers, double, std::string, Uuid, Id<T>, Time, std::optional, std::vector, described
/// structs, enums described with BOOST_DESCRIBE_ENUM (as strings), Raw and boost::json::value.
/// std::optional<std::optional<T>> tells "absent" (outer empty) from "null" (inner empty), which PATCH needs.
namespace platform::json {

inline constexpr std::size_t max_depth = 64;         ///< nesting of arrays and objects in any body
inline constexpr std::size_t max_field_errors = 50;  ///< reported at once; a body with more is broken as a whole

/// Errors: invalid_argument "malformed_json" (not JSON at all, duplicate member, too deep, NUL, lone surrogate) or
/// "validation_failed" with one FieldError per wrong member. Unknown members are errors.
template <class T>
Result<T> parse(std::string_view text);

template <class T>
std::string write(const T& value);

/// JSON Schema (draft 2020-12); described structs inside are in $defs.
template <class T>
boost::json::value schema();

/// The same refusals as parse(), for bodies without a declared type.
Result<boost::json::value> parse_value(std::string_view text);

namespace detail {
std::optional<Error> parse_into(std::string_view text, const TypeInfo& type, void* out);
void write_into(std::string& out, const TypeInfo& type, const void* value);
boost::json::value schema_of(const TypeInfo& type);
}  // namespace detail

template <class T>
Result<T> parse(std::string_view text) {
    T value{};
    if (auto error = detail::parse_into(text, type_of<T>(), &value)) return std::move(*error);
    return value;
}

template <class T>
std::string write(const T& value) {
    std::string out;
    detail::write_into(out, type_of<T>(), &value);
    return out;
}

template <class T>
boost::json::value schema() {
    return detail::schema_of(type_of<T>());
}

}  // namespace platform::json
