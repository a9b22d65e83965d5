#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tt::auth {

/// Where a page of people ended: the next one begins behind it.
struct UserCursor {
    platform::Time created_at{};
    platform::Uuid id;
};

/// Opaque to clients. Error: validation_failed.
std::string write_user_cursor(const UserCursor& cursor);
platform::Result<UserCursor> parse_user_cursor(std::string_view text);

/// A number of the query, as GoTrue reads it. Error: validation_failed for anything but digits, and beyond 2^53.
platform::Result<std::uint64_t> parse_page_number(const std::optional<std::string>& text, std::uint64_t fallback);

struct PageLinks {
    std::uint64_t page = 1;
    std::uint64_t per_page = 50;
    std::uint64_t total = 0;
    std::string path;   // as GoTrue sees it, e.g. /admin/users
    std::string query;  // the other parameters, encoded; empty or "a=b&c=d"
};

std::uint64_t page_count(const PageLinks& links);

/// `<…?page=2&per_page=50>; rel="next", <…>; rel="last"`. auth-js reads the number behind the first "=" of each part,
/// so page comes first and no comma may stand in an address (auth.md §1.15).
std::string link_header(const PageLinks& links);

}  // namespace tt::auth
