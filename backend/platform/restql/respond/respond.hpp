#pragma once

#include "platform/http/response.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/options.hpp"
#include "platform/restql/parse/api_request.hpp"
#include "platform/restql/respond/statement_result.hpp"

#include <optional>
#include <string>

namespace platform::restql {

/// A statement's outcome and what of the plan decides how it is told.
struct Outcome {
    StatementResult result{};
    MediaType media{};
    bool has_key = false;  ///< the relation has a primary key, or on_conflict was given
    bool is_void = false;  ///< a function without a result
};

/// Refusals that need the outcome; the caller rolls back. PGRST116 (not one row for a single object), PGRST115 (PUT of
/// another key), PGRST124 (more rows than max-affected).
std::optional<ApiError> refuse_outcome(const ApiRequest& request, const MediaType& media, std::int64_t rows);

/// Status, headers and body. Errors: PGRST103 (416, behind the last row), PGRST111 and PGRST112 (500, what SQL set as
/// response.headers or response.status is neither).
ApiResult<http::Response> respond(const ApiRequest& request, Outcome outcome, const Options& options);

/// Content-Type, and Content-Profile when the schema was negotiated.
void set_content_headers(http::Response& response, const ApiRequest& request, const MediaType& media);

}  // namespace platform::restql
