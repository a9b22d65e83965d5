#include "services/course-service/src/import/import_service.hpp"
#include "services/course-service/src/internal_api.hpp"
#include "services/course-service/src/learner_sync.hpp"
#include "services/course-service/src/media_service.hpp"
#include "services/course-service/src/pages.hpp"
#include "services/course-service/src/service.hpp"
#include "shared/host/peer_events.hpp"
#include "shared/host/remote_pages.hpp"
#include "shared/host/standalone.hpp"

namespace {

int serve(int argc, char** argv) {
    using namespace tt;
    Host host(read_standalone_settings(argc, argv));
    const auto& settings = host.settings();
    const auto database = host.academy().database("svc_course");
    const auto progress = progress::make_http_progress_client(host.service_client(), settings.services.progress_url);
    const auto profiles = user::make_http_profile_directory(host.service_client(), settings.services.user_url);
    course::CourseCatalogue catalogue(database, host.clock());
    course::CourseService courses(database, catalogue, *progress, host.media_signer(), host.clock());
    course::MediaService media(database, host.files(), host.media_signer(), host.clock());
    course::import::Importer importer(host.runtime(), database, host.files().directory(),
                                      settings.paths.data / "imports", host.clock());
    course::import::ImportService imports(importer);
    course::CourseInternalApi internal_api(catalogue);

    PrivatePort port(host, "course", settings.services.course_url);
    port.add(host.academy(), courses);
    port.add(host.academy(), media);
    port.add(host.academy(), imports);
    port.mount(internal_api);
    mount_page_source(port.router(), [&courses, &settings](std::string path) {
        return course::page_meta(courses, settings.server.academy_url, std::move(path));
    });
    receive_peer_events(host, port.router(), host.academy(), "site");
    host.before_serving([&host] {
        return announce_to_peer(host, host.academy(), "site", host.settings().server.site_url, {"course.published"});
    });
    course::schedule_reconciliation(host.academy().scheduler(), catalogue, *profiles,
                                    std::chrono::seconds(settings.integration.reconcile_s));
    return host.run();
}

}  // namespace

int main(int argc, char** argv) {
    return tt::standalone_main([=] { return serve(argc, argv); });
}
