#include "platform/crypto/password.hpp"
#include "services/auth-service/src/administrator_link.hpp"
#include "services/auth-service/src/host_config.hpp"
#include "services/auth-service/src/service.hpp"
#include "shared/host/standalone.hpp"

namespace {

int serve(int argc, char** argv) {
    using namespace tt;
    auth::AuthConfig config;
    const auto bind_auth = [&config](config::Loader& loader, const Settings& settings) {
        auth::bind_auth(loader, settings, config);
    };
    Host host(read_standalone_settings(argc, argv, bind_auth));
    const auto& settings = host.settings();
    crypto::PasswordHasher hasher;
    auth::AuthService service(host.site().database("svc_auth"), host.envelope(), hasher, host.mailer(), host.runtime(),
                              host.clock(), std::move(config));
    PrivatePort port(host, "auth", settings.services.auth_url, service.issuer_sources());
    port.add(host.site(), service);
    host.before_serving([&service, &settings] {
        return auth::offer_administrator_link(service, settings.server.site_url,
                                              settings.paths.data / "run" / "admin_link");
    });
    return host.run();
}

}  // namespace

int main(int argc, char** argv) {
    return tt::standalone_main([=] { return serve(argc, argv); });
}
