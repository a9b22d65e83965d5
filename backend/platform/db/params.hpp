#pragma once

#include "platform/db/query.hpp"
#include "platform/db/text.hpp"

#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace platform::db {

inline Param to_param(std::nullopt_t) {
    return std::nullopt;
}
inline Param to_param(Param value) {
    return value;
}
inline Param to_param(std::string value) {
    return value;
}
inline Param to_param(std::string_view value) {
    return std::string(value);
}
inline Param to_param(const char* value) {
    return std::string(value);
}
inline Param to_param(bool value) {
    return std::string(value ? "t" : "f");
}
inline Param to_param(double value) {
    return detail::write_double(value);
}
inline Param to_param(const Uuid& value) {
    return to_string(value);
}
inline Param to_param(Time value) {
    return to_rfc3339(value);
}
inline Param to_param(const Bytea& value) {
    return detail::write_bytea(value.bytes);
}

template <std::integral T>
    requires(!std::same_as<T, bool>)
Param to_param(T value) {
    return std::to_string(value);
}

template <class Tag>
Param to_param(const Id<Tag>& value) {
    return to_string(value.value);
}

template <class E>
    requires std::is_enum_v<E>
Param to_param(E value) {
    return std::string(boost::describe::enum_to_string(value, ""));
}

template <class T>
    requires(detail::RawText<T> && !std::same_as<T, Bytea>)
Param to_param(const T& value) {
    return value.text;
}

template <class T>
    requires(!std::same_as<T, std::string>)
Param to_param(const std::optional<T>& value);

/// An array literal, for `= ANY($1)` and array columns.
template <class T>
Param to_param(const std::vector<T>& values) {
    std::string literal = "{";
    for (const auto& value : values) detail::append_array_element(literal, to_param(value));
    literal += '}';
    return literal;
}

template <class T>
    requires(!std::same_as<T, std::string>)
Param to_param(const std::optional<T>& value) {
    return value ? to_param(*value) : Param(std::nullopt);
}

template <class... A>
Params make_params(const A&... values) {
    Params params;
    params.reserve(sizeof...(values));
    (params.push_back(to_param(values)), ...);
    return params;
}

}  // namespace platform::db
