#pragma once

#include "platform/core/runtime.hpp"
#include "shared/types/prelude.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace tt {

/// Follows one channel of a database (LISTEN) in a session of its own. Only hints: whoever acts on them also looks by
/// itself now and then, because nothing is heard while the session is away.
class DatabaseHints {
public:
    using OnHint = std::function<void(const std::string& payload)>;

    DatabaseHints(std::string conninfo, std::string channel, OnHint on_hint);
    ~DatabaseHints();

    /// Begins to listen on the calling io thread; `on_hint` runs there.
    Task<void> start();

private:
    struct State;
    static Task<void> follow(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

}  // namespace tt
