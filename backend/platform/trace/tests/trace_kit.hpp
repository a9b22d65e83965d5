#pragma once

#include "platform/trace/span_record.hpp"

#include <mutex>
#include <vector>

namespace platform::trace {

/// Keeps what it is offered.
class KeepingSink final : public Sink {
public:
    void offer(FinishedTrace trace) override {
        const std::lock_guard lock(mutex_);
        kept_.push_back(std::move(trace));
    }
    std::vector<FinishedTrace> take() {
        const std::lock_guard lock(mutex_);
        return std::move(kept_);
    }

private:
    std::mutex mutex_;
    std::vector<FinishedTrace> kept_;
};

inline SpanRecord span_named(std::string name) {
    return {
        .id = new_span_id(), .parent_id = 1, .kind = Kind::client, .name = std::move(name), .start_ns = 1, .end_ns = 2};
}

}  // namespace platform::trace
