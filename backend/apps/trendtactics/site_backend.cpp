#include "apps/trendtactics/site_backend.hpp"

#include "platform/log/log.hpp"

#include <fstream>

namespace tt::composition {
namespace {

content::ContentConfig content_config(const Host& host) {
    const auto& settings = host.settings();
    return {.site_url = settings.server.site_url,
            .academy_url = settings.server.academy_url,
            .link_key = host.derive_key("newsletter-links"),
            .contact_inbox = settings.mail.contact_inbox};
}

gateway::GatewayConfig gateway_config(const Settings& settings) {
    return {.name = "site",
            .peer = "academy",
            .title = "TrendTactics site API",
            .port = settings.server.site_port,
            .own_url = settings.server.site_url,
            .peer_url = settings.server.academy_url};
}

}  // namespace

SiteBackend::SiteBackend(Host& host, auth::AuthConfig auth_config)
    : host_(host),
      auth_(host.site().database("svc_auth"), host.envelope(), hasher_, host.mailer(), host.clock(),
            std::move(auth_config)),
      users_(host.site().database("svc_user")),
      content_(host.site().database("svc_content"), host.mailer(), host.clock(), content_config(host)),
      rest_(host.site().database(Side::platform_role)),
      issuer_keys_(auth_.jwks_source(), {}, host.clock()),
      gateway_(host, gateway_config(host.settings()), issuer_keys_) {}

void SiteBackend::mount_shared(http::Router& router) {
    auth_.mount(router);
    users_.mount(router);
}

void SiteBackend::mount(http::Router& router) {
    mount_shared(router);
    content_.mount(router);
}

void SiteBackend::serve() {
    Side& side = host_.site();
    for (app::Service* service : std::initializer_list<app::Service*>{&auth_, &users_, &content_, &rest_}) {
        host_.add(side, *service);
    }
    mount(gateway_.router());
    rest_.mount(gateway_.router());
    gateway_.receive_events(side);
    gateway_.serve_front_end(host_.settings().paths.root / "frontend/apps/website/dist",
                             [this](const http::Request& request) { return content_.page(request); }, {"/u/{token}"});
    gateway_.finish();
    host_.before_serving([this] { return gateway_.announce_to_peer(host_.site(), {"profile.updated"}); });
    host_.before_serving([this] { return offer_administrator_link(); });
}

Task<void> SiteBackend::offer_administrator_link() {
    const auto file = host_.settings().paths.data / "run" / "admin_link";
    std::filesystem::remove(file);
    if (co_await auth_.has_administrator()) co_return;
    const auto token = co_await auth_.create_admin_claim();
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << host_.settings().server.site_url << "/admin/claim?token=" << token << '\n';
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    log::info("administrator_link_written");
}

}  // namespace tt::composition
