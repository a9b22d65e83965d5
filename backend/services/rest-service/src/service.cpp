#include "services/rest-service/src/service.hpp"

#include "shared/types/principal.hpp"

namespace tt::rest {
namespace {

restql::Caller caller_of(const http::Request& request) {
    const Principal& caller = principal(request);
    if (caller.claims_json.empty()) return {};
    return {.role = caller.role, .claims_json = caller.claims_json};
}

}  // namespace

void RestService::mount(http::Router& router) {
    for (const http::Method method : {http::Method::get, http::Method::post}) {
        router.route(method, "/rest/v1/{relation}",
                     [this](http::Request& request) {
                         return engine_.handle(request, std::string(request.param("relation")), caller_of(request));
                     },
                     {.tag = "data",
                      .is_public = true,
                      .rate_bucket = method == http::Method::post ? "sensitive" : "api",
                      .is_hidden = true});
    }
}

}  // namespace tt::rest
