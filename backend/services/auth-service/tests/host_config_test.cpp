#include "services/auth-service/src/host_config.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

struct Loaded {
    AuthConfig auth{};
    std::string printed{};
};

Loaded load(const std::string& environment, std::vector<std::string> flags) {
    Loaded loaded;
    Settings settings;
    settings.server.environment = environment;
    config::Loader loader({.file = {}, .environment = {}, .flags = std::move(flags)});
    bind_auth(loader, settings, loaded.auth);
    loader.finish();
    loaded.printed = loader.print();
    return loaded;
}

TEST(AuthProfiles, FollowTheEnvironment) {
    const Loaded production = load("production", {});
    EXPECT_EQ(production.auth.profile, "production");
    EXPECT_FALSE(production.auth.autoconfirm);
    EXPECT_FALSE(production.auth.anonymous_enabled);
    EXPECT_FALSE(production.auth.phone_enabled);
    EXPECT_TRUE(production.auth.change_needs_proof);
    EXPECT_TRUE(production.auth.refuse_common_passwords);
    const Loaded development = load("development", {});
    EXPECT_EQ(development.auth.profile, "development");
    EXPECT_TRUE(development.auth.autoconfirm);
    EXPECT_TRUE(development.auth.anonymous_enabled);
    // A laptop's administrator keeps the role without a second factor; nobody's on the internet does.
    EXPECT_EQ(production.auth.mfa.required_roles, std::vector<std::string>{"admin"});
    EXPECT_TRUE(development.auth.mfa.required_roles.empty());
}

TEST(AuthProfiles, OnlySetDefaults) {
    const Loaded strict = load("development", {"--auth.profile=production", "--auth.autoconfirm=true"});
    EXPECT_TRUE(strict.auth.autoconfirm);
    EXPECT_FALSE(strict.auth.anonymous_enabled);
    EXPECT_FALSE(load("production", {"--auth.new_device_mails=false"}).auth.new_device_mails);
    EXPECT_EQ(load("development", {"--auth_mfa.required_roles=support"}).auth.mfa.required_roles,
              std::vector<std::string>{"support"});
    const Loaded upstream = load("development", {"--auth.profile=upstream-conformance", "--auth.password_min=9"});
    EXPECT_EQ(upstream.auth.password_min, 9U);
    EXPECT_EQ(upstream.auth.access_token_s, 3600U);
    EXPECT_EQ(upstream.auth.test_codes, std::vector<std::string>{"1234567890=123456"});
}

TEST(AuthProfiles, ArePrinted) {
    const std::string printed = load("development", {"--auth.profile=upstream-conformance"}).printed;
    EXPECT_NE(printed.find("profile = \"upstream-conformance\""), std::string::npos);
    EXPECT_NE(printed.find("password_min = 6"), std::string::npos);
}

// A name the database refuses would be an error at everybody's first sign-in instead of at the start.
TEST(AuthProfiles, TheNameOfAProviderIsOneThatSignsIn) {
    for (const char* name : {"Acme", "acme id", "1acme", "custom:acme", "email", "-acme"}) {
        EXPECT_THROW(load("production", {std::string("--auth_oidc.name=") + name}), config::ConfigError) << name;
    }
    EXPECT_EQ(load("production", {"--auth_oidc.name=acme-id_2"}).auth.providers.oidc.name, "acme-id_2");
}

TEST(AuthProfiles, ProductionRefusesWhatIsForTests) {
    for (const char* flag : {"--auth.profile=upstream-conformance", "--auth.test_codes=1234567890=123456",
                             "--auth.calls_loopback=true", "--auth.profile=lax", "--auth.link_page=sometimes",
                             "--auth.code_digits=4", "--auth.sms_provider=pigeon", "--auth.calls_networks=10.0.0.0"}) {
        EXPECT_THROW(load("production", {flag}), config::ConfigError) << flag;
    }
}

}  // namespace
}  // namespace tt::auth
