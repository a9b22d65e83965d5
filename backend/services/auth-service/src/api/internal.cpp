#include "platform/crypto/encoding.hpp"
#include "platform/http/endpoint.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "shared/types/principal.hpp"

namespace tt::auth::api {
namespace {

Task<Result<http::Reply<RevocationPage>>> get_revocations(AuthService& auth, http::Request& request) {
    const auto service = require_service(request);
    if (!service) co_return service.error();
    std::string cursor = request.query_param("after").value_or("");
    http::Reply<RevocationPage> reply;
    reply.body = co_await auth.revocations().revocations_after(std::move(cursor));
    co_return reply;
}

Task<Result<http::Reply<ApiKeyGrant>>> post_api_key_check(AuthService& auth, http::Request& request,
                                                          ApiKeyCheck check) {
    const auto service = require_service(request);
    if (!service) co_return service.error();
    auto hash = crypto::hex_decode(check.secret_hash);
    if (!hash) co_return Error{Code::invalid_argument, "invalid_hash", "secret_hash must be hexadecimal"};
    auto grant = co_await auth.api_keys().find_api_key(check.key_id, std::move(*hash));
    // 401 would speak of the asking service.
    if (!grant) co_return Error{Code::not_found, grant.error().reason, grant.error().message};
    http::Reply<ApiKeyGrant> reply;
    reply.body = std::move(*grant);
    co_return reply;
}

}  // namespace

void mount_internal(http::Router& router, AuthService& auth) {
    router.typed<http::NoBody, RevocationPage>(
        http::Method::get, revocations_path,
        [&auth](http::Request& request, http::NoBody) { return get_revocations(auth, request); },
        {.rate_bucket = "none", .is_hidden = true});
    router.typed<ApiKeyCheck, ApiKeyGrant>(http::Method::post, api_key_check_path,
                                           [&auth](http::Request& request, ApiKeyCheck check) {
                                               return post_api_key_check(auth, request, std::move(check));
                                           },
                                           {.rate_bucket = "none", .is_hidden = true});
}

}  // namespace tt::auth::api
