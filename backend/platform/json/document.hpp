#pragma once

#include "platform/core/result.hpp"

#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <string_view>

namespace platform::json::detail {

/// Text to a document in `memory`; refuses what Boost.JSON lets through (duplicate members, NUL, infinities).
Result<boost::json::value> parse_document(std::string_view text, boost::json::storage_ptr memory);

}  // namespace platform::json::detail
