#include "services/auth-service/src/roles.hpp"

#include "platform/http/endpoint.hpp"
#include "services/auth-service/src/api/people.hpp"
#include "shared/types/permissions.hpp"

namespace tt::auth::api {

struct PermissionBody {
    std::string name;
    std::string description;
};
BOOST_DESCRIBE_STRUCT(PermissionBody, (), (name, description))

struct RoleList {
    std::vector<Role> items;
    std::vector<PermissionBody> permissions;
};
BOOST_DESCRIBE_STRUCT(RoleList, (), (items, permissions))

struct UserRolesBody {
    std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(UserRolesBody, (), (roles))

namespace {

template <class Body>
using RoleAnswer = Result<http::Reply<Body>>;

Error no_such_account() {
    return {Code::not_found, "user_not_found", "There is no such account."};
}

Task<RoleAnswer<RoleList>> get_roles(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_permitted(auth, request, permission::roles_manage);
    if (!actor) co_return actor.error();
    http::Reply<RoleList> reply;
    reply.body.items = co_await auth.people().roles().list();
    for (const auto& known : permission::all) {
        reply.body.permissions.push_back({std::string(known.name), std::string(known.description)});
    }
    co_return reply;
}

Task<RoleAnswer<Role>> post_role(AuthService& auth, http::Request& request, RoleWish wish) {
    auto actor = co_await require_permitted(auth, request, permission::roles_manage);
    if (!actor) co_return actor.error();
    auto made = co_await auth.people().roles().create(std::move(*actor), std::move(wish));
    if (!made) co_return made.error();
    co_return http::Reply<Role>{201, std::move(*made), {}};
}

Task<RoleAnswer<Role>> patch_role(AuthService& auth, http::Request& request, RoleChange change) {
    auto actor = co_await require_permitted(auth, request, permission::roles_manage);
    if (!actor) co_return actor.error();
    std::string name(request.param("name"));
    auto changed = co_await auth.people().roles().change(std::move(*actor), std::move(name), std::move(change));
    if (!changed) co_return changed.error();
    co_return http::Reply<Role>{200, std::move(*changed), {}};
}

Task<RoleAnswer<http::NoBody>> delete_role(AuthService& auth, http::Request& request) {
    auto actor = co_await require_permitted(auth, request, permission::roles_manage);
    if (!actor) co_return actor.error();
    const auto removed = co_await auth.people().roles().remove(std::move(*actor), std::string(request.param("name")));
    if (!removed) co_return removed.error();
    co_return http::Reply<http::NoBody>{};
}

Task<RoleAnswer<UserRoles>> get_user_roles(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_permitted(auth, request, permission::roles_manage);
    if (!actor) co_return actor.error();
    const auto id = request.uuid_param("id");
    if (!id) co_return no_such_account();
    auto found = co_await auth.people().roles().of_user(UserId{*id});
    if (!found) co_return found.error();
    co_return http::Reply<UserRoles>{200, std::move(*found), {}};
}

Task<RoleAnswer<UserRoles>> put_user_roles(AuthService& auth, http::Request& request, UserRolesBody body) {
    auto actor = co_await require_permitted(auth, request, permission::roles_manage);
    if (!actor) co_return actor.error();
    const auto id = request.uuid_param("id");
    if (!id) co_return no_such_account();
    auto given = co_await auth.people().roles().set_for_user(std::move(*actor), UserId{*id}, std::move(body.roles));
    if (!given) co_return given.error();
    co_return http::Reply<UserRoles>{200, std::move(*given), {}};
}

http::RouteOptions role_options(std::string id, std::string summary, std::vector<std::string> reasons) {
    reasons.insert(reasons.begin(), {"401 unauthenticated", "403 permission_required", "403 insufficient_aal"});
    return {.operation_id = std::move(id),
            .summary = std::move(summary),
            .tag = "roles",
            .error_reasons = std::move(reasons)};
}

}  // namespace

void mount_roles(http::Router& router, AuthService& auth) {
    using http::Method;
    using http::NoBody;
    router.typed<NoBody, RoleList>(
        Method::get, "/api/v1/roles", [&auth](http::Request& request, NoBody) { return get_roles(auth, request); },
        role_options("list_roles", "All roles, and the permissions there are", {}));
    router.typed<RoleWish, Role>(
        Method::post, "/api/v1/roles",
        [&auth](http::Request& request, RoleWish wish) { return post_role(auth, request, std::move(wish)); },
        role_options("create_role", "A role of one's own",
                     {"400 validation_failed", "409 role_exists", "409 too_many_roles", "422 unknown_permission"}));
    router.typed<RoleChange, Role>(
        Method::patch, "/api/v1/roles/{name}",
        [&auth](http::Request& request, RoleChange change) { return patch_role(auth, request, std::move(change)); },
        role_options("change_role", "Changes what it allows; who has it is held to that within seconds",
                     {"404 role_not_found", "409 role_is_builtin", "422 unknown_permission"}));
    router.typed<NoBody, NoBody>(
        Method::delete_, "/api/v1/roles/{name}",
        [&auth](http::Request& request, NoBody) { return delete_role(auth, request); },
        role_options("delete_role", "Deletes a role that nobody has",
                     {"404 role_not_found", "409 role_is_builtin", "409 role_in_use"}));
    router.typed<NoBody, UserRoles>(
        Method::get, "/api/v1/users/{id}/roles",
        [&auth](http::Request& request, NoBody) { return get_user_roles(auth, request); },
        role_options("get_user_roles", "What somebody may do", {"404 user_not_found"}));
    router.typed<UserRolesBody, UserRoles>(
        Method::put, "/api/v1/users/{id}/roles",
        [&auth](http::Request& request, UserRolesBody body) { return put_user_roles(auth, request, std::move(body)); },
        role_options("set_user_roles", "Gives and takes roles; what is taken is refused within seconds",
                     {"404 user_not_found", "409 last_administrator", "422 unknown_role"}));
}

}  // namespace tt::auth::api

template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::auth::api::UserRolesBody::roles>{.max_items = 50};
