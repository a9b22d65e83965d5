#pragma once

#include "apps/data-api/settings.hpp"
#include "platform/core/runtime.hpp"
#include "platform/db/pool.hpp"
#include "platform/http/server.hpp"
#include "platform/restql/engine.hpp"
#include "platform/restql/schema/reload.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace data_api {

/// The whole process: API port, admin port, schema cache and its reloads, signals.
class Server {
public:
    /// Reads file, environment and command line; again on a reload of the settings.
    using Gather = std::function<Sources()>;
    Server(Settings settings, Gather gather, std::vector<std::pair<std::string, std::string>> app_settings);
    ~Server();

    /// Serves until SIGINT or SIGTERM, then drains. Returns the exit status.
    int run();

private:
    platform::Task<void> serve();
    platform::Task<void> serve_signals();
    platform::Task<void> load_schema();
    platform::Task<void> load_settings();
    platform::Task<Texts> read_database_settings();
    platform::Task<platform::http::Response> answer(platform::http::Request& request);
    std::optional<platform::db::Database> open_replica();
    void mount_api();
    void mount_admin();
    void apply(Settings settings);
    /// What a reload replaces.
    struct Current {
        Settings settings;
        std::shared_ptr<platform::restql::TokenReader> tokens;
    };
    std::shared_ptr<const Current> current() const;

    const Settings settings_;  ///< as at the start: ports, pool and channel stay
    Gather gather_;
    std::vector<std::pair<std::string, std::string>> app_settings_;
    platform::SystemClock clock_;
    platform::Runtime runtime_;
    platform::db::Pool pool_;
    std::optional<platform::db::Pool> replica_pool_;
    platform::db::Database database_;
    platform::restql::Engine engine_;
    mutable std::mutex mutex_;  // guards current_
    std::shared_ptr<const Current> current_;
    platform::http::Router api_;
    platform::http::Router admin_;
    std::unique_ptr<platform::http::Server> api_server_;
    std::unique_ptr<platform::http::Server> admin_server_;
    platform::restql::SchemaReloader reloader_;
    std::atomic<bool> is_serving_{false};
};

}  // namespace data_api
