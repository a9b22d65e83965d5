#pragma once

#include "services/course-service/src/import/importer.hpp"

#include <memory>

namespace tt::course::import {

/// Writes the progress of a running import to its row twice a second, from an io thread while the work blocks another.
class ProgressWriter {
public:
    ProgressWriter(Importer& importer, Uuid import);
    ~ProgressWriter() { stop(); }
    ProgressWriter(const ProgressWriter&) = delete;
    ProgressWriter& operator=(const ProgressWriter&) = delete;

    ProgressListener listener();
    void stop();

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace tt::course::import
