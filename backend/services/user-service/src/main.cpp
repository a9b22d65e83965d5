#include "services/user-service/src/service.hpp"
#include "shared/host/peer_events.hpp"
#include "shared/host/standalone.hpp"

namespace {

int serve(int argc, char** argv) {
    using namespace tt;
    Host host(read_standalone_settings(argc, argv));
    user::UserService service(host.site().database("svc_user"));
    PrivatePort port(host, "user", host.settings().services.user_url);
    port.add(host.site(), service);
    host.before_serving([&host] {
        return announce_to_peer(host, host.site(), "academy", host.settings().server.academy_url, {"profile.updated"});
    });
    return host.run();
}

}  // namespace

int main(int argc, char** argv) {
    return tt::standalone_main([=] { return serve(argc, argv); });
}
