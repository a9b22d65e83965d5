#include "shared/host/side.hpp"

#include "shared/host/retry_after.hpp"
#include "shared/types/prelude.hpp"

namespace tt {
namespace {

Task<events::WebhookResponse> post_webhook(http::Client& client, events::WebhookRequest request) {
    http::ClientRequest call{
        .method = "POST", .url = std::move(request.url), .body = std::move(request.body), .timeout = request.timeout};
    for (const auto& [name, value] : request.headers) call.headers.set(name, value);
    const auto response = co_await client.send(std::move(call));
    co_return events::WebhookResponse{response.status, retry_after_of(response)};
}

}  // namespace

Side::Side(Runtime& runtime, http::Client& client, std::string name, std::string conninfo,
           const DatabaseSettings& settings, trace::Tracer* tracer)
    : name_(std::move(name)),
      url_(std::move(conninfo)),
      pool_(runtime, {.conninfo = url_,
                      .name = name_,
                      .connections_per_thread = settings.connections_per_thread,
                      .is_sharded = settings.is_sharded}),
      bus_(platform_role),
      relay_(runtime, pool_.database(platform_role), bus_, {.tracer = tracer}),
      worker_(runtime, pool_.database(platform_role), {.tracer = tracer}),
      scheduler_(runtime, pool_.database(platform_role), tracer),
      webhooks_(runtime, pool_.database(platform_role),
                [&client](events::WebhookRequest request) { return post_webhook(client, std::move(request)); }, name_,
                {.tracer = tracer}) {}

void Side::start() {
    relay_.start();
    worker_.start();
    scheduler_.start();
    webhooks_.start();
}

Task<void> Side::drain() {
    co_await scheduler_.drain();
    co_await worker_.drain();
    co_await webhooks_.drain();
    co_await relay_.drain();
}

}  // namespace tt
