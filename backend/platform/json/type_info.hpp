#pragma once

#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"
#include "platform/json/rule.hpp"

#include <array>
#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <concepts>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Reflection as data: one static table per type, read by a parser, a writer and a schema builder that are compiled
/// once. Users of json.hpp need none of this.
namespace platform::json {

enum class Kind : std::uint8_t {
    boolean,
    integer,
    number,
    string,
    uuid,
    time,
    enumeration,
    optional,
    array,
    object,
    raw,
    any,
};

struct TypeInfo;
/// A function, so that a type may contain itself (a module with children).
using TypeRef = const TypeInfo& (*)();

struct MemberInfo {
    std::string_view name;
    TypeRef type;
    const Rule* rule;
    void* (*at)(void* object);
};

struct EnumName {
    std::string_view name;
    std::int64_t value;
};

struct TypeInfo {
    Kind kind;
    std::string_view name{};                ///< objects and enums: C++ name with namespaces
    std::span<const MemberInfo> members{};  ///< objects
    std::span<const EnumName> names{};      ///< enums
    TypeRef element = nullptr;              ///< optional, array
    std::int64_t minimum = 0;               ///< integers
    std::int64_t maximum = 0;
    void (*set_integer)(void*, std::int64_t) = nullptr;  ///< integers, enums
    std::int64_t (*get_integer)(const void*) = nullptr;
    void* (*append)(void*) = nullptr;  ///< array: adds an element; optional: engages; returns where the element is
    std::size_t (*size)(const void*) = nullptr;
    const void* (*item)(const void*, std::size_t) = nullptr;
    void (*set_number)(void*, double) = nullptr;  ///< number
    double (*get_number)(const void*) = nullptr;
};

template <class T>
const TypeInfo& type_of();

namespace detail {

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
constexpr std::string_view type_name() {
    // "… [T = tt::course::Course]" with clang, "… [with T = tt::course::Course; …]" with gcc
    constexpr std::string_view text = __PRETTY_FUNCTION__;
    constexpr auto begin = text.find("T = ") + 4;
    constexpr auto end = text.find_first_of(";]", begin);
    return text.substr(begin, end - begin);
}

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T, auto Pointer>
void* member_at(void* object) {
    return &(static_cast<T*>(object)->*Pointer);
}

template <class T, template <class...> class List, class... Descriptors>
std::span<const MemberInfo> members_of(List<Descriptors...>) {
    static constexpr std::array<MemberInfo, sizeof...(Descriptors)> table{MemberInfo{
        Descriptors::name,
        &type_of<std::remove_cvref_t<decltype(std::declval<T&>().*Descriptors::pointer)>>,
        &rule<Descriptors::pointer>,
        &member_at<T, Descriptors::pointer>,
    }...};
    return table;
}

template <class E, template <class...> class List, class... Descriptors>
std::span<const EnumName> names_of(List<Descriptors...>) {
    static constexpr std::array<EnumName, sizeof...(Descriptors)> table{
        EnumName{Descriptors::name, static_cast<std::int64_t>(Descriptors::value)}...};
    return table;
}

template <class T>
TypeInfo integer_info() {
    TypeInfo info{.kind = Kind::integer};
    info.minimum = static_cast<std::int64_t>(std::numeric_limits<T>::min());
    info.maximum = std::in_range<std::int64_t>(std::numeric_limits<T>::max())
                       ? static_cast<std::int64_t>(std::numeric_limits<T>::max())
                       : std::numeric_limits<std::int64_t>::max();
    info.set_integer = [](void* at, std::int64_t value) { *static_cast<T*>(at) = static_cast<T>(value); };
    info.get_integer = [](const void* at) { return static_cast<std::int64_t>(*static_cast<const T*>(at)); };
    return info;
}

template <class T>
TypeInfo enum_info() {
    TypeInfo info{.kind = Kind::enumeration, .name = type_name<T>()};
    info.names = names_of<T>(boost::describe::describe_enumerators<T>{});
    info.set_integer = [](void* at, std::int64_t value) { *static_cast<T*>(at) = static_cast<T>(value); };
    info.get_integer = [](const void* at) { return static_cast<std::int64_t>(*static_cast<const T*>(at)); };
    return info;
}

template <class T>
TypeInfo number_info() {
    TypeInfo info{.kind = Kind::number};
    info.set_number = [](void* at, double value) { *static_cast<T*>(at) = static_cast<T>(value); };
    info.get_number = [](const void* at) { return static_cast<double>(*static_cast<const T*>(at)); };
    return info;
}

template <class Optional>
TypeInfo optional_info() {
    TypeInfo info{.kind = Kind::optional};
    info.element = &type_of<typename Optional::value_type>;
    info.append = [](void* at) -> void* { return &static_cast<Optional*>(at)->emplace(); };
    info.size = [](const void* at) -> std::size_t { return static_cast<const Optional*>(at)->has_value() ? 1 : 0; };
    info.item = [](const void* at, std::size_t) -> const void* { return &**static_cast<const Optional*>(at); };
    return info;
}

template <class Vector>
TypeInfo array_info() {
    TypeInfo info{.kind = Kind::array};
    info.element = &type_of<typename Vector::value_type>;
    info.append = [](void* at) -> void* { return &static_cast<Vector*>(at)->emplace_back(); };
    info.size = [](const void* at) { return static_cast<const Vector*>(at)->size(); };
    info.item = [](const void* at, std::size_t i) -> const void* { return &(*static_cast<const Vector*>(at))[i]; };
    return info;
}

template <class T>
TypeInfo object_info() {
    static_assert(boost::describe::has_describe_members<T>::value, "describe the struct with BOOST_DESCRIBE_STRUCT");
    TypeInfo info{.kind = Kind::object, .name = type_name<T>()};
    info.members = members_of<T>(Members<T>{});
    return info;
}

template <class T>
TypeInfo make_type_info() {
    if constexpr (std::same_as<T, bool>) {
        return TypeInfo{.kind = Kind::boolean};
    } else if constexpr (std::integral<T>) {
        return integer_info<T>();
    } else if constexpr (std::floating_point<T>) {
        return number_info<T>();
    } else if constexpr (std::is_enum_v<T>) {
        return enum_info<T>();
    } else if constexpr (std::same_as<T, std::string>) {
        return TypeInfo{.kind = Kind::string};
    } else if constexpr (std::same_as<T, Uuid> || is_id<T>) {
        return TypeInfo{.kind = Kind::uuid};
    } else if constexpr (std::same_as<T, Time>) {
        return TypeInfo{.kind = Kind::time};
    } else if constexpr (std::same_as<T, Raw>) {
        return TypeInfo{.kind = Kind::raw};
    } else if constexpr (std::same_as<T, boost::json::value>) {
        return TypeInfo{.kind = Kind::any};
    } else if constexpr (is_optional<T>) {
        return optional_info<T>();
    } else if constexpr (is_vector<T>) {
        return array_info<T>();
    } else {
        return object_info<T>();
    }
}

}  // namespace detail

template <class T>
const TypeInfo& type_of() {
    if constexpr (detail::is_id<T>) {
        // Id<Tag> is exactly a Uuid; the table reads it as one.
        static_assert(sizeof(T) == sizeof(Uuid) && std::is_standard_layout_v<T>);
        return type_of<Uuid>();
    } else {
        static const TypeInfo info = detail::make_type_info<T>();
        return info;
    }
}

}  // namespace platform::json
