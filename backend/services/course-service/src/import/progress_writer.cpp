#include "services/course-service/src/import/progress_writer.hpp"

#include "platform/log/log.hpp"
#include "services/course-service/src/store/imports.hpp"

#include <mutex>
#include <string>

namespace tt::course::import {

namespace {

constexpr auto write_interval = std::chrono::milliseconds{500};

}  // namespace

struct ProgressWriter::State {
    State(Importer& importer, Uuid import) : academy(importer.academy()), clock(importer.clock()), import(import) {}

    db::Database academy;
    const Clock& clock;
    Uuid import;
    std::mutex mutex;
    std::string stage;
    int percent = 0;
    bool is_changed = false;
    bool is_stopped = false;

    bool take(std::string& stage_now, int& percent_now) {
        const std::lock_guard lock(mutex);
        stage_now = stage;
        percent_now = percent;
        return std::exchange(is_changed, false);
    }

    bool stopped() {
        const std::lock_guard lock(mutex);
        return is_stopped;
    }

    /// Progress is only for people: a row that cannot be written now is written half a second later, or never.
    static Task<void> write(std::shared_ptr<State> self) {
        std::string stage;
        int percent = 0;
        if (!self->take(stage, percent)) co_return;
        try {
            co_await store::note_import_progress(self->academy, self->import, stage, percent, self->clock.now());
        } catch (const std::exception& error) {
            log::warn("course_import_progress_lost", {{"what", std::string(error.what())}});
        }
    }

    static Task<void> loop(std::shared_ptr<State> self) {
        while (!self->stopped()) {
            co_await write(self);
            co_await sleep_for(write_interval);
        }
    }
};

ProgressWriter::ProgressWriter(Importer& importer, Uuid import) : state_(std::make_shared<State>(importer, import)) {
    importer.runtime().spawn(Runtime::current(), State::loop(state_));
}

ProgressListener ProgressWriter::listener() {
    return [state = state_](std::string_view stage, int percent) {
        const std::lock_guard lock(state->mutex);
        state->stage = stage;
        state->percent = percent;
        state->is_changed = true;
    };
}

void ProgressWriter::stop() {
    const std::lock_guard lock(state_->mutex);
    state_->is_stopped = true;
}

}  // namespace tt::course::import
