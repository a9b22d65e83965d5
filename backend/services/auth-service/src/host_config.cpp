#include "services/auth-service/src/host_config.hpp"

#include "services/auth-service/src/limits.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace tt::auth {
namespace {

constexpr std::string_view conformance = "upstream-conformance";

void use_development(AuthConfig& auth) {
    auth.autoconfirm = true;
    auth.anonymous_enabled = true;
    auth.sms_provider = "inbox";
    auth.new_device_mails = false;
    auth.calls_loopback = true;
    auth.mfa.required_roles = {};
    auth.limits = AuthLimits::relaxed(20);
}

// What the suite of auth-js expects of a server (auth.md §4).
void use_conformance(AuthConfig& auth) {
    use_development(auth);
    auth.phone_enabled = true;
    auth.sms_provider = "";
    auth.test_codes = {"1234567890=123456"};
    auth.tells_who_exists = true;
    auth.any_role_names = true;
    auth.password_min = 6;
    auth.refuse_common_passwords = false;
    auth.change_needs_proof = false;
    auth.plain_pkce = true;
    auth.link_page = "never";
    auth.access_token_s = 3600;
    auth.mfa.passkey_is_aal2 = false;
    auth.mfa.totp_future = 1;
    auth.mfa.rp_id = "localhost";
    auth.mfa.rp_origins = {"http://localhost:5173"};
    auth.mail_gap_s = 1;
    auth.sms_gap_s = 1;
    auth.limits = AuthLimits::relaxed(1000);
    auth.failures_per_5min = 1'000'000;
}

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> known) {
    return std::find(known.begin(), known.end(), value) != known.end();
}

/// As the database takes it. Our own ways of signing in have their names, and custom providers theirs ("custom:…").
bool is_provider_name(std::string_view name) {
    constexpr std::size_t name_limit = 64;
    const auto is_fit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    const bool begins_well = !name.empty() && name.front() >= 'a' && name.front() <= 'z';
    return begins_well && name.size() <= name_limit && std::all_of(name.begin(), name.end(), is_fit) &&
           !is_one_of(name, {"email", "phone", "anonymous_users"});
}

void check_auth(const AuthConfig& auth, bool is_production) {
    if (!is_one_of(auth.profile, {"production", "development", conformance})) {
        throw config::ConfigError("auth.profile: must be production, development or upstream-conformance");
    }
    if (is_production && (auth.profile == conformance || !auth.test_codes.empty() || auth.calls_loopback)) {
        throw config::ConfigError("auth: profile upstream-conformance, test_codes and calls_loopback are for tests");
    }
    if (!is_one_of(auth.link_page, {"scanners", "always", "never"})) {
        throw config::ConfigError("auth.link_page: must be scanners, always or never");
    }
    if (!is_one_of(auth.sms_provider, {"", "inbox"})) {
        throw config::ConfigError("auth.sms_provider: must be inbox or empty");
    }
    for (const LimitRule& rule : limit_rules) {
        if (auth.limits.*rule.quota == 0) {
            throw config::ConfigError("auth_limits." + std::string(rule.name) + ": must be at least 1");
        }
    }
    auth.allowed_peers();
    if (const std::string& name = auth.providers.oidc.name; !name.empty() && !is_provider_name(name)) {
        throw config::ConfigError("auth_oidc.name: small letters, digits, _ and -, a letter first: " + name);
    }
    if (auth.audit.retention_days < 30) throw config::ConfigError("auth_audit.retention_days: must be at least 30");
    if (auth.audit.seal_interval_s == 0) throw config::ConfigError("auth_audit.seal_interval_s: must be at least 1");
    if (auth.code_digits < 6 || auth.code_digits > 10) throw config::ConfigError("auth.code_digits: must be 6 to 10");
}

}  // namespace

AllowedPeers AuthConfig::allowed_peers() const {
    AllowedPeers peers = AllowedPeers::public_only();
    if (calls_loopback) peers.add_loopback();
    for (const std::string& text : calls_networks) {
        auto network = parse_network(text);
        if (!network) throw config::ConfigError("auth.calls_networks: not a network such as 10.1.0.0/16: " + text);
        peers.add(std::move(*network));
    }
    return peers;
}

void bind_auth(config::Loader& loader, const Settings& settings, AuthConfig& auth) {
    auth.profile = settings.is_production() ? "production" : "development";
    loader.section("auth", static_cast<AuthProfile&>(auth));
    auth.site_url = settings.server.site_url;
    auth.redirect_origins = {settings.server.academy_url};
    if (auth.profile == "development") use_development(auth);
    if (auth.profile == conformance) use_conformance(auth);
    loader.section("auth", auth);
    loader.section("auth_hooks", auth.hooks);
    loader.section("auth_audit", auth.audit);
    loader.section("auth_oauth", auth.oauth);
    loader.section("auth_google", auth.providers.google);
    loader.section("auth_github", auth.providers.github);
    loader.section("auth_apple", auth.providers.apple);
    loader.section("auth_facebook", auth.providers.facebook);
    loader.section("auth_oidc", auth.providers.oidc);
    loader.section("auth_custom_providers", auth.custom_providers);
    loader.section("auth_linking", auth.linking);
    loader.section("auth_mfa", auth.mfa);
    loader.section("auth_limits", auth.limits);
    check_auth(auth, settings.is_production());
    if (!settings.keys.test_jwks.empty() && auth.profile != conformance) {
        throw config::ConfigError("keys.test_jwks: only with auth.profile upstream-conformance");
    }
}

}  // namespace tt::auth
