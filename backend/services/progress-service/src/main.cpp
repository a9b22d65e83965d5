#include "services/progress-service/src/host_config.hpp"
#include "services/progress-service/src/internal_api.hpp"
#include "services/progress-service/src/service.hpp"
#include "shared/host/standalone.hpp"

namespace {

int serve(int argc, char** argv) {
    using namespace tt;
    Host host(read_standalone_settings(argc, argv));
    const auto& addresses = host.settings().services;
    const auto courses = course::make_http_course_client(host.service_client(), addresses.course_url);
    progress::ProgressService service(
        {host.academy().database("svc_progress"), *courses, host.files(), host.runtime(), host.clock()},
        progress::progress_config(host));
    progress::ProgressInternalApi internal_api(service);

    PrivatePort port(host, "progress", addresses.progress_url);
    port.add(host.academy(), service);
    port.mount(internal_api);
    return host.run();
}

}  // namespace

int main(int argc, char** argv) {
    return tt::standalone_main([=] { return serve(argc, argv); });
}
