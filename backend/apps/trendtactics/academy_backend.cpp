#include "apps/trendtactics/academy_backend.hpp"

#include "apps/trendtactics/site_backend.hpp"
#include "services/course-service/src/learner_sync.hpp"
#include "services/course-service/src/pages.hpp"
#include "services/course-service/src/seed/seed_loader.hpp"
#include "services/progress-service/src/host_config.hpp"
#include "shared/host/peer_events.hpp"

namespace tt::composition {

AcademyBackend::AcademyBackend(Host& host, Issuer& issuer, user::ProfileDirectory& profiles)
    : host_(host),
      profiles_(profiles),
      catalogue_(host.academy().database("svc_course"), host.clock()),
      progress_({host.academy().database("svc_progress"), catalogue_, host.files(), host.runtime(), host.clock()},
                progress::progress_config(host)),
      courses_(host.academy().database("svc_course"), catalogue_, progress_, host.media_signer(), host.clock()),
      media_(host.academy().database("svc_course"), host.files(), host.media_signer(), host.clock()),
      importer_(host.runtime(), host.academy().database("svc_course"), host.files().directory(),
                host.settings().paths.data / "imports", host.clock()),
      imports_(importer_),
      rest_(host.academy().database(Side::platform_role), host.academy().url()),
      gateway_(host, gateway::academy_gateway_config(host.settings()), issuer) {}

void AcademyBackend::mount(http::Router& router) {
    courses_.mount(router);
    progress_.mount(router);
    media_.mount(router);
    imports_.mount(router);
}

void AcademyBackend::serve(SiteBackend* site) {
    Side& side = host_.academy();
    for (app::Service* service :
         std::initializer_list<app::Service*>{&courses_, &progress_, &media_, &imports_, &rest_}) {
        host_.add(side, *service);
    }
    mount(gateway_.router());
    rest_.mount(gateway_.router());
    if (site) {
        site->mount_shared(gateway_.router());
    } else {
        for (auto& forwarding : gateway::shared_forwarding(host_.settings().server.site_url)) {
            gateway_.forward(std::move(forwarding));
        }
    }
    receive_peer_events(host_, gateway_.router(), side, "site");
    gateway_.serve_front_end(
        host_.settings().paths.root / "frontend/apps/academy/dist", [this](const http::Request& request) {
            return course::page_meta(courses_, host_.settings().server.academy_url, std::string(request.path()));
        });
    gateway_.finish();
    host_.before_serving([this] {
        return announce_to_peer(host_, host_.academy(), "site", host_.settings().server.site_url, {"course.published"});
    });
    course::schedule_reconciliation(side.scheduler(), catalogue_, profiles_,
                                    std::chrono::seconds(host_.settings().integration.reconcile_s));
}

Task<std::size_t> AcademyBackend::seed(std::filesystem::path folder) {
    const auto reports = co_await course::load_seeds(host_.academy().database("svc_course"), host_.files(),
                                                     std::move(folder), host_.clock().now());
    if (!reports) throw std::runtime_error(reports.error().message);
    co_return reports->size();
}

}  // namespace tt::composition
