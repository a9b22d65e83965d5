#pragma once

#include "platform/http/router.hpp"
#include "shared/types/prelude.hpp"

namespace tt {

/// How errors look below /auth/v1: GoTrue's body, old or new by X-Supabase-Api-Version (auth.md §1.2).
http::Response gotrue_error(const Error& error, unsigned status, const http::Request& request);

/// How errors look below /rest/v1: {code, details, hint, message} in PostgREST's key order (data-api.md §1.10).
http::Response postgrest_error(const Error& error, unsigned status, const http::Request& request);

/// How errors look below /functions/v1: {code, message, error}, readable by supabase-js' FunctionsHttpError.
http::Response function_error(const Error& error, unsigned status, const http::Request& request);

/// Gives each route family its shape; everything else stays an RFC 9457 problem document.
void use_error_shapes(http::Router& router);

}  // namespace tt
