#pragma once

#include "platform/core/task.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace platform::events {

struct WebhookRequest {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::chrono::milliseconds timeout{15000};
};

struct WebhookResponse {
    unsigned status = 0;
    std::optional<int> retry_after_s;
};

/// POSTs one webhook: no redirects, bounded reply. Throws when no answer came. Implemented on http::Client where the
/// process is composed, so that events do not depend on http.
using WebhookTransport = std::function<Task<WebhookResponse>(WebhookRequest)>;

}  // namespace platform::events
