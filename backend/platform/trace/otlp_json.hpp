#pragma once

#include "platform/trace/span_record.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace platform::trace {

/// Who exports: the OpenTelemetry resource.
struct Resource {
    std::string service_name;
    std::string service_version;
    std::string service_instance_id;  ///< different for every process that ever runs
};

/// An ExportTraceServiceRequest in the JSON mapping of OTLP 1: ids in hex, 64-bit integers as strings, enums as
/// numbers.
std::string to_otlp_json(const Resource& resource, std::span<const FinishedTrace> traces);

/// How many spans of a request were refused, by the body of a 200; 0 for one that does not say.
std::int64_t rejected_spans(std::string_view response_body);

}  // namespace platform::trace
