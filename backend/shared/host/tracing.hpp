#pragma once

#include "platform/http/client.hpp"
#include "platform/trace/exporter.hpp"
#include "platform/trace/tracer.hpp"
#include "shared/host/settings.hpp"
#include "shared/types/prelude.hpp"

#include <memory>

namespace tt {

/// The traces of this process on their way to the collector that the settings name.
class Tracing {
public:
    /// nullptr when they name none.
    static std::unique_ptr<Tracing> of(const TracingSettings& settings, Runtime& runtime, http::Client& client);

    trace::Tracer& tracer() { return tracer_; }
    void start() { exporter_.start(); }
    /// Sends what is left, for a moment.
    Task<void> drain();

private:
    Tracing(const TracingSettings& settings, Runtime& runtime, http::Client& client);

    trace::Exporter exporter_;
    trace::Tracer tracer_;
};

}  // namespace tt
