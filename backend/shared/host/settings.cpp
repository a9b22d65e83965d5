#include "shared/host/settings.hpp"

#include "platform/crypto/encoding.hpp"

namespace tt {

void bind(config::Loader& loader, Settings& settings) {
    loader.section("server", settings.server);
    loader.section("database", settings.database);
    loader.section("paths", settings.paths);
    loader.section("keys", settings.keys);
    loader.section("mail", settings.mail);
    loader.section("integration", settings.integration);
    loader.section("limits", settings.limits);
    loader.section("services", settings.services);
    loader.section("service", settings.service);
}

void check(const Settings& settings) {
    const auto& server = settings.server;
    if (server.environment != "development" && server.environment != "production") {
        throw config::ConfigError("server.environment: must be development or production");
    }
    for (const auto& url : {server.site_url, server.academy_url}) {
        const bool is_origin = (url.starts_with("http://") || url.starts_with("https://")) && !url.ends_with('/');
        if (!is_origin)
            throw config::ConfigError("'" + url +
                                      "': an origin looks like https://example.com, without a slash at the end");
    }
    if (settings.service.database != "site" && settings.service.database != "academy") {
        throw config::ConfigError("service.database: must be site or academy");
    }
    if (settings.keys.jwt_secret.reveal().size() < 32)
        throw config::ConfigError("keys.jwt_secret: needs 32 characters or more");
    const auto master = crypto::base64url_decode(settings.keys.master_key.reveal());
    if (!master || master->size() != 32) throw config::ConfigError("keys.master_key: must be 32 bytes as base64url");
}

}  // namespace tt
