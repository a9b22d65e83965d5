#include "apps/data-api/server.hpp"

#include "apps/data-api/cors.hpp"
#include "apps/data-api/database_settings_sql.hpp"
#include "apps/data-api/ready_answer.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

#include <boost/asio/signal_set.hpp>

#include <algorithm>
#include <csignal>
#include <thread>

namespace data_api {
namespace {

using platform::Task;
namespace asio = boost::asio;
namespace db = platform::db;
namespace http = platform::http;
namespace log = platform::log;
namespace restql = platform::restql;

constexpr std::chrono::seconds drain_time{10};

unsigned io_threads_of(const Settings& settings) {
    if (settings.io_threads > 0) return settings.io_threads;
    const auto cores = std::max(1U, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::min<std::size_t>(cores, settings.pool));
}

db::PoolConfig pool_config(const Settings& settings, const std::string& uri, std::string name) {
    db::PoolConfig config;
    config.conninfo = uri;
    config.name = std::move(name);
    config.fixes_formats = false;
    config.connections_per_thread = std::max<std::size_t>(settings.pool / io_threads_of(settings), 1);
    config.acquire_timeout = std::chrono::seconds(settings.pool_acquisition_timeout_s);
    config.connect_timeout = std::chrono::seconds(10);
    config.query_timeout = std::chrono::milliseconds(0);  // the database's own limits count
    if (!settings.has_prepared_statements) config.statement_cache_size = 0;
    return config;
}

void log_exchange(const http::Exchange& exchange) {
    if (!log::is_enabled(log::Level::info)) return;
    const auto& request = exchange.request;
    log::info("request_served", {{"http.request.id", request.request_id},
                                 {"http.request.method", request.method_text},
                                 {"url.path", request.path()},
                                 {"http.response.status_code", exchange.status},
                                 {"http.response.bytes", exchange.response_bytes},
                                 {"event.duration", exchange.duration.count()}});
}

http::ServerConfig server_config(const std::string& host, std::uint16_t port) {
    http::ServerConfig config;
    config.address = host;
    config.port = port;
    config.limits.request_time = std::chrono::hours(1);
    config.observer = log_exchange;
    return config;
}

log::Level log_level_of(const std::string& name) {
    if (name == "debug") return log::Level::debug;
    if (name == "info") return log::Level::info;
    if (name == "warn") return log::Level::warn;
    return log::Level::error;
}

/// What the server refuses before the API sees it, in the API's shape.
http::Response refusal(const platform::Error& error, unsigned status, const http::Request& request) {
    const std::string message = error.message.empty() ? error.reason : error.message;
    if (status == 405) {
        return restql::error_response(
            {.status = 405, .code = "PGRST117", .message = "Unsupported HTTP method: " + request.method_text});
    }
    return restql::error_response({.status = status, .code = "PGRST102", .message = message});
}

struct DatabaseSetting {
    std::string name, value;
};
BOOST_DESCRIBE_STRUCT(DatabaseSetting, (), (name, value))

}  // namespace

Server::Server(Settings settings, Gather gather, std::vector<std::pair<std::string, std::string>> app_settings)
    : settings_(std::move(settings)),
      gather_(std::move(gather)),
      app_settings_(std::move(app_settings)),
      runtime_(io_threads_of(settings_)),
      pool_(runtime_, pool_config(settings_, settings_.db_uri, "data_api")),
      database_(pool_.database("")),
      engine_(database_, settings_.options, open_replica(), &runtime_),
      reloader_(
          {settings_.db_uri, settings_.channel, settings_.listens}, [this] { return load_schema(); },
          [this] { return load_settings(); }) {
    log::configure({.level = log_level_of(settings_.log_level), .fd = 2, .service = "data-api"});
    apply(settings_);
    mount_api();
    mount_admin();
}

Server::~Server() = default;

std::optional<db::Database> Server::open_replica() {
    if (!settings_.replica_uri) return std::nullopt;
    replica_pool_.emplace(runtime_, pool_config(settings_, *settings_.replica_uri, "data_api_replica"));
    return replica_pool_->database("");
}

std::shared_ptr<const Server::Current> Server::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

void Server::apply(Settings settings) {
    auto tokens = restql::TokenReader::make(settings.token);
    if (!tokens) throw SettingError(tokens.error().message);
    engine_.set_options(settings.options);
    auto next = std::make_shared<const Current>(Current{std::move(settings), std::move(*tokens)});
    const std::lock_guard lock(mutex_);
    current_ = std::move(next);
}

Task<http::Response> Server::answer(http::Request& request) {
    // Neither the schema nor, perhaps, the key of tokens is known before the database has answered once.
    if (!engine_.schema()) co_return co_await engine_.handle(request, std::string(request.path()), {});
    const auto now = current();
    const auto& options = now->settings.options;
    const auto began = std::chrono::steady_clock::now();
    auto caller = now->tokens->read(request, clock_.now());
    if (!caller) co_return restql::error_response(caller.error(), options.verbose_errors);
    caller->token_time = std::chrono::steady_clock::now() - began;
    if (request.body_source) co_await request.body_source->read(request, {options.limits.body_bytes, false});
    co_return co_await engine_.handle(request, std::string(request.path()), std::move(*caller));
}

void Server::mount_api() {
    api_.errors("/", refusal);
    if (settings_.trace_header) api_.use(trace_header(*settings_.trace_header));
    api_.use(cors(settings_.cors_origins));
    api_.fallback([this](http::Request& request) { return answer(request); });
}

void Server::mount_admin() {
    const auto add = [this](const char* path, auto respond) {
        admin_.route(http::Method::get, path, [respond](http::Request&) { return ready_answer(respond()); });
    };
    add("/live", [this] { return http::empty(is_serving_ ? 200 : 500); });
    add("/ready", [this] {
        if (reloader_.is_pending()) return http::empty(503);
        return http::empty(is_serving_ && engine_.schema() ? 200 : 500);
    });
    add("/metrics", [] { return http::text_response(200, platform::metrics::render()); });
    add("/config", [this] { return http::text_response(200, dump(current()->settings)); });
}

Task<void> Server::load_schema() {
    const auto began = std::chrono::steady_clock::now();
    co_await engine_.load_schema();
    const auto duration = std::chrono::steady_clock::now() - began;
    log::info("schema_cache_loaded", {{"relations", engine_.schema()->relations().size()},
                                      {"event.duration", std::chrono::nanoseconds(duration).count()}});
}

/// Settings that cannot be read leave the old ones in force; at the start there are none that could be trusted.
Task<void> Server::load_settings() {
    try {
        auto sources = gather_();
        if (settings_.reads_database_settings) sources.set_database(co_await read_database_settings());
        apply(read_settings(sources, app_settings_));
        log::info("settings_loaded");
    } catch (const SettingError& error) {
        if (!engine_.schema()) throw;
        log::error("settings_refused", {{"error.message", error.what()}});
    }
}

/// What db-pre-config sets counts where the role itself has no such setting.
Task<Texts> Server::read_database_settings() {
    Texts texts;
    const auto take = [&](const std::vector<DatabaseSetting>& rows) {
        for (const auto& [name, value] : rows) {
            std::string key = name.substr(name.find('.') + 1);
            if (!key.starts_with("app.settings.")) std::replace(key.begin(), key.end(), '_', '-');
            texts[key] = value;
        }
    };
    db::Tx tx = co_await database_.begin();
    if (settings_.pre_config) {
        std::vector<std::string> names;
        for (const auto name : setting_names()) {
            names.push_back("pgrst." + std::string(name));
            std::replace(names.back().begin(), names.back().end(), '-', '_');
        }
        const auto text = restql::call_text(*settings_.pre_config);
        co_await tx.execute({"data_api_pre_config", text});
        take(co_await tx.many<DatabaseSetting>(sql::session_settings, names));
    }
    take(co_await tx.many<DatabaseSetting>(sql::role_settings));
    co_return texts;
}

Task<void> Server::serve() {
    api_server_ = std::make_unique<http::Server>(runtime_, server_config(settings_.host, settings_.port), api_);
    if (settings_.admin_port) {
        admin_server_ = std::make_unique<http::Server>(
            runtime_, server_config(settings_.admin_host, *settings_.admin_port), admin_);
        admin_server_->listen();
    }
    reloader_.trigger_settings();
    runtime_.spawn(0, reloader_.run());
    api_server_->listen();
    is_serving_ = true;
    co_await serve_signals();
    is_serving_ = false;
    reloader_.stop();
    co_await api_server_->drain(drain_time);
    if (admin_server_) co_await admin_server_->drain(std::chrono::milliseconds(0));
}

/// SIGUSR1 and SIGUSR2 reload schema and settings; SIGINT and SIGTERM end the wait.
Task<void> Server::serve_signals() {
    asio::basic_signal_set<platform::Executor> signals(co_await asio::this_coro::executor, SIGINT, SIGTERM);
    signals.add(SIGUSR1);
    signals.add(SIGUSR2);
    while (true) {
        const int signal = co_await signals.async_wait(platform::use_awaitable);
        if (signal == SIGINT || signal == SIGTERM) co_return;
        if (signal == SIGUSR1) {
            reloader_.trigger();
        } else {
            reloader_.trigger_settings();
        }
    }
}

int Server::run() {
    bool has_failed = false;
    runtime_.spawn(0, [](Server& self, bool& has_failed) -> Task<void> {
        try {
            co_await self.serve();
        } catch (const std::exception& error) {
            log::error("start_failed", {{"error.message", error.what()}});
            has_failed = true;
        }
        self.runtime_.stop();
    }(*this, has_failed));
    runtime_.run();
    log::flush();
    return has_failed ? 1 : 0;
}

}  // namespace data_api
