#pragma once

#include "platform/core/result.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::restql {

/// Where in the claims the role stands (jwt-role-claim-key), in one of two spellings:
///     RFC 9535    $.app.roles[0]   $['https://example.com/role']   $.roles[?(@ == "editor")]   $.roles[?@ != 'x']
///     the older   .app.roles[0]    ."role-name"                    .roles[?(@ ^== "edit")]
/// A filter takes the first text of an array that is equal (==), unequal (!=), starts (^==), ends (==^) or holds (*==).
class RolePath {
public:
    /// Errors: `role_path_invalid`; the message says at which character.
    static Result<RolePath> parse(std::string_view text);

    /// The value found, or nothing.
    const boost::json::value* find(const boost::json::value& claims) const;

private:
    enum class Kind : std::uint8_t { key, index, first, equal, unequal, prefix, suffix, part };
    struct Step {
        Kind kind = Kind::key;
        std::string text{};
        std::int64_t index = 0;
    };
    class Parser;
    static const boost::json::value* apply(const Step& step, const boost::json::value& value);

    std::vector<Step> steps_;
};

}  // namespace platform::restql
