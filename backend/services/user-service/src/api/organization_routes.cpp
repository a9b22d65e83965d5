#include "platform/http/endpoint.hpp"
#include "services/user-service/src/api/organization_call.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/organizations.hpp"

namespace tt::user::api {
namespace {

using http::Method;
using http::NoBody;
using http::Reply;
using http::Request;
using store::OrganizationRow;

template <class T>
using Answer = Result<Reply<T>>;

Result<UserId> member_param(const Request& request) {
    const auto member = UserId::parse(request.param("user_id"));
    if (!member) return member_not_found();
    return *member;
}

Task<Answer<OrganizationList>> get_organizations(Organizations& organizations, Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    Reply<OrganizationList> reply;
    reply.body = co_await organizations.list(principal(request));
    co_return reply;
}

Task<Answer<OrganizationRow>> post_organization(Organizations& organizations, Request& request, OrganizationName body) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    auto made = co_await organizations.create(principal(request), std::move(body.name));
    if (!made) co_return made.error();
    co_return Reply<OrganizationRow>{201, std::move(*made), {}};
}

Task<Answer<OrganizationRow>> get_organization(Organizations& organizations, Request& request) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    auto found = co_await organizations.find(call->caller, call->organization);
    if (!found) co_return found.error();
    co_return Reply<OrganizationRow>{200, std::move(*found), {}};
}

Task<Answer<OrganizationRow>> patch_organization(Organizations& organizations, Request& request,
                                                 OrganizationName body) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    auto renamed = co_await organizations.rename(call->caller, call->organization, std::move(body.name));
    if (!renamed) co_return renamed.error();
    co_return Reply<OrganizationRow>{200, std::move(*renamed), {}};
}

Task<Answer<NoBody>> delete_organization(Organizations& organizations, Request& request) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    const auto removed = co_await organizations.remove(call->caller, call->organization);
    if (!removed) co_return removed.error();
    co_return Reply<NoBody>{};
}

Task<Answer<MemberList>> get_members(Organizations& organizations, Request& request) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    const auto query = http::parse_query<MemberQuery>(request);
    if (!query) co_return query.error();
    auto members = co_await organizations.members(call->caller, call->organization, *query);
    if (!members) co_return members.error();
    co_return Reply<MemberList>{200, std::move(*members), {}};
}

Task<Answer<Member>> patch_member(Organizations& organizations, Request& request, MemberChange change) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    const auto member = member_param(request);
    if (!member) co_return member.error();
    auto changed = co_await organizations.change_member(call->caller, call->organization, *member, change.role);
    if (!changed) co_return changed.error();
    co_return Reply<Member>{200, std::move(*changed), {}};
}

Task<Answer<NoBody>> delete_member(Organizations& organizations, Request& request) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    const auto member = member_param(request);
    if (!member) co_return member.error();
    const auto removed = co_await organizations.remove_member(call->caller, call->organization, *member);
    if (!removed) co_return removed.error();
    co_return Reply<NoBody>{};
}

Task<Answer<CurrentOrganization>> post_switch(Organizations& organizations, Request& request) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    const auto entered = co_await organizations.enter(principal(request), call->organization);
    if (!entered) co_return entered.error();
    co_return Reply<CurrentOrganization>{200, *entered, {}};
}

Task<Answer<NoBody>> delete_current(Organizations& organizations, Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    const auto left = co_await organizations.leave_current(principal(request));
    if (!left) co_return left.error();
    co_return Reply<NoBody>{};
}

http::RouteOptions organization_options(std::string id, std::string summary, std::vector<std::string> reasons) {
    reasons.insert(reasons.begin(), "401 unauthenticated");
    return {.operation_id = std::move(id),
            .summary = std::move(summary),
            .tag = "organizations",
            .error_reasons = std::move(reasons)};
}

constexpr const char* not_found_reason = "404 organization_not_found";
constexpr const char* role_reason = "403 organization_role_required";

void mount_members(http::Router& router, Organizations& organizations) {
    http::RouteOptions list = organization_options("list_members", "Who belongs to it", {not_found_reason});
    list.query_type = &json::type_of<MemberQuery>;
    router.typed<NoBody, MemberList>(
        Method::get, "/api/v1/organizations/{id}/members",
        [&organizations](Request& request, NoBody) { return get_members(organizations, request); }, std::move(list));
    router.typed<MemberChange, Member>(
        Method::patch, "/api/v1/organizations/{id}/members/{user_id}",
        [&organizations](Request& request, MemberChange body) { return patch_member(organizations, request, body); },
        organization_options("change_member", "Gives a member another role",
                             {not_found_reason, "404 member_not_found", role_reason, "409 last_owner"}));
    router.typed<NoBody, NoBody>(
        Method::delete_, "/api/v1/organizations/{id}/members/{user_id}",
        [&organizations](Request& request, NoBody) { return delete_member(organizations, request); },
        organization_options("remove_member", "Removes a member, or oneself",
                             {not_found_reason, "404 member_not_found", role_reason, "409 last_owner"}));
}

}  // namespace

void mount_organizations(http::Router& router, Organizations& organizations) {
    router.typed<NoBody, OrganizationList>(
        Method::get, "/api/v1/organizations",
        [&organizations](Request& request, NoBody) { return get_organizations(organizations, request); },
        organization_options("list_organizations", "The caller's organisations", {}));
    router.typed<OrganizationName, OrganizationRow>(
        Method::post, "/api/v1/organizations",
        [&organizations](Request& request, OrganizationName body) {
            return post_organization(organizations, request, std::move(body));
        },
        organization_options("create_organization", "A new one; the caller is its owner",
                             {"400 validation_failed", "409 too_many_organizations"}));
    router.typed<NoBody, OrganizationRow>(
        Method::get, "/api/v1/organizations/{id}",
        [&organizations](Request& request, NoBody) { return get_organization(organizations, request); },
        organization_options("get_organization", "One of the caller's organisations", {not_found_reason}));
    router.typed<OrganizationName, OrganizationRow>(
        Method::patch, "/api/v1/organizations/{id}",
        [&organizations](Request& request, OrganizationName body) {
            return patch_organization(organizations, request, std::move(body));
        },
        organization_options("rename_organization", "Renames it",
                             {"400 validation_failed", not_found_reason, role_reason}));
    router.typed<NoBody, NoBody>(
        Method::delete_, "/api/v1/organizations/{id}",
        [&organizations](Request& request, NoBody) { return delete_organization(organizations, request); },
        organization_options("delete_organization", "Deletes it with all memberships",
                             {not_found_reason, role_reason}));
    router.typed<NoBody, CurrentOrganization>(
        Method::post, "/api/v1/organizations/{id}/switch",
        [&organizations](Request& request, NoBody) { return post_switch(organizations, request); },
        organization_options("switch_organization", "Puts the session into it; the next token names it",
                             {not_found_reason, "404 session_not_found"}));
    router.typed<NoBody, NoBody>(
        Method::delete_, "/api/v1/organizations/current",
        [&organizations](Request& request, NoBody) { return delete_current(organizations, request); },
        organization_options("leave_current_organization", "Puts the session into none", {"404 session_not_found"}));
    mount_members(router, organizations);
}

}  // namespace tt::user::api
