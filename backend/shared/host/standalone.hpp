#pragma once

#include "shared/host/edge.hpp"
#include "shared/host/issuer.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// What every executable that holds one service is made of.
namespace tt {

/// `NAME-service [--config FILE] [--section.key=value...]`. `bind_own` declares the service's own sections once the
/// common ones are known. Throws config::ConfigError with a sentence for the person at the keyboard.
Settings read_standalone_settings(int argc, char** argv,
                                  const std::function<void(config::Loader&, const Settings&)>& bind_own = {});

/// Runs `body` as the whole of a main(): what it throws is printed and becomes the exit status 1.
int standalone_main(const std::function<int()>& body);

/// The port of a service that stands alone, reached by gateways and other services. Whoever connects directly is
/// `server.trusted_proxies`' matter: name the gateways there, so that callers keep their addresses.
class PrivatePort {
public:
    /// `address` is the service's own in [services]. The issuer is asked over HTTP. Who has signed out is the gateways'
    /// matter: what arrives here has passed one.
    PrivatePort(Host& host, std::string name, const std::string& address);
    /// The same for the process that is the issuer.
    PrivatePort(Host& host, std::string name, const std::string& address, IssuerSources sources);

    http::Router& router() { return edge_.router(); }
    /// Mounts the service; its events, jobs and schedules run in this process.
    void add(Side& side, app::Service& service);
    /// Mounts routes only: APIs between services.
    void mount(app::Service& service) { service.mount(router()); }

private:
    Host& host_;
    Issuer issuer_;
    Edge edge_;
};

}  // namespace tt
