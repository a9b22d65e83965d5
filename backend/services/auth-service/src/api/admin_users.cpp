#include "platform/core/text.hpp"
#include "platform/json/member.hpp"
#include "services/auth-service/src/api/admin.hpp"
#include "services/auth-service/src/api/wire.hpp"
#include "services/auth-service/src/domain/ban_duration.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace tt::auth::api {
namespace {

namespace bj = boost::json;

constexpr std::uint64_t default_users_per_page = 50;  // as upstream
constexpr std::uint64_t most_users_per_page = 1000;

Error bad_admin_input(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

/// Whether the oldest come first.
Result<bool> sort_order(const http::Request& request) {
    const auto sort = request.query_param("sort");
    if (!sort) return false;
    const auto space = sort->find(' ');
    if (sort->substr(0, space) != "created_at") {
        return bad_admin_input("Bad Sort Parameters: bad field for sort '" + *sort + "'");
    }
    const std::string direction = space == std::string::npos ? "desc" : lower_ascii(sort->substr(space + 1));
    if (direction == "asc") return true;
    if (direction == "desc") return false;
    return bad_admin_input("Bad Sort Parameters: only 'asc' and 'desc' allowed");
}

struct UserListing {
    UserQuery query;
    PageLinks links;
    bool is_keyset = false;
};

Result<UserListing> listing_of(const http::Request& request) {
    UserListing listing;
    const auto order = sort_order(request);
    if (!order) return order.error();
    listing.query.oldest_first = *order;
    listing.query.filter = request.query_param("filter").value_or("");
    listing.query.email = request.query_param("email").value_or("");
    const bool asks_for_cursor = request.query_param("limit") || request.query_param("cursor");
    listing.is_keyset = asks_for_cursor && !request.query_param("page") && !request.query_param("per_page");
    const auto size =
        parse_page_number(request.query_param(listing.is_keyset ? "limit" : "per_page"), default_users_per_page);
    if (!size) return size.error();
    if (*size == 0) return bad_admin_input("Bad Pagination Parameters: must be greater than 0");
    listing.query.limit = std::min(*size, most_users_per_page);
    if (listing.is_keyset) {
        listing.query.wants_total = false;
        const std::string cursor = request.query_param("cursor").value_or("");
        if (cursor.empty()) return listing;
        const auto after = parse_user_cursor(cursor);
        if (!after) return after.error();
        listing.query.after = *after;
        return listing;
    }
    const auto page = parse_page_number(request.query_param("page"), 1);
    if (!page) return page.error();
    listing.links.page = std::max<std::uint64_t>(*page, 1);
    listing.links.per_page = listing.query.limit;
    listing.query.offset = std::min((listing.links.page - 1), std::uint64_t{1} << 40) * listing.query.limit;
    return listing;
}

std::string other_parameters(const http::Request& request, std::string_view left_out) {
    std::string query;
    for (const auto& [name, value] : request.query_params()) {
        if (name == left_out) continue;
        if (!query.empty()) query += '&';
        query += http::percent_encode(name) + '=' + http::percent_encode(value);
    }
    return query;
}

bj::array users_json(const UserPage& page) {
    bj::array users;
    for (const UserView& view : page.users) users.push_back(user_json(view));
    return users;
}

http::Response no_store(http::Response response) {
    response.headers.set("Cache-Control", "no-store");
    return response;
}

http::Response keyset_response(const http::Request& request, const UserPage& page) {
    bj::object pagination{{"has_more", page.next.has_value()}};
    std::string link;
    if (page.next) {
        const std::string cursor = write_user_cursor(*page.next);
        pagination["next_cursor"] = cursor;
        const std::string others = other_parameters(request, "cursor");
        link = "</admin/users?cursor=" + cursor + (others.empty() ? "" : "&" + others) + ">; rel=\"next\"";
    }
    const bj::object body{{"users", users_json(page)}, {"aud", "authenticated"}, {"pagination", pagination}};
    auto response = no_store(http::json_response(200, bj::serialize(body)));
    if (!link.empty()) response.headers.set("Link", link);
    return response;
}

http::Response page_response(const http::Request& request, PageLinks links, const UserPage& page) {
    links.total = page.total;
    links.path = "/admin/users";
    links.query = other_parameters(request, "page");
    bj::object body{{"users", users_json(page)}, {"aud", "authenticated"}, {"total", page.total}};
    body["next_page"] = page_count(links) > links.page ? bj::value(links.page + 1) : bj::value();
    auto response = no_store(http::json_response(200, bj::serialize(body)));
    response.headers.set("Link", link_header(links));
    response.headers.set("X-Total-Count", std::to_string(page.total));
    return response;
}

Task<http::Response> get_users(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request, permission::users_read);
    if (!actor) co_return refuse(actor.error(), request);
    const auto listing = listing_of(request);
    if (!listing) co_return refuse(listing.error(), request);
    const UserPage page = co_await auth.administration().users().list(listing->query);
    if (listing->is_keyset) co_return keyset_response(request, page);
    co_return page_response(request, listing->links, page);
}

bool flag(const bj::object& body, std::string_view name) {
    const bj::value* value = body.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}

Result<std::optional<bj::object>> metadata_in(const bj::object& body, std::string_view name) {
    const bj::value* value = body.if_contains(name);
    if (!value || value->is_null()) return std::optional<bj::object>();
    auto given = object(body, name);
    if (!given) return given.error();
    return std::optional(std::move(*given));
}

Result<std::optional<Uuid>> new_id_in(const bj::object& body) {
    const std::string given = json::text_member(body, "id");
    if (given.empty()) return std::optional<Uuid>();
    const auto id = parse_uuid(given);
    if (!id) return bad_admin_input("ID must conform to the uuid v4 format");
    if (*id == Uuid{}) return bad_admin_input("ID cannot be a nil uuid");
    return std::optional(*id);
}

Result<AdminUserWish> wish_in(const http::Request& request) {
    const auto body =
        read_body(request, {"id", "aud", "role", "email", "phone", "password", "password_hash", "ban_duration"});
    if (!body) return body.error();
    AdminUserWish wish;
    wish.email = json::text_member(*body, "email");
    wish.phone = json::text_member(*body, "phone");
    wish.password_hash = json::text_member(*body, "password_hash");
    const bj::value* password = body->if_contains("password");
    if (password && password->is_string()) wish.password = json::text_member(*body, "password");
    wish.email_confirm = flag(*body, "email_confirm");
    wish.phone_confirm = flag(*body, "phone_confirm");
    auto user_metadata = metadata_in(*body, "user_metadata");
    if (!user_metadata) return user_metadata.error();
    wish.user_metadata = std::move(*user_metadata);
    auto app_metadata = metadata_in(*body, "app_metadata");
    if (!app_metadata) return app_metadata.error();
    wish.app_metadata = std::move(*app_metadata);
    // The database role of a person is always the same; what they may do says app_metadata.roles.
    const std::string role = json::text_member(*body, "role");
    if (!role.empty() && role != "authenticated") return bad_admin_input("The only role of a user is authenticated");
    const auto id = new_id_in(*body);
    if (!id) return id.error();
    wish.id = *id;
    if (const std::string ban = json::text_member(*body, "ban_duration"); !ban.empty()) {
        const auto duration = parse_ban_duration(ban);
        if (!duration) return duration.error();
        wish.ban_duration = *duration;
    }
    return wish;
}

Task<http::Response> post_user(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request, permission::users_manage);
    if (!actor) co_return refuse(actor.error(), request);
    auto wish = wish_in(request);
    if (!wish) co_return refuse(wish.error(), request);
    const auto view = co_await auth.administration().users().create(*actor, std::move(*wish));
    if (!view) co_return refuse(view.error(), request);
    co_return user_response(*view);
}

Task<http::Response> get_user_by_id(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request, permission::users_read);
    if (!actor) co_return refuse(actor.error(), request);
    const auto id = id_in_path(request, "user_id");
    if (!id) co_return refuse(id.error(), request);
    const auto view = co_await auth.administration().users().find(UserId{*id});
    if (!view) co_return refuse(view.error(), request);
    co_return user_response(*view);
}

Task<http::Response> put_user_by_id(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request, permission::users_manage);
    if (!actor) co_return refuse(actor.error(), request);
    const auto id = id_in_path(request, "user_id");
    if (!id) co_return refuse(id.error(), request);
    auto wish = wish_in(request);
    if (!wish) co_return refuse(wish.error(), request);
    wish->id.reset();  // an id is for ever
    const auto view = co_await auth.administration().users().change(*actor, UserId{*id}, std::move(*wish));
    if (!view) co_return refuse(view.error(), request);
    co_return user_response(*view);
}

Task<http::Response> delete_user_by_id(AuthService& auth, http::Request& request) {
    const auto actor = co_await require_admin(auth, request, permission::users_manage);
    if (!actor) co_return refuse(actor.error(), request);
    const auto id = id_in_path(request, "user_id");
    if (!id) co_return refuse(id.error(), request);
    const auto body = read_body(request, {});
    if (!body) co_return refuse(body.error(), request);
    const auto removed =
        co_await auth.administration().users().remove(*actor, UserId{*id}, flag(*body, "should_soft_delete"));
    if (!removed) co_return refuse(removed.error(), request);
    co_return http::json_response(200, "{}");
}

http::RouteOptions admin_options(std::string id, std::string summary, std::vector<std::string> reasons = {}) {
    reasons.insert(reasons.begin(), {"401 no_authorization", "403 bad_jwt", "403 not_admin", "403 insufficient_aal"});
    http::RouteOptions made;
    made.operation_id = std::move(id);
    made.summary = std::move(summary);
    made.tag = "auth-admin";
    made.error_reasons = std::move(reasons);
    return made;
}

}  // namespace

void mount_admin_users(http::Router& router, AuthService& auth) {
    using http::Method;
    const auto at = [&](Method method, std::string path, auto handler, http::RouteOptions options) {
        router.route(
            method, "/auth/v1/admin" + path,
            [&auth, handler](http::Request& request) { return handler(auth, request); }, std::move(options));
    };
    at(Method::get, "/users", get_users,
       admin_options("auth_admin_list_users", "People, a page at a time (GoTrue)", {"400 validation_failed"}));
    at(Method::post, "/users", post_user,
       admin_options("auth_admin_create_user", "Makes an account (GoTrue)",
                     {"400 validation_failed", "403 permission_required", "422 email_exists", "422 phone_exists",
                      "422 weak_password", "422 unknown_role"}));
    at(Method::get, "/users/{user_id}", get_user_by_id,
       admin_options("auth_admin_get_user", "One person (GoTrue)", {"404 user_not_found"}));
    at(Method::put, "/users/{user_id}", put_user_by_id,
       admin_options("auth_admin_change_user", "Changes, confirms or bans an account (GoTrue)",
                     {"400 validation_failed", "403 permission_required", "404 user_not_found",
                      "409 last_administrator", "422 email_exists", "422 phone_exists", "422 unknown_role"}));
    at(Method::delete_, "/users/{user_id}", delete_user_by_id,
       admin_options("auth_admin_delete_user", "Removes an account, or retires it softly (GoTrue)",
                     {"403 permission_required", "404 user_not_found", "409 last_administrator"}));
}

}  // namespace tt::auth::api
