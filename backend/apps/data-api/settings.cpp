#include "apps/data-api/settings.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/encoding.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

namespace data_api {
namespace {

using platform::restql::Options;

[[noreturn]] void bad(std::string_view name, std::string_view why) {
    throw SettingError(std::string(name) + ": " + std::string(why));
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        items.emplace_back(platform::trimmed(text.substr(0, comma), " "));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return items;
}

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ",") + item;
    return text;
}

/// Reads typed values out of the sources; an empty text counts as not set.
class Reader {
public:
    explicit Reader(const Sources& sources) : sources_(sources) {}

    std::optional<std::string> text(std::string_view name, std::string_view older = {}) const {
        auto found = sources_.find(name, older);
        return found && found->empty() ? std::nullopt : found;
    }
    template <class Number>
    std::optional<Number> number(std::string_view name, std::string_view older = {}) const {
        const auto found = text(name, older);
        if (!found) return std::nullopt;
        Number value{};
        const auto end = std::from_chars(found->data(), found->data() + found->size(), value);
        if (end.ec != std::errc{} || end.ptr != found->data() + found->size())
            bad(name, "needs a number, got '" + *found + "'");
        return value;
    }
    bool flag(std::string_view name, bool fallback, std::string_view older = {}) const {
        auto found = text(name, older);
        if (!found) return fallback;
        std::transform(found->begin(), found->end(), found->begin(), [](unsigned char c) { return std::tolower(c); });
        if (*found == "true" || *found == "1") return true;
        if (*found == "false" || *found == "0") return false;
        bad(name, "needs true or false, got '" + *found + "'");
    }
    /// An empty list may be meant.
    std::optional<std::vector<std::string>> list(std::string_view name, std::string_view older = {}) const {
        const auto found = sources_.find(name, older);
        return found ? std::optional(split(*found)) : std::nullopt;
    }

private:
    const Sources& sources_;
};

/// "@file" reads the file, without its last line break.
std::string file_or_text(std::string_view name, std::string text) {
    if (!text.starts_with('@')) return text;
    std::ifstream file(text.substr(1), std::ios::binary);
    if (!file) bad(name, "cannot read the file '" + text.substr(1) + "'");
    std::ostringstream content;
    content << file.rdbuf();
    text = content.str();
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

void read_tx_end(const Reader& read, Options& options) {
    const auto end = read.text("db-tx-end").value_or("commit");
    if (end != "commit" && end != "commit-allow-override" && end != "rollback" && end != "rollback-allow-override") {
        bad("db-tx-end", "needs commit, commit-allow-override, rollback or rollback-allow-override");
    }
    options.tx_rollback = end.starts_with("rollback");
    options.tx_allow_override = end.ends_with("-allow-override");
}

void read_openapi(const Reader& read, Options& options) {
    const auto mode = read.text("openapi-mode").value_or("follow-privileges");
    if (mode == "follow-privileges") {
        options.openapi = Options::OpenApi::follow_privileges;
    } else if (mode == "ignore-privileges") {
        options.openapi = Options::OpenApi::ignore_privileges;
    } else if (mode == "disabled") {
        options.openapi = Options::OpenApi::disabled;
    } else {
        bad("openapi-mode", "needs follow-privileges, ignore-privileges or disabled");
    }
    options.openapi_security = read.flag("openapi-security-active", false);
    options.openapi_server_url = read.text("openapi-server-proxy-uri");
    options.openapi31 = read.flag("openapi31-enabled", false);
}

void read_limits(const Reader& read, Options::Limits& limits) {
    limits.body_bytes = read.number<std::size_t>("limit-body-bytes").value_or(limits.body_bytes);
    limits.embed_depth = read.number<std::size_t>("limit-embed-depth").value_or(limits.embed_depth);
    limits.list_items = read.number<std::size_t>("limit-list-items").value_or(limits.list_items);
    limits.inserted_rows = read.number<std::int64_t>("limit-inserted-rows");
    limits.anonymous_inserted_rows = limits.inserted_rows;
    limits.read_ms = read.number<std::int64_t>("limit-read-ms");
    if (const auto cost = read.number<std::int64_t>("limit-plan-cost")) limits.plan_cost = static_cast<double>(*cost);
}

void read_options(const Reader& read, Options& options) {
    options.schemas = read.list("db-schemas", "db-schema").value_or(options.schemas);
    if (options.schemas.empty()) bad("db-schemas", "needs at least one schema");
    options.extra_search_path = read.list("db-extra-search-path").value_or(options.extra_search_path);
    options.anonymous_role = read.text("db-anon-role");
    options.max_rows = read.number<std::int64_t>("db-max-rows", "max-rows");
    options.plan_enabled = read.flag("db-plan-enabled", false);
    options.aggregates_enabled = read.flag("db-aggregates-enabled", false);
    options.pre_request = read.text("db-pre-request", "pre-request");
    options.root_spec = read.text("db-root-spec", "root-spec");
    options.hoisted_settings = read.list("db-hoisted-tx-settings").value_or(options.hoisted_settings);
    options.legacy_target_names = read.flag("url-use-legacy-target-names", true);
    options.timing_enabled = read.flag("server-timing-enabled", false);
    const auto verbosity = read.text("client-error-verbosity").value_or("verbose");
    if (verbosity != "verbose" && verbosity != "minimal") bad("client-error-verbosity", "needs verbose or minimal");
    options.verbose_errors = verbosity == "verbose";
    options.requires_filter = read.flag("require-filter", false);
    options.ndjson = read.flag("ndjson-enabled", false);
    options.query_method = read.flag("query-method-enabled", false);
    options.etags = read.flag("etag-enabled", false);
    options.keyset = read.flag("keyset-enabled", false);
    options.batch = read.flag("batch-enabled", false);
    read_tx_end(read, options);
    read_openapi(read, options);
    read_limits(read, options.limits);
}

/// base64 or base64url, as the original takes it.
std::string decoded_secret(std::string text) {
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    std::replace(text.begin(), text.end(), '.', '=');
    auto bytes = platform::crypto::base64_decode(platform::trimmed(text, " "));
    if (!bytes) bad("jwt-secret", "is not base64");
    return *bytes;
}

void read_token(const Reader& read, Settings& settings) {
    auto& token = settings.token;
    token.secret = file_or_text("jwt-secret", read.text("jwt-secret").value_or(""));
    settings.secret_is_base64 = read.flag("jwt-secret-is-base64", false, "secret-is-base64");
    if (settings.secret_is_base64 && !token.secret.empty()) token.secret = decoded_secret(token.secret);
    token.audience = read.text("jwt-aud");
    token.role_claim_key = read.text("jwt-role-claim-key", "role-claim-key").value_or(token.role_claim_key);
    token.cache_entries = read.number<std::size_t>("jwt-cache-max-entries").value_or(token.cache_entries);
    token.anonymous_role = settings.options.anonymous_role;
}

std::string read_log_level(const Reader& read) {
    const auto level = read.text("log-level").value_or("error");
    for (const std::string_view known : {"crit", "error", "warn", "info", "debug"}) {
        if (level == known) return level;
    }
    bad("log-level", "needs crit, error, warn, info or debug");
}

void read_listen(const Reader& read, Settings& settings) {
    // The original listens on every address; we do so only when told.
    const auto host = read.text("server-host").value_or(settings.host);
    settings.host = host == "!4" || host == "*" || host == "*4" ? "0.0.0.0" : host;
    settings.port = read.number<std::uint16_t>("server-port").value_or(settings.port);
    settings.admin_host = read.text("admin-server-host").value_or(settings.host);
    settings.admin_port = read.number<std::uint16_t>("admin-server-port");
    if (const auto listen = read.text("listen")) {
        const auto colon = listen->rfind(':');
        if (colon == std::string::npos) bad("listen", "needs HOST:PORT");
        settings.host = listen->substr(0, colon);
        const auto end = std::from_chars(listen->data() + colon + 1, listen->data() + listen->size(), settings.port);
        if (end.ec != std::errc{} || *end.ptr != '\0') bad("listen", "needs HOST:PORT");
    }
    if (settings.admin_port == settings.port) bad("admin-server-port", "cannot be the same as server-port");
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '$') out += '$';
        if (c == '\n' || c == '\t') {
            out += c == '\n' ? "\\n" : "\\t";
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string truth(bool value) {
    return value ? "true" : "false";
}

template <class Number>
std::string number_text(const std::optional<Number>& value) {
    return value ? std::to_string(*value) : "\"\"";
}

/// Those beyond the original.
void add_own_settings(Texts& lines, const Settings& settings) {
    const auto& options = settings.options;
    const auto& limits = options.limits;
    lines.insert({{"batch-enabled", truth(options.batch)},
                  {"etag-enabled", truth(options.etags)},
                  {"io-threads", std::to_string(settings.io_threads)},
                  {"keyset-enabled", truth(options.keyset)},
                  {"openapi31-enabled", truth(options.openapi31)},
                  {"limit-body-bytes", std::to_string(limits.body_bytes)},
                  {"limit-embed-depth", std::to_string(limits.embed_depth)},
                  {"limit-inserted-rows", number_text(limits.inserted_rows)},
                  {"limit-list-items", std::to_string(limits.list_items)},
                  {"limit-plan-cost", limits.plan_cost ? std::to_string(std::llround(*limits.plan_cost)) : "\"\""},
                  {"limit-read-ms", number_text(limits.read_ms)},
                  {"ndjson-enabled", truth(options.ndjson)},
                  {"query-method-enabled", truth(options.query_method)},
                  {"require-filter", truth(options.requires_filter)}});
}

std::string openapi_text(Options::OpenApi mode) {
    if (mode == Options::OpenApi::disabled) return "disabled";
    return mode == Options::OpenApi::ignore_privileges ? "ignore-privileges" : "follow-privileges";
}

}  // namespace

const std::vector<std::string_view>& setting_names() {
    static const std::vector<std::string_view> names{"listen",
                                                     "server-host",
                                                     "server-port",
                                                     "admin-server-host",
                                                     "admin-server-port",
                                                     "server-cors-allowed-origins",
                                                     "server-trace-header",
                                                     "server-timing-enabled",
                                                     "db-uri",
                                                     "db-schemas",
                                                     "db-schema",
                                                     "db-extra-search-path",
                                                     "db-anon-role",
                                                     "db-max-rows",
                                                     "max-rows",
                                                     "db-plan-enabled",
                                                     "db-aggregates-enabled",
                                                     "db-pre-request",
                                                     "pre-request",
                                                     "db-root-spec",
                                                     "root-spec",
                                                     "db-hoisted-tx-settings",
                                                     "db-tx-end",
                                                     "db-pool",
                                                     "db-pool-acquisition-timeout",
                                                     "db-prepared-statements",
                                                     "db-config",
                                                     "db-pre-config",
                                                     "db-channel",
                                                     "db-channel-enabled",
                                                     "jwt-secret",
                                                     "jwt-secret-is-base64",
                                                     "secret-is-base64",
                                                     "jwt-aud",
                                                     "jwt-role-claim-key",
                                                     "role-claim-key",
                                                     "jwt-cache-max-entries",
                                                     "openapi-mode",
                                                     "openapi-security-active",
                                                     "openapi-server-proxy-uri",
                                                     "url-use-legacy-target-names",
                                                     "client-error-verbosity",
                                                     "log-level",
                                                     "io-threads",
                                                     "require-filter",
                                                     "ndjson-enabled",
                                                     "query-method-enabled",
                                                     "etag-enabled",
                                                     "openapi31-enabled",
                                                     "keyset-enabled",
                                                     "db-replica-uri",
                                                     "batch-enabled",
                                                     "limit-body-bytes",
                                                     "limit-embed-depth",
                                                     "limit-list-items",
                                                     "limit-inserted-rows",
                                                     "limit-read-ms",
                                                     "limit-plan-cost"};
    return names;
}

Settings read_settings(const Sources& sources, const std::vector<std::pair<std::string, std::string>>& app_settings) {
    Settings settings;
    const Reader read(sources);
    read_listen(read, settings);
    read_options(read, settings.options);
    read_token(read, settings);
    settings.io_threads = read.number<unsigned>("io-threads").value_or(0);
    settings.db_uri = file_or_text("db-uri", read.text("db-uri").value_or(settings.db_uri));
    settings.replica_uri = read.text("db-replica-uri");
    settings.pool = std::max<std::size_t>(read.number<std::size_t>("db-pool").value_or(settings.pool), 1);
    settings.pool_acquisition_timeout_s =
        read.number<std::int64_t>("db-pool-acquisition-timeout").value_or(settings.pool_acquisition_timeout_s);
    settings.has_prepared_statements = read.flag("db-prepared-statements", true);
    settings.reads_database_settings = read.flag("db-config", true);
    settings.pre_config = read.text("db-pre-config");
    settings.channel = read.text("db-channel").value_or(settings.channel);
    settings.listens = read.flag("db-channel-enabled", true);
    settings.cors_origins = read.list("server-cors-allowed-origins").value_or(settings.cors_origins);
    settings.trace_header = read.text("server-trace-header");
    settings.log_level = read_log_level(read);
    for (const auto& [name, value] : sources.app_settings()) settings.options.app_settings.emplace_back(name, value);
    for (const auto& [name, value] : app_settings) settings.options.app_settings.emplace_back(name, value);
    return settings;
}

std::string dump(const Settings& settings) {
    const auto& options = settings.options;
    const std::string tx_end =
        std::string(options.tx_rollback ? "rollback" : "commit") + (options.tx_allow_override ? "-allow-override" : "");
    Texts lines{{"admin-server-host", quoted(settings.admin_host)},
                {"admin-server-port", number_text(settings.admin_port)},
                {"client-error-verbosity", quoted(options.verbose_errors ? "verbose" : "minimal")},
                {"db-aggregates-enabled", truth(options.aggregates_enabled)},
                {"db-anon-role", quoted(options.anonymous_role.value_or(""))},
                {"db-channel", quoted(settings.channel)},
                {"db-channel-enabled", truth(settings.listens)},
                {"db-config", truth(settings.reads_database_settings)},
                {"db-extra-search-path", quoted(joined(options.extra_search_path))},
                {"db-hoisted-tx-settings", quoted(joined(options.hoisted_settings))},
                {"db-max-rows", number_text(options.max_rows)},
                {"db-plan-enabled", truth(options.plan_enabled)},
                {"db-pool", std::to_string(settings.pool)},
                {"db-pool-acquisition-timeout", std::to_string(settings.pool_acquisition_timeout_s)},
                {"db-pre-config", quoted(settings.pre_config.value_or(""))},
                {"db-pre-request", quoted(options.pre_request.value_or(""))},
                {"db-prepared-statements", truth(settings.has_prepared_statements)},
                {"db-replica-uri", quoted(settings.replica_uri.value_or(""))},
                {"db-root-spec", quoted(options.root_spec.value_or(""))},
                {"db-schemas", quoted(joined(options.schemas))},
                {"db-tx-end", quoted(tx_end)},
                {"db-uri", quoted(settings.db_uri)},
                {"jwt-aud", quoted(settings.token.audience.value_or(""))},
                {"jwt-cache-max-entries", std::to_string(settings.token.cache_entries)},
                {"jwt-role-claim-key", quoted(settings.token.role_claim_key)},
                {"jwt-secret", quoted(settings.secret_is_base64 ? platform::crypto::base64_encode(settings.token.secret)
                                                                : settings.token.secret)},
                {"jwt-secret-is-base64", truth(settings.secret_is_base64)},
                {"log-level", quoted(settings.log_level)},
                {"openapi-mode", quoted(openapi_text(options.openapi))},
                {"openapi-security-active", truth(options.openapi_security)},
                {"openapi-server-proxy-uri", quoted(options.openapi_server_url.value_or(""))},
                {"server-cors-allowed-origins", quoted(joined(settings.cors_origins))},
                {"server-host", quoted(settings.host)},
                {"server-port", std::to_string(settings.port)},
                {"server-timing-enabled", truth(options.timing_enabled)},
                {"server-trace-header", quoted(settings.trace_header.value_or(""))},
                {"url-use-legacy-target-names", truth(options.legacy_target_names)}};
    add_own_settings(lines, settings);
    for (const auto& [name, value] : options.app_settings) lines["app.settings." + name] = quoted(value);
    std::string text;
    for (const auto& [name, value] : lines) text += name + " = " + value + "\n";
    return text;
}

}  // namespace data_api
