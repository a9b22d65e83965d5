#include "shared/host/tracing.hpp"

#include "platform/log/log.hpp"
#include "shared/host/retry_after.hpp"

namespace tt {
namespace {

/// How long a process that ends waits for the collector.
constexpr std::chrono::milliseconds drain_limit{2'000};

constexpr std::size_t answer_limit_bytes = 64 << 10;

Task<trace::ExportResponse> post(http::Client& client, http::ClientRequest call) {
    auto response = co_await client.send(std::move(call));
    co_return trace::ExportResponse{
        .status = response.status, .retry_after_s = retry_after_of(response), .body = std::move(response.body)};
}

trace::ExportTransport transport_to(const TracingSettings& settings, http::Client& client) {
    http::Headers headers{{"content-type", "application/json"}};
    const auto& authorization = settings.otlp_authorization;
    if (!authorization.empty()) headers.set("authorization", authorization.reveal());
    const std::string url = settings.otlp_endpoint + "/v1/traces";
    return [&client, url, headers](trace::ExportRequest request) {
        http::ClientRequest call{.method = "POST",
                                 .url = url,
                                 .headers = headers,
                                 .body = std::move(request.body),
                                 .timeout = request.timeout,
                                 .max_response_bytes = answer_limit_bytes};
        return post(client, std::move(call));
    };
}

trace::ExporterConfig exporter_config(const TracingSettings& settings) {
    return {.resource = {.service_name = settings.service_name,
                         .service_version = log::Settings{}.version,
                         .service_instance_id = to_string(uuid_v4())},
            .queue_spans = settings.queue_spans};
}

trace::TracerConfig tracer_config(const TracingSettings& settings) {
    return {.sample_ratio = settings.sample_ratio, .slow = std::chrono::milliseconds(settings.slow_ms)};
}

}  // namespace

std::unique_ptr<Tracing> Tracing::of(const TracingSettings& settings, Runtime& runtime, http::Client& client) {
    if (settings.otlp_endpoint.empty()) return nullptr;
    return std::unique_ptr<Tracing>(new Tracing(settings, runtime, client));
}

Tracing::Tracing(const TracingSettings& settings, Runtime& runtime, http::Client& client)
    : exporter_(runtime, transport_to(settings, client), exporter_config(settings)),
      tracer_(tracer_config(settings), exporter_) {}

Task<void> Tracing::drain() {
    return exporter_.drain(drain_limit);
}

}  // namespace tt
