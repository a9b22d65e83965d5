#include "platform/redis/subscriber.hpp"

#include "platform/core/error.hpp"
#include "platform/log/log.hpp"
#include "platform/redis/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <atomic>

namespace platform::redis {

struct Subscriber::State {
    State(Executor loop, Config settings, std::string name, Handlers given)
        : executor(loop), config(std::move(settings)), channel(std::move(name)), handlers(std::move(given)) {}

    void receive(Reply reply) const {
        // RESP2 sends an array where RESP3 has a push; a PONG to our PING is neither.
        if (reply.items.size() != 3 || reply.items[0].text != "message") return;
        handlers.on_message(std::move(reply.items[2].text));
    }

    Executor executor;
    Config config;
    std::string channel;
    Handlers handlers;
    std::shared_ptr<Connection> connection;
    std::atomic<bool> is_over{false};
};

Subscriber::Subscriber(Runtime& runtime, Config config, std::string channel, Handlers handlers)
    : runtime_(runtime),
      state_(std::make_shared<State>(runtime.context(0).get_executor(), std::move(config), std::move(channel),
                                     std::move(handlers))) {}

Subscriber::~Subscriber() {
    state_->is_over = true;
    asio::post(state_->executor, [state = state_] {
        if (state->connection) state->connection->close();
    });
}

void Subscriber::start() {
    runtime_.spawn(0, follow(state_));
}

Task<void> Subscriber::ping(std::shared_ptr<State> state, std::shared_ptr<Connection> connection) {
    std::vector<std::string> words{"PING"};
    while (!state->is_over && state->connection == connection) {
        co_await sleep_for(ping_interval);
        if (state->is_over || state->connection != connection) co_return;
        try {
            co_await connection->write(encode_command(words));
        } catch (const Unavailable&) {
            co_return;  // the reader notices
        }
    }
}

Task<void> Subscriber::follow(std::shared_ptr<State> state) {
    std::chrono::milliseconds backoff = state->config.first_backoff;
    while (!state->is_over) {
        const auto connection = std::make_shared<Connection>(state->executor, state->config);
        state->connection = connection;
        try {
            co_await connection->open();
            std::vector<std::string> words{"SUBSCRIBE", state->channel};
            co_await connection->write(encode_command(words));
            asio::co_spawn(state->executor, ping(state, connection), asio::detached);
            backoff = state->config.first_backoff;
            state->handlers.on_connected();
            while (!state->is_over) {
                Reply reply = co_await connection->read(silence_limit);
                if (!state->is_over) state->receive(std::move(reply));
            }
        } catch (const std::exception& error) {
            if (!state->is_over) log::warn("redis_channel_lost", {{"error.message", error.what()}});
        }
        state->connection.reset();
        if (state->is_over) co_return;
        co_await sleep_for(backoff);
        backoff = std::min(2 * backoff, state->config.max_backoff);
    }
}

}  // namespace platform::redis
