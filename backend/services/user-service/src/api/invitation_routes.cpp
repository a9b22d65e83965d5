#include "platform/http/endpoint.hpp"
#include "services/user-service/src/api/organization_call.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/invitations.hpp"

namespace tt::user::api {
namespace {

using http::Method;
using http::NoBody;
using http::Reply;
using http::Request;

Task<Result<Reply<InvitationList>>> get_invitations(Invitations& invitations, Request& request) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    auto list = co_await invitations.list(call->caller, call->organization);
    if (!list) co_return list.error();
    co_return Reply<InvitationList>{200, std::move(*list), {}};
}

Task<Result<Reply<store::InvitationRow>>> post_invitation(Invitations& invitations, Request& request,
                                                          InvitationWish wish) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    auto made = co_await invitations.invite(call->caller, call->organization, std::move(wish));
    if (!made) co_return made.error();
    co_return Reply<store::InvitationRow>{201, std::move(*made), {}};
}

Task<Result<Reply<NoBody>>> delete_invitation(Invitations& invitations, Request& request) {
    const auto call = organization_call(request);
    if (!call) co_return call.error();
    const Uuid invitation = request.uuid_param("invitation_id").value_or(Uuid{});
    const auto taken_back = co_await invitations.take_back(call->caller, call->organization, invitation);
    if (!taken_back) co_return taken_back.error();
    co_return Reply<NoBody>{};
}

Task<Result<Reply<InvitationPreview>>> post_preview(Invitations& invitations, InvitationToken body) {
    auto seen = co_await invitations.preview(std::move(body.token));
    if (!seen) co_return seen.error();
    Reply<InvitationPreview> reply{200, std::move(*seen), {}};
    reply.headers.set("Cache-Control", "no-store");
    co_return reply;
}

Task<Result<Reply<store::OrganizationRow>>> post_accept(Invitations& invitations, Request& request,
                                                        InvitationToken body) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    auto joined = co_await invitations.accept(principal(request), std::move(body.token));
    if (!joined) co_return joined.error();
    co_return Reply<store::OrganizationRow>{200, std::move(*joined), {}};
}

}  // namespace

void mount_invitations(http::Router& router, Invitations& invitations) {
    const std::string path = "/api/v1/organizations/{id}/invitations";
    router.typed<NoBody, InvitationList>(
        Method::get, path, [&invitations](Request& request, NoBody) { return get_invitations(invitations, request); },
        {.operation_id = "list_invitations",
         .summary = "Invitations that wait",
         .tag = "organizations",
         .error_reasons = {"401 unauthenticated", "404 organization_not_found", "403 organization_role_required"}});
    router.typed<InvitationWish, store::InvitationRow>(
        Method::post, path,
        [&invitations](Request& request, InvitationWish wish) {
            return post_invitation(invitations, request, std::move(wish));
        },
        {.operation_id = "invite_member",
         .summary = "Invites an address by mail",
         .tag = "organizations",
         .error_reasons = {"400 validation_failed", "401 unauthenticated", "404 organization_not_found",
                           "403 organization_role_required", "409 already_member", "409 already_invited",
                           "409 organization_full", "429 too_many_invitations"},
         .rate_bucket = "sensitive"});
    router.typed<NoBody, NoBody>(
        Method::delete_, path + "/{invitation_id}",
        [&invitations](Request& request, NoBody) { return delete_invitation(invitations, request); },
        {.operation_id = "take_back_invitation",
         .summary = "The link does not work any more",
         .tag = "organizations",
         .error_reasons = {"401 unauthenticated", "404 organization_not_found", "404 invitation_not_found",
                           "403 organization_role_required"}});
    router.typed<InvitationToken, InvitationPreview>(
        Method::post, "/api/v1/invitations/preview",
        [&invitations](Request&, InvitationToken body) { return post_preview(invitations, std::move(body)); },
        {.operation_id = "preview_invitation",
         .summary = "What the link in the mail is for; changes nothing",
         .tag = "organizations",
         .error_reasons = {"404 invitation_not_found", "410 invitation_expired", "410 invitation_used"},
         .is_public = true,
         .rate_bucket = "sensitive"});
    router.typed<InvitationToken, store::OrganizationRow>(
        Method::post, "/api/v1/invitations/accept",
        [&invitations](Request& request, InvitationToken body) {
            return post_accept(invitations, request, std::move(body));
        },
        {.operation_id = "accept_invitation",
         .summary = "Joins the organisation; works once",
         .tag = "organizations",
         .error_reasons = {"401 unauthenticated", "404 invitation_not_found", "410 invitation_expired",
                           "410 invitation_used", "403 invitation_for_other_address", "409 organization_full",
                           "409 too_many_organizations"},
         .rate_bucket = "sensitive"});
}

}  // namespace tt::user::api
