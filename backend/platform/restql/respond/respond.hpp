#pragma once

#include "platform/http/request.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/parse/preferences.hpp"
#include "platform/restql/query/sql.hpp"

#include <optional>
#include <string>

namespace platform::restql {

/// What every statement returns.
struct StatementResult {
    std::optional<std::int64_t> total;
    std::int64_t page_total = 0;
    std::optional<std::string> keys;  ///< of the only inserted row: JSON object of texts
    std::string body;
};
BOOST_DESCRIBE_STRUCT(StatementResult, (), (total, page_total, keys, body))

struct MediaType {
    BodyShape shape = BodyShape::array;
    std::string content_type;
};
/// Error: PGRST107 (406).
ApiResult<MediaType> negotiate(const http::Request& request);

/// 200 or 206 with Content-Range and Content-Location. Errors: PGRST116 (406, not exactly one row for a single object),
/// PGRST103 (416, the range starts behind the last row).
ApiResult<http::Response> read_response(const http::Request& request, const StatementResult& result,
                                        const MediaType& media, const Preferences& preferences, std::int64_t offset);

/// 201. Error: PGRST116.
ApiResult<http::Response> insert_response(const http::Request& request, const StatementResult& result,
                                          const MediaType& media, const Preferences& preferences);

}  // namespace platform::restql
