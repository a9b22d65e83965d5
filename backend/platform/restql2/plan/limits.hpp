#pragma once

#include "platform/restql2/error.hpp"

#include <string>

namespace platform::restql {

/// A request that asks for more than Options::Limits allows (54000 is PostgreSQL's program_limit_exceeded).
inline ApiError limit_exceeded(std::string message, std::string details) {
    return {.status = 400, .code = "54000", .message = std::move(message), .details = std::move(details)};
}

}  // namespace platform::restql
