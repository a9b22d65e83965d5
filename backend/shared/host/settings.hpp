#pragma once

#include "platform/config/config.hpp"
#include "shared/middleware/rate_limit.hpp"

#include <boost/describe.hpp>
#include <string>
#include <vector>

/// The settings of a process, one struct per section; defaults run on a laptop. ./tt up writes the file.
namespace tt {

struct ServerSettings {
    std::string environment = "development";            ///< development or production
    std::string address = "127.0.0.1";                  ///< where the gateways and services listen
    std::string site_url = "http://127.0.0.1:8000";     ///< public origin, no slash at the end
    std::string academy_url = "http://127.0.0.1:8001";  ///< public origin, no slash at the end
    unsigned site_port = 8000;
    unsigned academy_port = 8001;
    std::string ops_address = "127.0.0.1";       ///< where ops_port listens; keep it off the internet
    unsigned ops_port = 8002;                    ///< /livez /readyz /metrics
    unsigned io_threads = 0;                     ///< 0: one per core
    std::string log_level = "info";              ///< debug, info, warn, error
    std::vector<std::string> trusted_proxies{};  ///< addresses whose X-Forwarded-* count
    unsigned drain_s = 10;                       ///< how long running requests may take after SIGTERM
};
BOOST_DESCRIBE_STRUCT(ServerSettings, (),
                      (environment, address, site_url, academy_url, site_port, academy_port, ops_address, ops_port,
                       io_threads, log_level, trusted_proxies, drain_s))

struct DatabaseSettings {
    std::string site_url;     ///< postgres:// of the login role tt_site
    std::string academy_url;  ///< postgres:// of the login role tt_academy
    std::size_t connections_per_thread = 8;
    bool is_sharded = false;  ///< the addresses are Citus coordinators (ADR 0007)
};
BOOST_DESCRIBE_STRUCT(DatabaseSettings, (), (site_url, academy_url, connections_per_thread, is_sharded))

struct PathSettings {
    std::filesystem::path data = ".data";  ///< uploads, stored files, received mail
    std::filesystem::path root = ".";      ///< the checkout or installation: database/, frontend/
};
BOOST_DESCRIBE_STRUCT(PathSettings, (), (data, root))

struct KeySettings {
    config::Secret jwt_secret;  ///< signs the anon and service_role API keys (HS256)
    config::Secret master_key;  ///< 32 bytes as base64url; all other keys are derived from it
    /// JWKS of a test suite that signs its own API keys (RS256); only with [auth] profile upstream-conformance.
    std::filesystem::path test_jwks;
};
BOOST_DESCRIBE_STRUCT(KeySettings, (), (jwt_secret, master_key, test_jwks))

struct MailSettings {
    std::string smtp_host = "127.0.0.1";
    unsigned smtp_port = 8004;
    std::string smtp_tls = "off";  ///< off, starttls or implicit
    std::string username;
    config::Secret password;
    std::string from = "hello@trendtactics.example";
    std::string contact_inbox = "team@trendtactics.example";  ///< where contact messages go; empty: nowhere
    unsigned inbox_port = 0;  ///< pages of the development inbox, which then also listens on smtp_port; 0: none
};
BOOST_DESCRIBE_STRUCT(MailSettings, (),
                      (smtp_host, smtp_port, smtp_tls, username, password, from, contact_inbox, inbox_port))

struct IntegrationSettings {
    unsigned reconcile_s = 900;  ///< how often the academy compares its copy of the profiles with the site's
};
BOOST_DESCRIBE_STRUCT(IntegrationSettings, (), (reconcile_s))

struct TracingSettings {
    std::string otlp_endpoint;          ///< http:// of an OpenTelemetry collector (OTLP/HTTP); empty: no tracing
    config::Secret otlp_authorization;  ///< Authorization header for it, "Bearer …"; empty: none
    double sample_ratio = 0.01;         ///< of requests, 0 to 1; failed and slow ones are always exported
    unsigned slow_ms = 1000;            ///< what takes longer is slow
    unsigned queue_spans = 4096;        ///< waiting for the collector; what does not fit is dropped and counted
    std::string service_name = "trendtactics";  ///< a process with one role or service: its name
};
BOOST_DESCRIBE_STRUCT(TracingSettings, (),
                      (otlp_endpoint, otlp_authorization, sample_ratio, slow_ms, queue_spans, service_name))

/// What gateways of several processes share. Without it each counts by itself, and asks every second what was revoked.
struct RedisSettings {
    config::Secret url;     ///< redis://[user[:password]@]host[:port][/database]; empty: none
    unsigned gateways = 2;  ///< which share the quotas; each counts its part while Redis is away
};
BOOST_DESCRIBE_STRUCT(RedisSettings, (), (url, gateways))

/// Where each service is when it runs alone. A service listens on the port of its own address.
struct ServiceAddresses {
    std::string auth_url = "http://127.0.0.1:8010";
    std::string user_url = "http://127.0.0.1:8011";
    std::string content_url = "http://127.0.0.1:8012";
    std::string course_url = "http://127.0.0.1:8013";
    std::string progress_url = "http://127.0.0.1:8014";
    std::string site_rest_url = "http://127.0.0.1:8015";
    std::string academy_rest_url = "http://127.0.0.1:8016";
};
BOOST_DESCRIBE_STRUCT(ServiceAddresses, (),
                      (auth_url, user_url, content_url, course_url, progress_url, site_rest_url, academy_rest_url))

/// What concerns only a process that holds one service.
struct ServiceSettings {
    unsigned port = 0;              ///< 0: the port of its address in [services]
    std::string database = "site";  ///< rest-service: the half whose data it serves, site or academy
};
BOOST_DESCRIBE_STRUCT(ServiceSettings, (), (port, database))

BOOST_DESCRIBE_STRUCT(RateLimits, (),
                      (api_per_minute, telemetry_per_minute, quiz_answer_per_minute, anonymous_per_minute,
                       sensitive_per_minute))

struct Settings {
    ServerSettings server;
    DatabaseSettings database;
    PathSettings paths;
    KeySettings keys;
    MailSettings mail;
    IntegrationSettings integration;
    RateLimits limits;
    TracingSettings tracing;
    RedisSettings redis;
    ServiceAddresses services;
    ServiceSettings service;

    bool is_production() const { return server.environment == "production"; }
};

/// Binds all sections; the caller binds its services' own and then calls loader.finish().
void bind(config::Loader& loader, Settings& settings);
/// Error: config::ConfigError for values that cannot work together.
void check(const Settings& settings);

}  // namespace tt
