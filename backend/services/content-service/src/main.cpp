#include "services/content-service/src/host_config.hpp"
#include "services/content-service/src/service.hpp"
#include "shared/host/peer_events.hpp"
#include "shared/host/remote_pages.hpp"
#include "shared/host/standalone.hpp"

namespace {

int serve(int argc, char** argv) {
    using namespace tt;
    Host host(read_standalone_settings(argc, argv));
    content::ContentService service(host.site().database("svc_content"), host.mailer(), host.clock(),
                                    content::content_config(host));
    PrivatePort port(host, "content", host.settings().services.content_url);
    port.add(host.site(), service);
    mount_page_source(port.router(), [&service](std::string path) {
        http::Request page;
        page.target = std::move(path);
        return service.page(page);
    });
    receive_peer_events(host, port.router(), host.site(), "academy");
    return host.run();
}

}  // namespace

int main(int argc, char** argv) {
    return tt::standalone_main([=] { return serve(argc, argv); });
}
