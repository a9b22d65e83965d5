#pragma once

#include "platform/core/result.hpp"
#include "platform/db/errors.hpp"
#include "platform/http/response.hpp"

#include <optional>
#include <string>

namespace platform::restql {

/// An error as PostgREST clients read it: PGRSTnnn or an SQLSTATE with its status.
struct ApiError {
    unsigned status = 400;
    std::string code;
    std::string message;
    std::optional<std::string> details{};
    std::optional<std::string> hint{};
    std::optional<std::string> details_json{};  ///< instead of details, where it is a list (PGRST201)
};

template <class T = void>
using ApiResult = boost::system::result<T, ApiError>;

[[noreturn]] inline void throw_exception_from_error(const ApiError& error, const boost::source_location&) {
    throw BadResult(Error{Code::internal, error.code, error.message});
}

/// {"code","details","hint","message"} in this order, with Proxy-Status and, for 401, WWW-Authenticate.
http::Response error_response(const ApiError& error);

/// What a statement's failure means over HTTP. `is_anonymous`: a missing privilege is then 401, not 403.
ApiError from_sql_error(const db::SqlError& error, bool is_anonymous);

}  // namespace platform::restql
