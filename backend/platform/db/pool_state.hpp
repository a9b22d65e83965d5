#pragma once

#include "platform/core/runtime.hpp"
#include "platform/db/local_pool.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace platform::db {

/// What all handles of a pool share: the per-thread connections, and who wants to be woken by a commit.
class PoolState {
public:
    PoolState(Runtime& runtime, const PoolConfig& config);

    const std::shared_ptr<LocalPool>& local() const { return locals_[Runtime::current()]; }
    void close();
    std::size_t open_count() const;
    std::size_t leased_count() const;

    std::shared_ptr<void> listen(std::string channel, std::function<void()> ring);
    void ring(std::string_view channel);

private:
    using Ring = std::function<void()>;

    std::vector<std::shared_ptr<LocalPool>> locals_;
    std::mutex mutex_;  // guards listeners_: rung from every io thread
    std::multimap<std::string, std::weak_ptr<Ring>, std::less<>> listeners_;
};

}  // namespace platform::db
