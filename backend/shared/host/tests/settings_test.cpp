#include "shared/host/settings.hpp"

#include <gtest/gtest.h>

namespace tt {
namespace {

Settings load(config::Environment environment, std::vector<std::string> flags = {}) {
    environment.emplace("TT_KEYS_JWT_SECRET", "a secret of thirty-two characters");
    environment.emplace("TT_KEYS_MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    config::Loader loader({.environment = std::move(environment), .flags = std::move(flags)});
    Settings settings;
    bind(loader, settings);
    loader.finish();
    check(settings);
    return settings;
}

TEST(Settings, DefaultsRunOnALaptop) {
    const auto settings = load({});
    EXPECT_FALSE(settings.is_production());
    EXPECT_EQ(settings.server.address, "127.0.0.1");
    EXPECT_EQ(settings.limits.api_per_minute, 100U);
}

TEST(Settings, TracingIsOffUntilACollectorIsNamed) {
    EXPECT_TRUE(load({}).tracing.otlp_endpoint.empty());
    const auto tracing = load({{"TT_TRACING_OTLP_ENDPOINT", "http://127.0.0.1:4318"}}).tracing;
    EXPECT_EQ(tracing.otlp_endpoint, "http://127.0.0.1:4318");
    EXPECT_EQ(tracing.sample_ratio, 0.01);
}

TEST(Settings, FlagsBeatTheEnvironment) {
    const auto settings =
        load({{"TT_SERVER_SITE_PORT", "9000"}, {"TT_SERVER_ACADEMY_PORT", "9001"}}, {"--server.site_port=9100"});
    EXPECT_EQ(settings.server.site_port, 9100U);
    EXPECT_EQ(settings.server.academy_port, 9001U);
}

TEST(Settings, WhatCannotWorkStopsTheStart) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"TT_SERVER_ENVIRONMENT", "staging"},
        {"TT_SERVER_SITE_URL", "https://site.test/"},
        {"TT_SERVER_SITE_URL", "site.test"},
        {"TT_SERVER_ACADEMY_URL", "ftp://academy.test"},
        {"TT_TRACING_OTLP_ENDPOINT", "collector:4318"},
        {"TT_TRACING_OTLP_ENDPOINT", "http://collector/"},
        {"TT_TRACING_SAMPLE_RATIO", "1.5"},
        {"TT_TRACING_SAMPLE_RATIO", "nan"},
        {"TT_SERVER_SITE_PORT", "many"},
        {"TT_KEYS_JWT_SECRET", "short"},
        {"TT_KEYS_MASTER_KEY", "AAAA"},
        {"TT_KEYS_MASTER_KEY", "no base64url! no base64url! no base64url!!!"},
    };
    for (const auto& [name, value] : cases) {
        EXPECT_THROW(load({{name, value}}), config::ConfigError) << name << "=" << value;
    }
    EXPECT_THROW(load({}, {"--server.nonsense=1"}), config::ConfigError);
}

TEST(Settings, PrintedSettingsHaveNoSecret) {
    config::Loader loader({.environment = {{"TT_KEYS_JWT_SECRET", "hunter2hunter2"},
                                           {"TT_MAIL_PASSWORD", "hunter2"},
                                           {"TT_TRACING_OTLP_AUTHORIZATION", "Bearer hunter2"}}});
    Settings settings;
    bind(loader, settings);
    EXPECT_EQ(loader.print().find("hunter2"), std::string::npos);
}

}  // namespace
}  // namespace tt
