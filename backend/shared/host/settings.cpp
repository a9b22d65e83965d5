#include "shared/host/settings.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/redis/config.hpp"

namespace tt {
namespace {

bool is_origin(const std::string& url) {
    return (url.starts_with("http://") || url.starts_with("https://")) && !url.ends_with('/');
}

}  // namespace

void bind(config::Loader& loader, Settings& settings) {
    loader.section("server", settings.server);
    loader.section("database", settings.database);
    loader.section("paths", settings.paths);
    loader.section("keys", settings.keys);
    loader.section("mail", settings.mail);
    loader.section("integration", settings.integration);
    loader.section("limits", settings.limits);
    loader.section("tracing", settings.tracing);
    loader.section("redis", settings.redis);
    loader.section("services", settings.services);
    loader.section("service", settings.service);
}

void check(const Settings& settings) {
    const auto& server = settings.server;
    if (server.environment != "development" && server.environment != "production") {
        throw config::ConfigError("server.environment: must be development or production");
    }
    for (const auto& url : {server.site_url, server.academy_url}) {
        if (!is_origin(url))
            throw config::ConfigError("'" + url +
                                      "': an origin looks like https://example.com, without a slash at the end");
    }
    const auto& tracing = settings.tracing;
    if (!tracing.otlp_endpoint.empty() && !is_origin(tracing.otlp_endpoint)) {
        throw config::ConfigError(
            "tracing.otlp_endpoint: looks like http://127.0.0.1:4318, without a slash at the end");
    }
    if (!(tracing.sample_ratio >= 0 && tracing.sample_ratio <= 1)) {
        throw config::ConfigError("tracing.sample_ratio: must be from 0 to 1");
    }
    if (const auto& url = settings.redis.url.reveal(); !url.empty()) {
        try {
            redis::config_of_url(url);
        } catch (const std::invalid_argument& error) {
            throw config::ConfigError(std::string("redis.url: ") + error.what());
        }
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
