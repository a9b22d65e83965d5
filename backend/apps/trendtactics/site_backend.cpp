#include "apps/trendtactics/site_backend.hpp"

#include "services/auth-service/src/administrator_link.hpp"
#include "services/content-service/src/host_config.hpp"
#include "shared/host/peer_events.hpp"

namespace tt::composition {

SiteBackend::SiteBackend(Host& host, auth::AuthConfig auth_config)
    : host_(host),
      auth_(host.site().database("svc_auth"), host.envelope(), hasher_, host.mailer(), host.runtime(), host.clock(),
            std::move(auth_config)),
      content_(host.site().database("svc_content"), host.mailer(), host.clock(), content::content_config(host)),
      academy_data_(host),
      users_({host.site().database("svc_user"), auth_.account_directory(), host.files(), host.mailer(), host.runtime(),
              host.clock()},
             user::export_config(host), {&content_, &academy_data_.courses(), &academy_data_.progress()}),
      rest_(host.site().database(Side::platform_role), host.site().url()),
      issuer_(host, auth_.issuer_sources()),
      gateway_(host, gateway::site_gateway_config(host.settings()), issuer_) {}

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
    receive_peer_events(host_, gateway_.router(), side, "academy");
    gateway_.serve_front_end(host_.settings().paths.root / "frontend/apps/website/dist",
                             [this](const http::Request& request) { return content_.page(request); }, {"/u/{token}"});
    gateway_.finish();
    host_.before_serving([this] {
        return announce_to_peer(host_, host_.site(), "academy", host_.settings().server.academy_url,
                                user::academy_topics());
    });
    host_.before_serving([this] {
        const auto& settings = host_.settings();
        return auth::offer_administrator_link(auth_, settings.server.site_url,
                                              settings.paths.data / "run" / "admin_link");
    });
}

}  // namespace tt::composition
