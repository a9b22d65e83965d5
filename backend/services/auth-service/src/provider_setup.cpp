#include "services/auth-service/src/provider_setup.hpp"

namespace tt::auth {
namespace {

std::string first_of(const std::string& configured, std::string_view usual) {
    return configured.empty() ? std::string(usual) : configured;
}

}  // namespace

std::string discovery_url_of(std::string issuer) {
    while (issuer.ends_with('/')) issuer.pop_back();
    return issuer + "/.well-known/openid-configuration";
}

ProviderSetup setup_of(const ProviderPreset& preset, const ProviderConfig& config) {
    ProviderSetup setup{.name = std::string(preset.name),
                        .kind = preset.kind,
                        .client_id = config.client_id,
                        .secret = config.secret.reveal(),
                        .more_client_ids = config.more_client_ids,
                        .issuer = first_of(config.issuer, preset.issuer)};
    if (preset.name == "oidc" && !config.name.empty()) setup.name = config.name;
    if (setup.issuer == preset.issuer) setup.other_issuer = preset.other_issuer;
    setup.discovery_url = discovery_url_of(setup.issuer);
    setup.authorization_endpoint = first_of(config.authorization_endpoint, preset.authorization_endpoint);
    setup.token_endpoint = first_of(config.token_endpoint, preset.token_endpoint);
    setup.userinfo_endpoint = first_of(config.userinfo_endpoint, preset.userinfo_endpoint);
    setup.jwks_uri = config.jwks_uri;
    setup.scopes = first_of(config.scopes, preset.scopes);
    setup.posts_callback = preset.posts_callback;
    return setup;
}

}  // namespace tt::auth
