#include "apps/trendtactics/academy_backend.hpp"

#include "apps/trendtactics/site_backend.hpp"
#include "platform/log/log.hpp"
#include "services/course-service/src/learner_sync.hpp"
#include "services/course-service/src/media_links.hpp"
#include "services/course-service/src/pages.hpp"
#include "services/course-service/src/seed/seed_loader.hpp"

namespace tt::composition {
namespace {

constexpr const char* video_host = "https://www.youtube-nocookie.com";

gateway::GatewayConfig gateway_config(const Settings& settings) {
    return {.name = "academy",
            .peer = "site",
            .title = "TrendTactics academy API",
            .port = settings.server.academy_port,
            .own_url = settings.server.academy_url,
            .peer_url = settings.server.site_url,
            .frame_sources = {video_host}};
}

progress::ProgressConfig progress_config(Host& host) {
    progress::ProgressConfig config;
    config.certificates.academy_url = host.settings().server.academy_url;
    config.present_html = [&host](std::string html) {
        return course::MediaLinks(host.media_signer(), host.clock().now()).html(html);
    };
    return config;
}

Task<void> reconcile(course::CourseCatalogue& catalogue, user::ProfileDirectory& profiles) {
    try {
        co_await course::reconcile_learners(catalogue, profiles);
    } catch (const std::exception& error) {
        log::warn("reconciliation_postponed", {{"error.message", error.what()}});
    }
}

}  // namespace

AcademyBackend::AcademyBackend(Host& host, crypto::JwksCache& issuer_keys, user::ProfileDirectory& profiles)
    : host_(host),
      profiles_(profiles),
      catalogue_(host.academy().database("svc_course"), host.clock()),
      progress_({host.academy().database("svc_progress"), catalogue_, host.files(), host.runtime(), host.clock()},
                progress_config(host)),
      courses_(host.academy().database("svc_course"), catalogue_, progress_, host.media_signer(), host.clock()),
      media_(host.academy().database("svc_course"), host.files(), host.media_signer(), host.clock()),
      importer_(host.runtime(), host.academy().database("svc_course"), host.files().directory(),
                host.settings().paths.data / "imports", host.clock()),
      imports_(importer_),
      rest_(host.academy().database(Side::platform_role)),
      gateway_(host, gateway_config(host.settings()), issuer_keys) {}

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
        gateway_.forward({"/auth/v1/{rest...}", "/api/v1/session-handoff", "/api/v1/session-handoff/exchange",
                          "/api/v1/admin/claim", "/api/v1/profile"},
                         host_.settings().server.site_url);
    }
    gateway_.receive_events(side);
    gateway_.serve_front_end(
        host_.settings().paths.root / "frontend/apps/academy/dist", [this](const http::Request& request) {
            return course::page_meta(courses_, host_.settings().server.academy_url, std::string(request.path()));
        });
    gateway_.finish();
    host_.before_serving([this] { return gateway_.announce_to_peer(host_.academy(), {"course.published"}); });
    schedule_reconciliation();
}

void AcademyBackend::schedule_reconciliation() {
    const std::chrono::seconds interval(host_.settings().integration.reconcile_s);
    host_.academy().scheduler().every("academy.reconcile_learners", interval,
                                      [this] { return reconcile(catalogue_, profiles_); });
}

Task<std::size_t> AcademyBackend::seed(std::filesystem::path folder) {
    const auto reports = co_await course::load_seeds(host_.academy().database("svc_course"), host_.files(),
                                                     std::move(folder), host_.clock().now());
    if (!reports) throw std::runtime_error(reports.error().message);
    co_return reports->size();
}

}  // namespace tt::composition
