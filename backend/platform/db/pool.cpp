#include "platform/db/pool.hpp"

#include "platform/db/pool_state.hpp"
#include "platform/metrics/metrics.hpp"

namespace platform::db {

PoolState::PoolState(Runtime& runtime, const PoolConfig& config) {
    for (std::size_t thread = 0; thread < runtime.size(); ++thread) {
        locals_.push_back(std::make_shared<LocalPool>(runtime, thread, config));
    }
}

void PoolState::close() {
    for (const auto& local : locals_) local->close();
}

std::shared_ptr<void> PoolState::listen(std::string channel, std::function<void()> ring) {
    auto listener = std::make_shared<Ring>(std::move(ring));
    const std::lock_guard lock(mutex_);
    listeners_.emplace(std::move(channel), listener);
    return listener;
}

void PoolState::ring(std::string_view channel) {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = listeners_.equal_range(channel);
    for (auto position = first; position != last;) {
        if (const auto listener = position->second.lock()) {
            (*listener)();
            ++position;
        } else {
            position = listeners_.erase(position);
        }
    }
}

std::size_t PoolState::open_count() const {
    std::size_t count = 0;
    for (const auto& local : locals_) count += local->open_count();
    return count;
}

std::size_t PoolState::leased_count() const {
    std::size_t count = 0;
    for (const auto& local : locals_) count += local->leased_count();
    return count;
}

Pool::Pool(Runtime& runtime, PoolConfig config) : state_(std::make_shared<PoolState>(runtime, config)) {
    metrics::on_render([weak = std::weak_ptr(state_), name = config.name] {
        const auto state = weak.lock();
        if (!state) return;
        const auto leased = static_cast<double>(state->leased_count());
        metrics::gauge("db_pool_connections", {{"pool", name}, {"state", "used"}}).set(leased);
        metrics::gauge("db_pool_connections", {{"pool", name}, {"state", "open"}})
            .set(static_cast<double>(state->open_count()));
    });
}

Pool::~Pool() {
    state_->close();
}

Task<bool> Pool::is_ready() const {
    static constexpr Query probe{"pool_probe", "SELECT 1"};
    try {
        const auto database = this->database({});
        co_await database.run(
            Context{.role = {}, .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1)}, probe, {});
        co_return true;
    } catch (const std::exception&) {
        co_return false;
    }
}

}  // namespace platform::db
