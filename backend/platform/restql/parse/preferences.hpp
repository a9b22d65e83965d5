#pragma once

#include "platform/http/request.hpp"

#include <optional>
#include <string>

namespace platform::restql {

/// The Prefer header as far as it is honoured here (data-api.md §1.6).
struct Preferences {
    std::string returns = "minimal";  ///< minimal, headers-only or representation
    bool counts_total = false;        ///< count=exact; planned and estimated are answered exactly
    std::string applied;              ///< Preference-Applied, empty when nothing was
};

Preferences read_preferences(const http::Request& request);

/// Rows asked for by `Range: a-b` (GET only), to be cut with limit and offset.
struct Range {
    std::int64_t first = 0;
    std::optional<std::int64_t> last{};
};
std::optional<Range> read_range(const http::Request& request);

}  // namespace platform::restql
