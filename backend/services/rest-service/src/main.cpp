#include "services/rest-service/src/service.hpp"
#include "shared/host/standalone.hpp"

namespace {

int serve(int argc, char** argv) {
    using namespace tt;
    Host host(read_standalone_settings(argc, argv));
    const auto& settings = host.settings();
    const bool is_site = settings.service.database == "site";
    Side& side = is_site ? host.site() : host.academy();
    rest::RestService service(side.database(Side::platform_role), side.url());
    PrivatePort port(host, side.name() + "-rest",
                     is_site ? settings.services.site_rest_url : settings.services.academy_rest_url);
    port.add(side, service);
    return host.run();
}

}  // namespace

int main(int argc, char** argv) {
    return tt::standalone_main([=] { return serve(argc, argv); });
}
