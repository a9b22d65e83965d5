#pragma once

#include "platform/http/client.hpp"

#include <optional>

namespace tt {

/// The seconds of a Retry-After field; nothing for a date, and for what is none.
std::optional<int> retry_after_of(const platform::http::ClientResponse& response);

}  // namespace tt
