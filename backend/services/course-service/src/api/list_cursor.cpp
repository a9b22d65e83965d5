#include "services/course-service/src/api/list_cursor.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/json/json.hpp"

#include <algorithm>

namespace tt::course::api {

namespace {

/// What PostgreSQL reads as numeric, and we wrote: digits with at most one point.
bool is_decimal(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || text.size() > 40 || !is_digit(text.front()) || !is_digit(text.back())) return false;
    return std::ranges::count(text, '.') <= 1 &&
           std::ranges::all_of(text, [&](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

std::string encode_cursor(const ListCursor& cursor) {
    return crypto::base64url_encode(json::write(cursor));
}

Result<ListCursor> decode_cursor(std::string_view text, std::string_view sort) {
    const Error invalid{Code::invalid_argument, "invalid_cursor", "This cursor is not from this list."};
    const auto document = crypto::base64url_decode(text);
    if (!document) return invalid;
    auto cursor = json::parse<ListCursor>(*document);
    if (!cursor || cursor->sort != sort || !is_decimal(cursor->number)) return invalid;
    return cursor;
}

}  // namespace tt::course::api
