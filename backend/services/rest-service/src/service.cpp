#include "services/rest-service/src/service.hpp"

#include "platform/http/router.hpp"
#include "shared/types/principal.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace tt::rest {
namespace {

constexpr std::string_view root = "/rest/v1";
constexpr std::size_t body_limit_bytes = 4 << 20;

/// What a stranger can make large is bounded; the rest is what supabase's own gateway allows, and our extensions.
restql::Options options() {
    restql::Options options;
    options.schemas = {"public"};
    options.extra_search_path = {};
    options.anonymous_role = "anon";
    options.trusted_role = "service_role";
    options.max_rows = 10'000;
    options.sends_headers_when_read = true;
    options.requires_filter = true;
    options.forbids_self_embedding = true;
    options.openapi31 = true;
    options.ndjson = true;
    options.query_method = true;
    options.etags = true;
    options.keyset = true;
    options.batch = true;
    auto& limits = options.limits;
    limits.body_bytes = body_limit_bytes;
    limits.embed_depth = 8;
    limits.embeds = 24;
    limits.select_items = 256;
    limits.conditions = 256;
    limits.list_items = 10'000;
    limits.inserted_rows = 100;
    limits.anonymous_inserted_rows = 10;
    limits.anonymous_batch_operations = 5;
    limits.anonymous_read_ms = 3'000;  // as at Supabase
    limits.read_ms = 8'000;
    return options;
}

restql::Caller caller_of(const http::Request& request) {
    const Principal& caller = principal(request);
    if (caller.claims_json.empty()) return {.role = "anon", .claims_json = R"({"role":"anon"})"};
    return {.role = caller.role, .claims_json = caller.claims_json, .is_anonymous = caller.role == "anon"};
}

bool is_reading(http::Method method) {
    return method == http::Method::get || method == http::Method::query;
}

}  // namespace

RestService::RestService(db::Database database, std::string url)
    : engine_(std::move(database), options()),
      reloader_({.conninfo = url, .listens = !url.empty()}, [this] { return engine_.load_schema(); }, nullptr) {}

/// The schema is known before the first request; NOTIFY pgrst brings the next one.
Task<void> RestService::start() {
    co_await engine_.load_schema();
    const auto executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, reloader_.run(), asio::detached);
}

void RestService::mount(http::Router& router) {
    using http::Method;
    for (const Method method :
         {Method::get, Method::post, Method::patch, Method::put, Method::delete_, Method::query}) {
        const http::RouteOptions route{.tag = "data",
                                       .body_limit_bytes = body_limit_bytes,
                                       .is_public = true,
                                       .rate_bucket = is_reading(method) ? "api" : "sensitive",
                                       .is_hidden = true};
        for (const char* pattern : {"/rest/v1", "/rest/v1/{path...}"}) {
            router.route(method, pattern, [this](http::Request& request) { return answer(request); }, route);
        }
    }
}

Task<http::Response> RestService::answer(http::Request& request) {
    std::string path(request.path().substr(root.size()));
    if (path.empty()) path = "/";
    return engine_.handle(request, std::move(path), caller_of(request));
}

}  // namespace tt::rest
