#include "platform/http/endpoint.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/service.hpp"

namespace tt::user::api {

Task<Result<http::Reply<Profile>>> get_profile(UserService& users, http::Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    auto profile = co_await users.profile(principal(request));
    http::Reply<Profile> reply{.body = std::move(profile)};
    reply.headers.set("ETag", http::etag_of(reply.body.row_version));
    co_return reply;
}

Task<Result<http::Reply<Profile>>> patch_profile(UserService& users, http::Request& request, ProfileChange change) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    const auto if_version = http::if_match_version(request);
    const std::string_view if_match = request.header("if-match");
    // A tag that is none of ours matches nothing (RFC 9110 §13.1.1); ignoring it would allow the lost update.
    if (!if_match.empty() && if_match != "*" && !if_version) {
        co_return Error{Code::precondition_failed, "precondition_failed", "If-Match is no version of this profile."};
    }
    auto changed = co_await users.change_profile(principal(request), std::move(change), if_version);
    if (!changed) co_return changed.error();
    http::Reply<Profile> reply{.body = std::move(*changed)};
    reply.headers.set("ETag", http::etag_of(reply.body.row_version));
    co_return reply;
}

void mount_profile(http::Router& router, UserService& users) {
    router.typed<http::NoBody, Profile>(
        http::Method::get, "/api/v1/profile",
        [&users](http::Request& request, http::NoBody) { return get_profile(users, request); },
        {.operation_id = "get_profile",
         .summary = "The caller's profile",
         .tag = "profile",
         .error_reasons = {"401 unauthenticated"}});
    router.typed<ProfileChange, Profile>(
        http::Method::patch, "/api/v1/profile",
        [&users](http::Request& request, ProfileChange change) {
            return patch_profile(users, request, std::move(change));
        },
        {.operation_id = "change_profile",
         .summary = "Changes what is given; If-Match with row_version refuses a lost update",
         .tag = "profile",
         .error_reasons = {"400 validation_failed", "401 unauthenticated", "412 precondition_failed",
                           "422 unknown_time_zone"}});
}

}  // namespace tt::user::api
