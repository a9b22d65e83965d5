#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/schema/schema_cache.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace platform::restql {

/// Keyset pagination (beyond the original; Options::keyset). A full page of a read answers with
///
///     Link: </books?order=price,id&limit=20&after=cursor>; rel="next"
///
/// and the cursor continues behind its last row, however many rows came or went before it: no page repeats or skips a
/// row, and the last page costs what the first did. It needs an `order` of columns that are selected under their own
/// names, are never null, and end in a unique key; without one there is no Link.
class Keyset {
public:
    /// Takes `after` out of the query string, where the grammar would read it as a filter.
    static Keyset take(http::Request& request);

    /// Adds the condition "behind the cursor's row". Error: PGRST103 (416) for a cursor that does not fit the order.
    ApiResult<> apply(ApiRequest& request) const;

    struct Page {
        std::optional<std::int64_t> limit;  ///< of the request or the options, whichever is less
        std::int64_t rows;
        std::string_view body;  ///< the rows as they were read
    };
    static void add_link(http::Response& response, const http::Request& http, const ApiRequest& request,
                         const Relation& relation, const Page& page);

private:
    std::optional<std::string> cursor_;
};

}  // namespace platform::restql
