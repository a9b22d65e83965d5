#pragma once

#include "services/content-service/src/service.hpp"
#include "shared/host/host.hpp"

namespace tt::content {

/// The service's settings from those of the process that holds it.
inline ContentConfig content_config(const Host& host) {
    const auto& settings = host.settings();
    return {.site_url = settings.server.site_url,
            .academy_url = settings.server.academy_url,
            .link_key = host.derive_key("newsletter-links"),
            .contact_inbox = settings.mail.contact_inbox};
}

}  // namespace tt::content
