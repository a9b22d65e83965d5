#include "services/auth-service/src/domain/user_page.hpp"

#include "platform/crypto/encoding.hpp"

#include <charconv>

namespace tt::auth {
namespace {

using platform::Code;
using platform::Error;
using platform::Result;

constexpr std::uint64_t largest_page_number = std::uint64_t{1} << 53;

Error bad_page(const std::string& what) {
    return Error{Code::invalid_argument, "validation_failed", "Bad Pagination Parameters: " + what};
}

std::string page_address(const PageLinks& links, std::uint64_t page) {
    std::string address = '<' + links.path + "?page=" + std::to_string(page);
    if (!links.query.empty()) address += '&' + links.query;
    return address + '>';
}

}  // namespace

std::string write_user_cursor(const UserCursor& cursor) {
    return platform::crypto::base64url_encode(platform::to_rfc3339(cursor.created_at) + ' ' + to_string(cursor.id));
}

Result<UserCursor> parse_user_cursor(std::string_view text) {
    const auto plain = platform::crypto::base64url_decode(text);
    const auto space = plain ? plain->find(' ') : std::string::npos;
    if (space == std::string::npos) return bad_page("invalid cursor");
    const auto created_at = platform::parse_rfc3339(std::string_view(*plain).substr(0, space));
    const auto id = platform::parse_uuid(std::string_view(*plain).substr(space + 1));
    if (!created_at || !id) return bad_page("invalid cursor");
    return UserCursor{*created_at, *id};
}

Result<std::uint64_t> parse_page_number(const std::optional<std::string>& text, std::uint64_t fallback) {
    if (!text || text->empty()) return fallback;
    std::uint64_t number = 0;
    const char* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || number > largest_page_number) {
        return bad_page('"' + *text + "\" is not a number");
    }
    return number;
}

std::uint64_t page_count(const PageLinks& links) {
    return (links.total + links.per_page - 1) / links.per_page;
}

std::string link_header(const PageLinks& links) {
    const std::uint64_t last = page_count(links);
    std::string header;
    if (last > links.page) header = page_address(links, links.page + 1) + "; rel=\"next\", ";
    return header + page_address(links, last) + "; rel=\"last\"";
}

}  // namespace tt::auth
