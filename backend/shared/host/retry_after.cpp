#include "shared/host/retry_after.hpp"

namespace tt {

std::optional<int> retry_after_of(const platform::http::ClientResponse& response) {
    const auto header = response.headers.find("retry-after");
    if (!header || header->empty() || header->size() > 6) return std::nullopt;
    int seconds = 0;
    for (const char c : *header) {
        if (c < '0' || c > '9') return std::nullopt;
        seconds = seconds * 10 + (c - '0');
    }
    return seconds;
}

}  // namespace tt
