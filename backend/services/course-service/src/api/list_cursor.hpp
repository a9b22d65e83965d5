#pragma once

#include "services/course-service/contract/course_client.hpp"

#include <string_view>

namespace tt::course::api {

/// Where a page of the catalogue ended. Opaque to clients; a cursor belongs to the sort it was made for.
struct ListCursor {
    std::string sort;
    std::string number;
    std::string text;
    CourseId id;
};
BOOST_DESCRIBE_STRUCT(ListCursor, (), (sort, number, text, id))

std::string encode_cursor(const ListCursor& cursor);
/// Errors: invalid_cursor (400).
Result<ListCursor> decode_cursor(std::string_view text, std::string_view sort);

}  // namespace tt::course::api
