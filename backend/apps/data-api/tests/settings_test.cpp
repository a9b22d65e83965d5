#include "apps/data-api/settings.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace data_api {
namespace {

using platform::restql::Options;

Settings read(const Texts& flags) {
    return read_settings(Sources({}, {}, flags), {});
}

std::string refusal(const Texts& flags) {
    try {
        read(flags);
    } catch (const SettingError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Settings, Defaults) {
    const auto settings = read({});
    EXPECT_EQ(settings.host, "127.0.0.1");
    EXPECT_EQ(settings.port, 3000);
    EXPECT_FALSE(settings.admin_port);
    EXPECT_EQ(settings.db_uri, "postgresql://");
    EXPECT_EQ(settings.pool, 10U);
    EXPECT_TRUE(settings.listens && settings.reads_database_settings && settings.has_prepared_statements);
    const auto& options = settings.options;
    EXPECT_EQ(options.schemas, std::vector<std::string>{"public"});
    EXPECT_FALSE(options.anonymous_role || options.max_rows || options.limits.read_ms || options.limits.inserted_rows);
    EXPECT_FALSE(options.requires_filter || options.ndjson || options.query_method || options.etags || options.keyset ||
                 options.batch || options.plan_enabled || options.aggregates_enabled);
    EXPECT_TRUE(options.verbose_errors && options.legacy_target_names);
    EXPECT_EQ(settings.token.role_claim_key, "$.role");
}

TEST(Settings, Listening) {
    const auto told = [](const Texts& flags) {
        const auto settings = read(flags);
        return settings.host + ":" + std::to_string(settings.port) + " " + settings.admin_host;
    };
    EXPECT_EQ(told({{"listen", "0.0.0.0:80"}}), "0.0.0.0:80 127.0.0.1");
    EXPECT_EQ(told({{"server-host", "!4"}, {"server-port", "81"}}), "0.0.0.0:81 0.0.0.0");
    EXPECT_EQ(told({{"server-host", "10.0.0.1"}, {"admin-server-host", "127.0.0.2"}}), "10.0.0.1:3000 127.0.0.2");
    EXPECT_EQ(refusal({{"listen", "here"}}), "listen: needs HOST:PORT");
    EXPECT_EQ(refusal({{"listen", "here:there"}}), "listen: needs HOST:PORT");
    EXPECT_EQ(refusal({{"listen", "here:80x"}}), "listen: needs HOST:PORT");
    EXPECT_EQ(refusal({{"admin-server-port", "3000"}}), "admin-server-port: cannot be the same as server-port");
    EXPECT_EQ(refusal({{"server-port", "70000"}}), "server-port: needs a number, got '70000'");
}

TEST(Settings, BadValues) {
    const std::pair<Texts, const char*> table[] = {
        {{{"db-pool", "many"}}, "db-pool: needs a number, got 'many'"},
        {{{"db-max-rows", "-"}}, "db-max-rows: needs a number, got '-'"},
        {{{"db-max-rows", "7 "}}, "db-max-rows: needs a number, got '7 '"},
        {{{"db-config", "yes"}}, "db-config: needs true or false, got 'yes'"},
        {{{"db-schemas", ""}}, "db-schemas: needs at least one schema"},
        {{{"db-tx-end", "never"}},
         "db-tx-end: needs commit, commit-allow-override, rollback or rollback-allow-override"},
        {{{"openapi-mode", "secret"}}, "openapi-mode: needs follow-privileges, ignore-privileges or disabled"},
        {{{"client-error-verbosity", "loud"}}, "client-error-verbosity: needs verbose or minimal"},
        {{{"log-level", "chatty"}}, "log-level: needs crit, error, warn, info or debug"},
        {{{"jwt-secret", "%%%"}, {"jwt-secret-is-base64", "true"}}, "jwt-secret: is not base64"},
        {{{"jwt-secret", "@/nowhere"}}, "jwt-secret: cannot read the file '/nowhere'"},
        {{{"db-uri", "@/nowhere"}}, "db-uri: cannot read the file '/nowhere'"}};
    for (const auto& [flags, message] : table) EXPECT_EQ(refusal(flags), message);
}

TEST(Settings, TruthInItsSpellings) {
    for (const char* yes : {"true", "TRUE", "1"}) EXPECT_TRUE(read({{"db-plan-enabled", yes}}).options.plan_enabled);
    for (const char* no : {"false", "False", "0"}) EXPECT_FALSE(read({{"db-config", no}}).reads_database_settings);
    EXPECT_TRUE(read({{"db-config", ""}}).reads_database_settings);  // an empty text is no setting
}

TEST(Settings, TransactionEnds) {
    const auto ends = [](const char* text) {
        const auto options = read({{"db-tx-end", text}}).options;
        return std::pair(options.tx_rollback, options.tx_allow_override);
    };
    EXPECT_EQ(ends("commit"), std::pair(false, false));
    EXPECT_EQ(ends("commit-allow-override"), std::pair(false, true));
    EXPECT_EQ(ends("rollback"), std::pair(true, false));
    EXPECT_EQ(ends("rollback-allow-override"), std::pair(true, true));
}

TEST(Settings, OlderNames) {
    const auto settings = read({{"db-schema", "a"},
                                {"max-rows", "7"},
                                {"pre-request", "f"},
                                {"root-spec", "g"},
                                {"role-claim-key", ".r"},
                                {"secret-is-base64", "true"},
                                {"jwt-secret", "c2VjcmV0"}});
    EXPECT_EQ(settings.options.schemas, std::vector<std::string>{"a"});
    EXPECT_EQ(settings.options.max_rows, 7);
    EXPECT_EQ(settings.options.pre_request, "f");
    EXPECT_EQ(settings.options.root_spec, "g");
    EXPECT_EQ(settings.token.role_claim_key, ".r");
    EXPECT_EQ(settings.token.secret, "secret");
}

TEST(Settings, SecretsInFilesAndInBase64) {
    const auto path = std::filesystem::temp_directory_path() / ("tt-secret-" + std::to_string(::getpid()));
    std::ofstream(path) << "line one\nline two\n";
    EXPECT_EQ(read({{"jwt-secret", "@" + path.string()}}).token.secret, "line one\nline two");
    std::filesystem::remove(path);
    EXPECT_EQ(read({{"jwt-secret", "-_8."}, {"jwt-secret-is-base64", "true"}}).token.secret, "\xfb\xff");
}

TEST(Settings, Lists) {
    const auto options =
        read({{"db-schemas", "a, b ,c"}, {"db-extra-search-path", ""}, {"db-hoisted-tx-settings", ""}}).options;
    EXPECT_EQ(options.schemas, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_TRUE(options.extra_search_path.empty());
    EXPECT_TRUE(options.hoisted_settings.empty());
}

TEST(Settings, Limits) {
    const auto options = read({{"limit-body-bytes", "10"},
                               {"limit-embed-depth", "2"},
                               {"limit-list-items", "3"},
                               {"limit-inserted-rows", "4"},
                               {"limit-read-ms", "5"},
                               {"limit-plan-cost", "6"}})
                             .options;
    EXPECT_EQ(options.limits.body_bytes, 10U);
    EXPECT_EQ(options.limits.embed_depth, 2U);
    EXPECT_EQ(options.limits.list_items, 3U);
    EXPECT_EQ(options.limits.inserted_rows, 4);
    EXPECT_EQ(options.limits.anonymous_inserted_rows, 4);
    EXPECT_EQ(options.limits.read_ms, 5);
    EXPECT_EQ(options.limits.plan_cost, 6.0);
}

TEST(Settings, ApplicationSettingsOfTheCommandLineComeLast) {
    const Sources sources({{"app.settings.a", "file"}, {"app.settings.b", "file"}}, {}, {});
    const auto settings = read_settings(sources, {{"a", "flag"}});
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(settings.options.app_settings, (Pairs{{"a", "file"}, {"b", "file"}, {"a", "flag"}}));
}

/// Every setting at a value that is not its default.
const Texts unusual{{"server-host", "127.0.0.9"},
                    {"server-port", "3009"},
                    {"admin-server-host", "127.0.0.8"},
                    {"admin-server-port", "3008"},
                    {"server-cors-allowed-origins", "https://a,https://b"},
                    {"server-trace-header", "X-Trace"},
                    {"server-timing-enabled", "true"},
                    {"db-uri", "postgres://u:p\"w\\$(x)@h/d"},
                    {"db-replica-uri", "postgres://r"},
                    {"db-schemas", "a,b"},
                    {"db-extra-search-path", "c,d"},
                    {"db-anon-role", "visitor"},
                    {"db-max-rows", "5"},
                    {"db-plan-enabled", "true"},
                    {"db-aggregates-enabled", "true"},
                    {"db-pre-request", "a.f"},
                    {"db-root-spec", "a.g"},
                    {"db-hoisted-tx-settings", "x,y"},
                    {"db-tx-end", "rollback-allow-override"},
                    {"db-pool", "3"},
                    {"db-pool-acquisition-timeout", "4"},
                    {"db-prepared-statements", "false"},
                    {"db-config", "false"},
                    {"db-pre-config", "a.h"},
                    {"db-channel", "other"},
                    {"db-channel-enabled", "false"},
                    {"jwt-secret", "YSBzZWNyZXQgb2YgbW9yZSB0aGFuIHRoaXJ0eS10d28gYnl0ZXM="},
                    {"jwt-secret-is-base64", "true"},
                    {"jwt-aud", "shop"},
                    {"jwt-role-claim-key", "$.a['b']"},
                    {"jwt-cache-max-entries", "6"},
                    {"openapi-mode", "disabled"},
                    {"openapi-security-active", "true"},
                    {"openapi-server-proxy-uri", "https://x"},
                    {"url-use-legacy-target-names", "false"},
                    {"client-error-verbosity", "minimal"},
                    {"log-level", "warn"},
                    {"io-threads", "2"},
                    {"require-filter", "true"},
                    {"ndjson-enabled", "true"},
                    {"query-method-enabled", "true"},
                    {"etag-enabled", "true"},
                    {"keyset-enabled", "true"},
                    {"batch-enabled", "true"},
                    {"openapi31-enabled", "true"},
                    {"limit-body-bytes", "10"},
                    {"limit-embed-depth", "2"},
                    {"limit-list-items", "3"},
                    {"limit-inserted-rows", "4"},
                    {"limit-read-ms", "5"},
                    {"limit-plan-cost", "6"}};
const std::vector<std::string_view> older_names{"listen",    "db-schema",      "max-rows",        "pre-request",
                                                "root-spec", "role-claim-key", "secret-is-base64"};

TEST(Dump, ReadsBackAsItWas) {
    const std::string text = dump(read(unusual));
    const auto lines = parse_config_file(text, {});
    EXPECT_EQ(dump(read_settings(Sources(lines, {}, {}), {})), text);
    EXPECT_NE(text, dump(read({})));
    EXPECT_EQ(dump(read_settings(Sources(parse_config_file(dump(read({})), {}), {}, {}), {})), dump(read({})));
}

TEST(Dump, SecretsOfSeveralLines) {
    const std::string secret = "{\n\t\"kty\": \"oct\"}";
    const auto lines = parse_config_file(dump(read({{"jwt-secret", secret}})), {});
    EXPECT_EQ(lines.at("jwt-secret"), secret);
}

TEST(Dump, HoldsEverySetting) {
    const auto lines = parse_config_file(dump(read(unusual)), {});
    for (const auto name : setting_names()) {
        if (std::ranges::find(older_names, name) != older_names.end()) continue;
        ASSERT_TRUE(unusual.contains(std::string(name))) << name;
        ASSERT_TRUE(lines.contains(std::string(name))) << name;
        EXPECT_EQ(lines.at(std::string(name)), unusual.at(std::string(name))) << name;
    }
}

TEST(Names, EveryVariableSetsItsSetting) {
    Texts expected = unusual;
    std::vector<std::string> entries;
    for (const auto& [name, value] : unusual) {
        std::string variable = "PGRST_" + name + "=" + value;
        const auto end = variable.begin() + static_cast<std::ptrdiff_t>(variable.find('='));
        std::transform(variable.begin(), end, variable.begin(), [](char c) {
            return c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        });
        entries.push_back(std::move(variable));
    }
    std::vector<char*> pointers;
    for (auto& entry : entries) pointers.push_back(entry.data());
    pointers.push_back(nullptr);
    EXPECT_EQ(dump(read_settings(Sources({}, read_environment(pointers.data()), {}), {})), dump(read(unusual)));
}

}  // namespace
}  // namespace data_api
