#pragma once

#include "platform/core/result.hpp"
#include "platform/db/errors.hpp"
#include "platform/http/response.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::restql {

/// The name clients of the original compare in Proxy-Status and Warning: part of the wire, not of our name.
inline constexpr std::string_view wire_product = "PostgREST";
inline constexpr std::string_view wire_version = "16.1";  ///< whose behaviour this is

/// An error as the original's clients read it: PGRSTnnn or an SQLSTATE with its status.
struct ApiError {
    unsigned status = 400;
    std::string code;
    std::string message;
    std::optional<std::string> details{};
    std::optional<std::string> hint{};
    std::optional<std::string> details_json{};  ///< instead of details, where it is a list (PGRST201)
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string reason{};  ///< phrase of the status line, where SQL chose one
};

template <class T = void>
using ApiResult = boost::system::result<T, ApiError>;

[[noreturn]] inline void throw_exception_from_error(const ApiError& error, const boost::source_location&) {
    throw BadResult(Error{Code::internal, error.code, error.message});
}

/// {"code","details","hint","message"} in this order, or only code and message when the answer is to be terse.
std::string error_body(const ApiError& error, bool is_verbose);
/// The body with Proxy-Status, and Retry-After for 503.
http::Response error_response(const ApiError& error, bool is_verbose = true);

/// What a statement's failure means over HTTP (data-api.md §1.10). `is_anonymous`: a missing privilege is then 401,
/// not 403. SQLSTATE PGRST and PTnnn let SQL choose the answer.
ApiError from_sql_error(const db::SqlError& error, bool is_anonymous);

/// Any other failure of the database: PGRST000 (503, no connection), PGRST003 (504, all connections busy).
ApiError from_unavailable(const Unavailable& failure);
/// The statement was cancelled, by its time limit or ours, in PostgreSQL's words (57014, 500).
ApiError timed_out();

}  // namespace platform::restql
