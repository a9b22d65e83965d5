#include "platform/restql/schema/reload.hpp"

#include "platform/core/backoff.hpp"
#include "platform/core/error.hpp"
#include "platform/db/notification_listener.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>

namespace platform::restql {
namespace {

constexpr std::chrono::milliseconds debounce{100};
constexpr std::chrono::milliseconds first_pause{200};
constexpr std::chrono::milliseconds longest_pause{32'000};

using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

}  // namespace

/// Shared by the loading and the listening coroutine, both on the thread of run().
struct SchemaReloader::State {
    ReloadConfig config;
    Load load_schema;
    Load load_settings;
    std::atomic<bool> wants_schema{false};
    std::atomic<bool> wants_settings{false};
    std::atomic<bool> is_loading{false};
    std::atomic<bool> is_stopped{false};
    /// The first load waits until we listen (or cannot): nothing that is announced between the two can be missed.
    std::atomic<bool> may_load{false};

    std::mutex mutex;             // guards bell: trigger() rings from any thread
    std::shared_ptr<Timer> bell;  // the loading coroutine's sleep
    std::unique_ptr<db::NotificationListener> listener;
    int listen_failures = 0;  ///< since we last listened

    void ring() {
        const std::lock_guard lock(mutex);
        if (!bell) return;
        asio::post(bell->get_executor(), [bell = bell] { bell->cancel(); });
    }
    void want(std::string_view message) {
        const bool is_settings = message == "reload config";
        (is_settings ? wants_settings : wants_schema) = true;
        ring();
    }
    Task<void> sleep(std::chrono::milliseconds time) {
        auto timer = std::make_shared<Timer>(co_await asio::this_coro::executor, time);
        {
            const std::lock_guard lock(mutex);
            bell = timer;
        }
        if (is_stopped || may_work()) co_return;  // asked for before the bell hung
        boost::system::error_code interrupted;
        co_await timer->async_wait(asio::redirect_error(use_awaitable, interrupted));
    }
    bool has_work() const { return wants_schema || wants_settings; }
    bool may_work() const { return may_load && has_work(); }

    Task<bool> load_once();
    Task<void> load_until_stopped();
    Task<void> listen_once();
    Task<void> listen_until_stopped();
};

/// What was asked for up to now; what is asked for meanwhile waits for the next round.
Task<bool> SchemaReloader::State::load_once() {
    const bool settings = wants_settings.exchange(false);
    const bool schema = wants_schema.exchange(false);
    is_loading = true;
    try {
        if (settings && load_settings) co_await load_settings();
        if (schema || settings) co_await load_schema();
        is_loading = false;
        co_return true;
    } catch (const std::exception& error) {
        log::error("schema_cache_load_failed", {{"error.message", error.what()}});
    }
    wants_settings = wants_settings || settings;
    wants_schema = wants_schema || schema;
    co_return false;
}

Task<void> SchemaReloader::State::load_until_stopped() {
    int failures = 0;
    bool has_loaded = false;
    while (!is_stopped) {
        if (!may_work()) {
            co_await sleep(longest_pause);
            if (may_work() && has_loaded) co_await sleep_for(debounce);
            continue;
        }
        const bool is_loaded = co_await load_once();
        has_loaded = has_loaded || is_loaded;
        failures = is_loaded ? 0 : failures + 1;
        if (!is_loaded) co_await sleep_for(backoff(failures - 1, first_pause, longest_pause));
    }
}

Task<void> SchemaReloader::State::listen_once() {
    listener = std::make_unique<db::NotificationListener>(config.conninfo);
    co_await listener->listen(config.channel);
    may_load = true;
    listen_failures = 0;
    want("reload schema");  // what was announced before we listened was missed
    while (true) {
        const auto message = co_await listener->next();
        want(message);
    }
}

Task<void> SchemaReloader::State::listen_until_stopped() {
    while (!is_stopped) {
        try {
            co_await listen_once();
        } catch (const std::exception& error) {
            if (!is_stopped) log::warn("schema_listener_lost", {{"error.message", error.what()}});
            may_load = true;
            ring();
        }
        if (!is_stopped) co_await sleep_for(backoff(listen_failures++, first_pause, longest_pause));
    }
}

SchemaReloader::SchemaReloader(ReloadConfig config, Load load_schema, Load load_settings)
    : state_(std::make_shared<State>()) {
    state_->config = std::move(config);
    state_->load_schema = std::move(load_schema);
    state_->load_settings = std::move(load_settings);
}

SchemaReloader::~SchemaReloader() = default;

Task<void> SchemaReloader::run() {
    const auto state = state_;
    state->may_load = !state->config.listens;
    if (state->config.listens) {
        const auto executor = co_await asio::this_coro::executor;
        asio::co_spawn(
            executor, [](std::shared_ptr<State> held) -> Task<void> { co_await held->listen_until_stopped(); }(state),
            asio::detached);
    }
    co_await state->load_until_stopped();
}

void SchemaReloader::trigger() {
    state_->want("reload schema");
}

void SchemaReloader::trigger_settings() {
    state_->want("reload config");
}

void SchemaReloader::stop() {
    state_->is_stopped = true;
    state_->ring();
    const std::lock_guard lock(state_->mutex);
    if (!state_->bell) return;
    asio::post(state_->bell->get_executor(), [state = state_] {
        if (state->listener) state->listener->stop();
    });
}

bool SchemaReloader::is_pending() const {
    return state_->has_work() || state_->is_loading || !state_->may_load;
}

}  // namespace platform::restql
