#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include <atomic>
#include <cstdint>
#include <utility>

namespace platform {

/// What a coroutine works for, such as the trace of a request: set once where the work begins, found by everything
/// that is called from there, without a parameter for it. `co_await operation(use_awaitable)` carries it over the wait.
///
/// A coroutine started with Runtime::spawn begins with none; one that is awaited has its caller's.
class Ambient {
public:
    Ambient() = default;
    virtual ~Ambient() = default;
    Ambient(const Ambient&) = delete;
    Ambient& operator=(const Ambient&) = delete;

    /// Of the running coroutine; nullptr: none. To keep it, make an AmbientPtr of it.
    static Ambient* current() { return current_; }

private:
    friend class AmbientTurn;
    friend class AmbientScope;
    friend void intrusive_ptr_add_ref(Ambient* ambient) { ambient->owners_.fetch_add(1, std::memory_order_relaxed); }
    friend void intrusive_ptr_release(Ambient* ambient) {
        if (ambient->owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete ambient;
    }

    // Owned by whoever set it. Between two handlers of an io thread it is always nullptr.
    static inline constinit thread_local Ambient* current_ = nullptr;
    std::atomic<std::uint32_t> owners_{0};
};

using AmbientPtr = boost::intrusive_ptr<Ambient>;

/// Makes `ambient` the current one until the end of the block, which contains no co_await.
class AmbientTurn {
public:
    explicit AmbientTurn(Ambient* ambient) : previous_(std::exchange(Ambient::current_, ambient)) {}
    ~AmbientTurn() { Ambient::current_ = previous_; }
    AmbientTurn(const AmbientTurn&) = delete;
    AmbientTurn& operator=(const AmbientTurn&) = delete;

private:
    Ambient* previous_;
};

/// Makes `ambient` the current one of this coroutine, and of all it awaits, until the end of the block.
class AmbientScope {
public:
    explicit AmbientScope(AmbientPtr ambient)
        : ambient_(std::move(ambient)), previous_(std::exchange(Ambient::current_, ambient_.get())) {}
    ~AmbientScope() {
        // A frame may also be destroyed while it waits, and then another coroutine's is the current one.
        if (Ambient::current_ == ambient_.get()) Ambient::current_ = previous_;
    }
    AmbientScope(const AmbientScope&) = delete;
    AmbientScope& operator=(const AmbientScope&) = delete;

private:
    AmbientPtr ambient_;
    Ambient* previous_;
};

}  // namespace platform
