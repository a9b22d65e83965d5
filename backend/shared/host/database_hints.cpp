#include "shared/host/database_hints.hpp"

#include "platform/db/notification_listener.hpp"
#include "platform/log/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace tt {
namespace {

constexpr std::chrono::milliseconds listen_again_after{2000};

}  // namespace

struct DatabaseHints::State {
    State(const std::string& conninfo, std::string channel, OnHint on_hint)
        : listener(conninfo), channel(std::move(channel)), on_hint(std::move(on_hint)) {}

    db::NotificationListener listener;
    std::string channel;
    OnHint on_hint;
    std::atomic<bool> is_stopped{false};
};

DatabaseHints::DatabaseHints(std::string conninfo, std::string channel, OnHint on_hint)
    : state_(std::make_shared<State>(conninfo, std::move(channel), std::move(on_hint))) {}

DatabaseHints::~DatabaseHints() {
    state_->is_stopped = true;
}

Task<void> DatabaseHints::start() {
    const Executor executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, follow(state_), asio::detached);
}

Task<void> DatabaseHints::follow(std::shared_ptr<State> state) {
    while (!state->is_stopped) {
        try {
            co_await state->listener.listen(state->channel);
            while (!state->is_stopped) {
                const std::string payload = co_await state->listener.next();
                state->on_hint(payload);
            }
        } catch (const std::exception& error) {
            log::debug("hints_not_heard", {{"channel", state->channel}, {"error.message", error.what()}});
        }
        co_await sleep_for(listen_again_after);
    }
}

}  // namespace tt
