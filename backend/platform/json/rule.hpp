#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace platform::json {

/// What a member must satisfy beyond its C++ type; the parser checks it, the OpenAPI document shows it.
///
///     template <>
///     inline constexpr platform::json::Rule platform::json::rule<&tt::course::CreateCourse::title>{.min_length = 3};
///
/// (A specialisation stands at global scope or in namespace platform::json, in the file of its struct, below it.)
struct Rule {
    std::optional<std::size_t> min_length{};  ///< in characters (Unicode scalar values), not bytes
    std::optional<std::size_t> max_length{};
    std::optional<double> minimum{};
    std::optional<double> maximum{};
    std::string_view format{};        ///< email, uri, uuid, date-time, date, slug
    std::string_view pattern_name{};  ///< documentation only: the name of a rule that the domain checks
    std::optional<std::size_t> min_items{};
    std::optional<std::size_t> max_items{};
    std::string_view description{};
    bool may_be_absent = false;   ///< parse: a missing member keeps its initial value
    bool omit_when_null = false;  ///< write: an empty std::optional leaves the member out instead of null
};

/// Of what is no member: a whole document, an item of a list.
inline constexpr Rule no_rule{};

template <auto Member>
inline constexpr Rule rule{};

/// JSON that passes through as text, such as a document the database built. Written without a check.
struct Raw {
    std::string text;
    bool operator==(const Raw&) const = default;
};

}  // namespace platform::json
