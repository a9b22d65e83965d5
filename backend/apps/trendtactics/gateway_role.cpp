#include "api-gateway/src/gateway.hpp"
#include "apps/trendtactics/commands.hpp"
#include "shared/host/issuer.hpp"
#include "shared/host/remote_pages.hpp"

namespace tt::composition {

int serve_gateway(const CommandLine& line) {
    const bool is_site = line.role == "site-gateway";
    Settings settings = line.settings;
    if (!is_site) settings.mail.inbox_port = 0;  // the site's gateway shows the development inbox
    Host host(std::move(settings));

    Issuer issuer(host, host.settings().services.auth_url, line.role);
    gateway::Gateway gateway(
        host,
        is_site ? gateway::site_gateway_config(host.settings()) : gateway::academy_gateway_config(host.settings()),
        issuer);
    const auto& services = host.settings().services;
    for (auto& forwarding : is_site ? gateway::site_forwarding(services) : gateway::academy_forwarding(services)) {
        gateway.forward(std::move(forwarding));
    }
    const auto apps = host.settings().paths.root / "frontend/apps";
    if (is_site) {
        gateway.serve_front_end(apps / "website/dist", remote_pages(host, services.content_url), {"/u/{token}"});
    } else {
        gateway.serve_front_end(apps / "academy/dist", remote_pages(host, services.course_url));
    }
    gateway.finish();
    return host.run();
}

}  // namespace tt::composition
