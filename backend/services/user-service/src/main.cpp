#include "services/content-service/contract/personal_data.hpp"
#include "services/user-service/src/host_config.hpp"
#include "services/user-service/src/service.hpp"
#include "shared/host/peer_events.hpp"
#include "shared/host/standalone.hpp"

namespace {

int serve(int argc, char** argv) {
    using namespace tt;
    Host host(read_standalone_settings(argc, argv));
    const auto& settings = host.settings();
    const auto accounts = auth::make_http_account_directory(host.service_client(), settings.services.auth_url);
    const auto content = make_http_personal_data(host.service_client(), settings.services.content_url, "content",
                                                 content::personal_data_parts());
    user::AcademyData academy(host);
    user::UserService service(
        {host.site().database("svc_user"), *accounts, host.files(), host.mailer(), host.runtime(), host.clock()},
        user::export_config(host), {content.get(), &academy.courses(), &academy.progress()});
    PrivatePort port(host, "user", settings.services.user_url);
    port.add(host.site(), service);
    host.before_serving([&host] {
        return announce_to_peer(host, host.site(), "academy", host.settings().server.academy_url,
                                user::academy_topics());
    });
    return host.run();
}

}  // namespace

int main(int argc, char** argv) {
    return tt::standalone_main([=] { return serve(argc, argv); });
}
