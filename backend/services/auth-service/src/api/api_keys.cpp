#include "services/auth-service/src/api_keys.hpp"

#include "platform/http/endpoint.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "shared/types/principal.hpp"

namespace tt::auth::api {

struct ApiKeyBody {
    std::string name;
    std::vector<std::string> scopes;
    std::optional<std::vector<std::string>> allowed_ips{};
    std::optional<Time> expires_at{};
};
BOOST_DESCRIBE_STRUCT(ApiKeyBody, (), (name, scopes, allowed_ips, expires_at))

struct ApiKeyList {
    std::vector<ApiKeyRow> items;
};
BOOST_DESCRIBE_STRUCT(ApiKeyList, (), (items))

struct ApiKeySecretBody {
    ApiKeyRow key;
    std::string secret;  // shown this once
};
BOOST_DESCRIBE_STRUCT(ApiKeySecretBody, (), (key, secret))

struct ApiKeyRotation {
    std::optional<std::int64_t> overlap_s{};  // how long the present secret goes on
};
BOOST_DESCRIBE_STRUCT(ApiKeyRotation, (), (overlap_s))

namespace {

template <class Body>
using Answer = Result<http::Reply<Body>>;

/// A person with a session of their own: keys do not make keys, and whoever acts as somebody leaves none behind.
Result<Caller> key_owner(const http::Request& request) {
    const auto caller = require_session(request);
    if (!caller) return caller.error();
    if (principal(request).acting) {
        return Error{Code::permission_denied, "not_while_impersonating", "Only the person can do this"};
    }
    return *caller;
}

Result<Uuid> key_id_of(const http::Request& request) {
    const auto id = request.uuid_param("id");
    if (!id) return Error{Code::not_found, "api_key_not_found", "There is no such API key"};
    return *id;
}

ApiKeySettings settings_of(ApiKeyBody body) {
    return {std::move(body.name), std::move(body.scopes),
            std::move(body.allowed_ips).value_or(std::vector<std::string>()), body.expires_at};
}

http::Reply<ApiKeySecretBody> secret_reply(unsigned status, NewApiKeySecret made) {
    http::Reply<ApiKeySecretBody> reply{status, {std::move(made.key), std::move(made.text)}, {}};
    reply.headers.set("Cache-Control", "no-store");
    return reply;
}

Task<Answer<ApiKeyList>> list_keys(AuthService& auth, http::Request& request) {
    const auto owner = key_owner(request);
    if (!owner) co_return owner.error();
    http::Reply<ApiKeyList> reply;
    reply.body.items = co_await auth.api_keys().list(owner->user_id);
    co_return reply;
}

Task<Answer<ApiKeySecretBody>> create_key(AuthService& auth, http::Request& request, ApiKeyBody body) {
    const auto owner = key_owner(request);
    if (!owner) co_return owner.error();
    auto made = co_await auth.api_keys().create(*owner, settings_of(std::move(body)), device_of(request));
    if (!made) co_return made.error();
    co_return secret_reply(201, std::move(*made));
}

Task<Answer<ApiKeyRow>> get_key(AuthService& auth, http::Request& request) {
    const auto owner = key_owner(request);
    if (!owner) co_return owner.error();
    const auto id = key_id_of(request);
    if (!id) co_return id.error();
    auto row = co_await auth.api_keys().find(owner->user_id, *id);
    if (!row) co_return row.error();
    co_return http::Reply<ApiKeyRow>{200, std::move(*row), {}};
}

Task<Answer<ApiKeyRow>> put_key(AuthService& auth, http::Request& request, ApiKeyBody body) {
    const auto owner = key_owner(request);
    if (!owner) co_return owner.error();
    const auto id = key_id_of(request);
    if (!id) co_return id.error();
    auto row = co_await auth.api_keys().change(*owner, *id, settings_of(std::move(body)), device_of(request));
    if (!row) co_return row.error();
    co_return http::Reply<ApiKeyRow>{200, std::move(*row), {}};
}

Task<Answer<ApiKeySecretBody>> rotate_key(AuthService& auth, http::Request& request, ApiKeyRotation rotation) {
    const auto owner = key_owner(request);
    if (!owner) co_return owner.error();
    const auto id = key_id_of(request);
    if (!id) co_return id.error();
    const std::chrono::seconds overlap(
        rotation.overlap_s.value_or(std::chrono::seconds(ApiKeys::default_overlap).count()));
    auto made = co_await auth.api_keys().rotate(*owner, *id, overlap, device_of(request));
    if (!made) co_return made.error();
    co_return secret_reply(200, std::move(*made));
}

Task<Answer<http::NoBody>> delete_key(AuthService& auth, http::Request& request) {
    const auto owner = key_owner(request);
    if (!owner) co_return owner.error();
    const auto id = key_id_of(request);
    if (!id) co_return id.error();
    const auto revoked = co_await auth.api_keys().revoke(owner->user_id, *id, device_of(request));
    if (!revoked) co_return revoked.error();
    co_return http::Reply<http::NoBody>{204, {}, {}};
}

/// What a route that leaves more of a key behind may say besides.
std::vector<std::string> with_proof(std::vector<std::string> reasons) {
    reasons.insert(reasons.end(), {"400 reauthentication_needed", "403 insufficient_aal", "403 no_authorization",
                                   "403 session_not_found", "403 user_banned"});
    return reasons;
}

http::RouteOptions key_route(std::string operation_id, std::string summary, std::vector<std::string> reasons) {
    reasons.insert(reasons.begin(), {"401 unauthenticated", "403 not_while_impersonating", "403 insufficient_scope"});
    return {.operation_id = std::move(operation_id),
            .summary = std::move(summary),
            .tag = "api-keys",
            .error_reasons = std::move(reasons)};
}

template <class In, class Out>
void mount_key_route(http::Router& router, AuthService& auth, http::Method method, std::string pattern,
                     Task<Answer<Out>> (*handler)(AuthService&, http::Request&, In), http::RouteOptions options) {
    router.typed<In, Out>(
        method, std::move(pattern),
        [&auth, handler](http::Request& request, In body) { return handler(auth, request, std::move(body)); },
        std::move(options));
}

template <class Out>
void mount_key_route(http::Router& router, AuthService& auth, http::Method method, std::string pattern,
                     Task<Answer<Out>> (*handler)(AuthService&, http::Request&), http::RouteOptions options) {
    router.typed<http::NoBody, Out>(
        method, std::move(pattern),
        [&auth, handler](http::Request& request, http::NoBody) { return handler(auth, request); }, std::move(options));
}

}  // namespace

void mount_api_keys(http::Router& router, AuthService& auth) {
    using http::Method;
    const std::string all = "/api/v1/api-keys";
    const std::string one = "/api/v1/api-keys/{id}";
    mount_key_route(router, auth, Method::get, all, &list_keys, key_route("list_api_keys", "One's own API keys", {}));
    mount_key_route(router, auth, Method::post, all, &create_key,
                    key_route("create_api_key", "Makes an API key; its secret is shown this once",
                              with_proof({"409 too_many_api_keys", "422 invalid_api_key_settings"})));
    mount_key_route(router, auth, Method::get, one, &get_key,
                    key_route("get_api_key", "One API key", {"404 api_key_not_found"}));
    mount_key_route(router, auth, Method::put, one, &put_key,
                    key_route("change_api_key", "Changes name, scopes, addresses and expiry",
                              with_proof({"404 api_key_not_found", "422 invalid_api_key_settings"})));
    mount_key_route(router, auth, Method::delete_, one, &delete_key,
                    key_route("revoke_api_key", "Ends an API key", {"404 api_key_not_found"}));
    mount_key_route(router, auth, Method::post, one + "/rotate", &rotate_key,
                    key_route("rotate_api_key", "A new secret; the present one goes on for overlap_s (a day)",
                              with_proof({"400 overlap_too_long", "404 api_key_not_found"})));
}

}  // namespace tt::auth::api
