#pragma once

#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"

#include <boost/describe.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// PostgreSQL's text format ↔ C++ values: bool, integers, double, std::string, Uuid, Id<T>, Time, Bytea, json::Raw
/// (any struct whose only content is `std::string text`), described enums, std::vector of these, std::optional of
/// these. Marks and money stay exact as std::string (numeric) or std::int64_t (minor units).
namespace platform::db {

/// Bytes of a bytea column.
struct Bytea {
    std::string bytes;
    bool operator==(const Bytea&) const = default;
};

/// A value from the database that does not fit the C++ type it is read into: a bug in a query or struct.
struct BadValue : std::logic_error {
    using std::logic_error::logic_error;
};

namespace detail {

bool parse_bool(std::string_view text);
std::int64_t parse_int(std::string_view text);
double parse_double(std::string_view text);
Uuid parse_uuid_value(std::string_view text);
Time parse_time(std::string_view text);
std::string parse_bytea(std::string_view text);
/// Elements of a one-dimensional array literal; nullopt is NULL.
std::vector<std::optional<std::string>> parse_array(std::string_view text);
[[noreturn]] void bad_value(std::string_view type, std::string_view text);

std::string write_double(double value);
std::string write_bytea(std::string_view bytes);
void append_array_element(std::string& literal, const std::optional<std::string>& element);

template <class T>
concept RawText = std::is_aggregate_v<T> && requires(T value) {
    { value.text } -> std::same_as<std::string&>;
};
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;
template <class T>
inline constexpr bool is_described = boost::describe::has_describe_members<T>::value;

template <std::integral T>
T narrow(std::string_view text) {
    const std::int64_t value = parse_int(text);
    if (!std::in_range<T>(value)) bad_value("integer", text);
    return static_cast<T>(value);
}

template <class E>
E parse_enum(std::string_view text) {
    E value{};
    if (!boost::describe::enum_from_string(std::string(text).c_str(), value)) bad_value("enum", text);
    return value;
}

}  // namespace detail

/// Reads one non-null value. Error: BadValue.
template <class T>
T from_text(std::string_view text) {
    using namespace detail;
    if constexpr (std::same_as<T, bool>) {
        return parse_bool(text);
    } else if constexpr (std::integral<T>) {
        return narrow<T>(text);
    } else if constexpr (std::floating_point<T>) {
        return static_cast<T>(parse_double(text));
    } else if constexpr (std::same_as<T, std::string>) {
        return std::string(text);
    } else if constexpr (std::same_as<T, Uuid>) {
        return parse_uuid_value(text);
    } else if constexpr (is_id<T>) {
        return T{parse_uuid_value(text)};
    } else if constexpr (std::same_as<T, Time>) {
        return parse_time(text);
    } else if constexpr (std::same_as<T, Bytea>) {
        return Bytea{parse_bytea(text)};
    } else if constexpr (std::is_enum_v<T>) {
        return parse_enum<T>(text);
    } else if constexpr (is_vector<T>) {
        T values;
        for (const auto& element : parse_array(text)) {
            if (!element) bad_value("array without NULL", text);
            values.push_back(from_text<typename T::value_type>(*element));
        }
        return values;
    } else {
        static_assert(RawText<T>, "no text form for this type");
        T value{};
        value.text = std::string(text);
        return value;
    }
}

/// Reads a value that may be NULL: only std::optional takes NULL.
template <class T>
T from_nullable(std::optional<std::string_view> text) {
    if constexpr (detail::is_optional<T>) {
        return text ? T(from_text<typename T::value_type>(*text)) : T(std::nullopt);
    } else {
        if (!text) throw BadValue("NULL where a value must be");
        return from_text<T>(*text);
    }
}

}  // namespace platform::db
