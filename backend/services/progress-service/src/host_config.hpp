#pragma once

#include "services/course-service/contract/media_links.hpp"
#include "services/progress-service/src/service.hpp"
#include "shared/host/host.hpp"

namespace tt::progress {

/// The service's settings from those of the process that holds it; `host` outlives the service.
inline ProgressConfig progress_config(Host& host) {
    ProgressConfig config;
    config.certificates.academy_url = host.settings().server.academy_url;
    config.present_html = [&host](std::string html) {
        return course::MediaLinks(host.media_signer(), host.clock().now()).html(html);
    };
    return config;
}

}  // namespace tt::progress
