#include "shared/host/standalone.hpp"

#include <boost/url.hpp>

#include <exception>
#include <iostream>

namespace tt {
namespace {

EdgeConfig edge_config(const Host& host, std::string name, const std::string& address) {
    unsigned port = host.settings().service.port;
    if (port == 0) {
        const auto url = boost::urls::parse_uri(address);
        if (!url || !url->has_port()) throw config::ConfigError("'" + address + "': needs http://HOST:PORT");
        port = url->port_number();
    }
    return {.name = std::move(name), .port = port, .has_rate_limits = false};
}

}  // namespace

Settings read_standalone_settings(int argc, char** argv,
                                  const std::function<void(config::Loader&, const Settings&)>& bind_own) {
    config::Loader::Sources sources;
    sources.environment = config::process_environment();
    const std::vector<std::string> words(argv + 1, argv + argc);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] != "--config") {
            sources.flags.push_back(words[i]);
        } else if (++i < words.size()) {
            sources.file = words[i];
        } else {
            throw config::ConfigError("--config needs a value");
        }
    }
    Settings settings;
    config::Loader loader(std::move(sources));
    bind(loader, settings);
    if (bind_own) bind_own(loader, settings);
    loader.finish();
    check(settings);
    if (settings.tracing.service_name == TracingSettings{}.service_name) {
        settings.tracing.service_name = std::filesystem::path(argv[0]).filename();
    }
    settings.mail.inbox_port = 0;  // the site's gateway shows the development inbox
    return settings;
}

int standalone_main(const std::function<int()>& body) {
    try {
        return body();
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

PrivatePort::PrivatePort(Host& host, std::string name, const std::string& address)
    : host_(host),
      issuer_(host, host.settings().services.auth_url, name),
      edge_(host, edge_config(host, std::move(name), address), issuer_) {
    host_.add(edge_);
}

PrivatePort::PrivatePort(Host& host, std::string name, const std::string& address, IssuerSources sources)
    : host_(host),
      issuer_(host, std::move(sources)),
      edge_(host, edge_config(host, std::move(name), address), issuer_) {
    host_.add(edge_);
}

void PrivatePort::add(Side& side, app::Service& service) {
    host_.add(side, service);
    mount(service);
}

}  // namespace tt
