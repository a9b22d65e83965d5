#pragma once

#include "platform/core/background.hpp"
#include "shared/middleware/revocation_set.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace tt {

struct RevocationFeedConfig {
    /// How long a change waits at most when no hint comes; well below the five seconds that are promised.
    std::chrono::milliseconds poll_interval{1000};
    /// The last known set, for a restart while the source is away; empty: none is kept.
    std::filesystem::path copy;
    /// Told of what a page added that was not known, to pass it on; not of the first page, which is all there is.
    std::function<void(const std::vector<Revocation>&)> on_added{};
};

/// Keeps a RevocationSet up to date with its source: asks every second and whenever wake() is called.
///
/// A copy on disk is taken at its word only for as long as any token it speaks of may live (RevocationSet::vouches_at);
/// what was revoked between its last second and the end of the source's life is not known to it, and those tokens stay
/// good until they expire.
class RevocationFeed {
public:
    RevocationFeed(Runtime& runtime, RevocationSource& source, RevocationSet& set, const Clock& clock,
                   RevocationFeedConfig config);
    ~RevocationFeed();

    /// Reads the copy, asks, and begins to follow, on the calling io thread. Waits up to three seconds for a first
    /// answer when there is no copy. Never fails: without an answer the set vouches for nothing.
    Task<void> start();
    /// From any thread.
    void wake() const;

private:
    struct State;
    static Task<void> follow(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
    std::shared_ptr<void> hint_;
};

}  // namespace tt
