#pragma once

#include "platform/http/response.hpp"
#include "platform/restql/error.hpp"
#include "platform/restql/respond/statement_result.hpp"

namespace platform::restql {

/// What SQL set as response.status and response.headers replaces what was there. Errors: PGRST111, PGRST112 (500).
ApiResult<> apply_overrides(http::Response& response, const StatementResult& result);

}  // namespace platform::restql
