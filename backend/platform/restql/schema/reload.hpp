#pragma once

#include "platform/core/task.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace platform::restql {

struct ReloadConfig {
    std::string conninfo;  ///< a connection of its own: a pool cannot LISTEN
    std::string channel = "pgrst";
    bool listens = true;  ///< off: only trigger()
};

/// Keeps a schema cache fresh: loads it at the start, on NOTIFY <channel> ('reload schema', 'reload config', or nothing
/// for the schema) and on trigger(), debounced by 100 ms; tries again with back-off (at most 32 s) while the database
/// is away, and once more when the listening connection is back, because notifications may have been missed.
class SchemaReloader {
public:
    using Load = std::function<Task<void>()>;  ///< may throw; the old state stays in use then

    SchemaReloader(ReloadConfig config, Load load_schema, Load load_settings);
    ~SchemaReloader();
    SchemaReloader(const SchemaReloader&) = delete;
    SchemaReloader& operator=(const SchemaReloader&) = delete;

    /// Runs until stop(); on one io thread.
    Task<void> run();
    /// From any thread. Asks for the schema, or for the settings and then the schema.
    void trigger();
    void trigger_settings();
    void stop();
    /// Whether a load has been asked for and has not succeeded yet.
    bool is_pending() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace platform::restql
