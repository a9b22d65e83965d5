#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/members.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "services/auth-service/src/domain/user_page.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

constexpr std::uint64_t default_clients_per_page = 50;
constexpr std::uint64_t most_clients_per_page = 500;

bj::array strings(const std::vector<std::string>& values) {
    return bj::array(values.begin(), values.end());
}

bj::object client_json(const OauthClientRow& client) {
    bj::object body{{"client_id", to_string(client.id)},
                    {"client_type", client.client_type},
                    {"redirect_uris", strings(client.redirect_uris)},
                    {"token_endpoint_auth_method", client.token_endpoint_auth_method},
                    {"grant_types", strings(client.grant_types)},
                    {"response_types", bj::array{"code"}},
                    {"registration_type", client.registration_type},
                    {"first_party", client.is_first_party},
                    {"created_at", to_rfc3339(client.created_at)},
                    {"updated_at", to_rfc3339(client.updated_at)}};
    if (!client.name.empty()) body["client_name"] = client.name;
    if (!client.uri.empty()) body["client_uri"] = client.uri;
    if (!client.logo_uri.empty()) body["logo_uri"] = client.logo_uri;
    return body;
}

http::Response client_response(unsigned status, bj::object body) {
    auto response = http::json_response(status, bj::serialize(body));
    response.headers.set("Cache-Control", "no-store");
    return response;
}

http::Response secret_response(unsigned status, const OauthClientSecret& made) {
    bj::object body = client_json(made.client);
    if (!made.secret.empty()) body["client_secret"] = made.secret;
    return client_response(status, std::move(body));
}

Error server_disabled() {
    return Error{Code::not_found, "feature_disabled", "OAuth server is not enabled"};
}

Result<OauthClientWish> client_wish_in(const http::Request& request) {
    const auto body =
        read_body(request, {"client_name", "client_uri", "logo_uri", "client_type", "token_endpoint_auth_method"});
    if (!body) return body.error();
    OauthClientWish wish;
    auto redirect_uris = optional_list(*body, "redirect_uris");
    if (!redirect_uris) return redirect_uris.error();
    auto grant_types = optional_list(*body, "grant_types");
    if (!grant_types) return grant_types.error();
    wish.redirect_uris = std::move(*redirect_uris);
    wish.grant_types = std::move(*grant_types);
    wish.name = optional_text(*body, "client_name");
    wish.uri = optional_text(*body, "client_uri");
    wish.logo_uri = optional_text(*body, "logo_uri");
    wish.client_type = optional_text(*body, "client_type");
    wish.token_endpoint_auth_method = optional_text(*body, "token_endpoint_auth_method");
    if (const bj::value* value = body->if_contains("first_party"); value && value->is_bool()) {
        wish.is_first_party = value->get_bool();
    }
    return wish;
}

Result<Uuid> client_id_in_path(const http::Request& request) {
    if (const auto id = request.uuid_param("client_id")) return *id;
    return Error{Code::invalid_argument, "validation_failed", "invalid client_id format"};
}

Task<Result<AdminActor>> client_admin(AuthService& auth, http::Request& request) {
    auto actor = co_await require_admin(auth, request);
    if (actor && !auth.config().oauth.is_server_enabled) co_return server_disabled();
    co_return actor;
}

Task<http::Response> post_client(AuthService& auth, http::Request& request) {
    const auto actor = co_await client_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    auto wish = client_wish_in(request);
    if (!wish) co_return refuse(wish.error(), request);
    const auto made = co_await auth.federation().clients().create(*actor, std::move(*wish));
    if (!made) co_return refuse(made.error(), request);
    co_return secret_response(201, *made);
}

Task<http::Response> post_registration(AuthService& auth, http::Request& request) {
    if (!auth.config().oauth.is_server_enabled) co_return refuse(server_disabled(), request);
    if (!auth.config().oauth.allow_dynamic_registration) {
        const Error error{Code::permission_denied, "oauth_dynamic_client_registration_disabled",
                          "Dynamic client registration is not enabled"};
        co_return refuse(error, request);
    }
    auto wish = client_wish_in(request);
    if (!wish) co_return refuse(wish.error(), request);
    const auto made = co_await auth.federation().clients().create(std::nullopt, std::move(*wish));
    if (!made) co_return refuse(made.error(), request);
    co_return secret_response(201, *made);
}

Task<http::Response> get_clients(AuthService& auth, http::Request& request) {
    const auto actor = co_await client_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    const auto per_page = parse_page_number(request.query_param("per_page"), default_clients_per_page);
    const auto page_number = parse_page_number(request.query_param("page"), 1);
    if (!per_page) co_return refuse(per_page.error(), request);
    if (!page_number) co_return refuse(page_number.error(), request);
    PageLinks links;
    links.page = std::clamp<std::uint64_t>(*page_number, 1, std::uint64_t{1} << 32);
    links.per_page = std::clamp<std::uint64_t>(*per_page, 1, most_clients_per_page);
    const auto page = co_await auth.federation().clients().list(links.per_page, (links.page - 1) * links.per_page);
    bj::array clients;
    for (const OauthClientRow& client : page.clients) clients.push_back(client_json(client));
    links.total = page.total;
    links.path = "/admin/oauth/clients";
    links.query = "per_page=" + std::to_string(links.per_page);
    auto response = client_response(200, {{"clients", std::move(clients)}, {"aud", "authenticated"}});
    response.headers.set("Link", link_header(links));
    response.headers.set("X-Total-Count", std::to_string(page.total));
    co_return response;
}

Task<http::Response> get_client(AuthService& auth, http::Request& request) {
    const auto actor = co_await client_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    const auto id = client_id_in_path(request);
    if (!id) co_return refuse(id.error(), request);
    const auto client = co_await auth.federation().clients().find(*id);
    if (!client) co_return refuse(client.error(), request);
    co_return client_response(200, client_json(*client));
}

Task<http::Response> put_client(AuthService& auth, http::Request& request) {
    const auto actor = co_await client_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    const auto id = client_id_in_path(request);
    if (!id) co_return refuse(id.error(), request);
    auto wish = client_wish_in(request);
    if (!wish) co_return refuse(wish.error(), request);
    const auto client = co_await auth.federation().clients().change(*actor, *id, std::move(*wish));
    if (!client) co_return refuse(client.error(), request);
    co_return client_response(200, client_json(*client));
}

Task<http::Response> delete_client(AuthService& auth, http::Request& request) {
    const auto actor = co_await client_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    const auto id = client_id_in_path(request);
    if (!id) co_return refuse(id.error(), request);
    const auto removed = co_await auth.federation().clients().remove(*actor, *id);
    if (!removed) co_return refuse(removed.error(), request);
    co_return http::empty(204);
}

Task<http::Response> post_new_secret(AuthService& auth, http::Request& request) {
    const auto actor = co_await client_admin(auth, request);
    if (!actor) co_return refuse(actor.error(), request);
    const auto id = client_id_in_path(request);
    if (!id) co_return refuse(id.error(), request);
    const auto made = co_await auth.federation().clients().renew_secret(*actor, *id);
    if (!made) co_return refuse(made.error(), request);
    co_return secret_response(200, *made);
}

http::RouteOptions client_route(std::string id, std::string summary) {
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth-admin";
    made.error_reasons = {"401 no_authorization", "403 not_admin", "404 oauth_client_not_found",
                          "400 validation_failed"};
    return made;
}

}  // namespace

void mount_oauth_clients(http::Router& router, AuthService& auth) {
    using http::Method;
    const auto at = [&](Method method, std::string path, auto handler, http::RouteOptions options) {
        router.route(
            method, "/auth/v1" + path, [&auth, handler](http::Request& request) { return handler(auth, request); },
            std::move(options));
    };
    at(Method::post, "/admin/oauth/clients", post_client,
       client_route("auth_admin_create_oauth_client", "Registers a client; its secret is shown once (GoTrue)"));
    at(Method::get, "/admin/oauth/clients", get_clients,
       client_route("auth_admin_list_oauth_clients", "Clients, the newest first (GoTrue)"));
    at(Method::get, "/admin/oauth/clients/{client_id}", get_client,
       client_route("auth_admin_get_oauth_client", "One client (GoTrue)"));
    at(Method::put, "/admin/oauth/clients/{client_id}", put_client,
       client_route("auth_admin_change_oauth_client", "Changes a client (GoTrue)"));
    at(Method::delete_, "/admin/oauth/clients/{client_id}", delete_client,
       client_route("auth_admin_delete_oauth_client", "Removes a client and ends its sessions (GoTrue)"));
    at(Method::post, "/admin/oauth/clients/{client_id}/regenerate_secret", post_new_secret,
       client_route("auth_admin_renew_oauth_secret", "A new secret; the old one is void (GoTrue)"));
    http::RouteOptions registration =
        client_route("auth_oauth_register", "A program registers itself, where that is allowed (RFC 7591)");
    registration.tag = "auth-oauth";
    registration.error_reasons = {"403 oauth_dynamic_client_registration_disabled", "400 validation_failed"};
    registration.is_public = true;
    registration.rate_bucket = "sensitive";
    at(Method::post, "/oauth/clients/register", post_registration, std::move(registration));
}

}  // namespace tt::auth::api
