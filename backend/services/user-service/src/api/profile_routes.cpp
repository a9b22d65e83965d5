#include "platform/http/endpoint.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/profiles.hpp"

namespace tt::user::api {
namespace {

template <class Body>
http::Reply<Body> versioned(Body body) {
    http::Reply<Body> reply{.body = std::move(body)};
    reply.headers.set("ETag", http::etag_of(reply.body.row_version));
    return reply;
}

Task<Result<http::Reply<Profile>>> get_profile(Profiles& profiles, http::Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    auto profile = co_await profiles.find(principal(request));
    if (!profile) co_return profile.error();
    co_return versioned(std::move(*profile));
}

Task<Result<http::Reply<Profile>>> patch_profile(Profiles& profiles, http::Request& request, ProfileChange change) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    const auto if_version = wanted_version(request);
    if (!if_version) co_return if_version.error();
    auto changed = co_await profiles.change(principal(request), std::move(change), *if_version);
    if (!changed) co_return changed.error();
    co_return versioned(std::move(*changed));
}

Task<Result<http::Reply<Preferences>>> get_preferences(Profiles& profiles, http::Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    auto preferences = co_await profiles.preferences(principal(request));
    if (!preferences) co_return preferences.error();
    co_return versioned(std::move(*preferences));
}

Task<Result<http::Reply<Preferences>>> patch_preferences(Profiles& profiles, http::Request& request,
                                                         PreferencesChange change) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    const auto if_version = wanted_version(request);
    if (!if_version) co_return if_version.error();
    auto changed = co_await profiles.change_preferences(principal(request), std::move(change), *if_version);
    if (!changed) co_return changed.error();
    co_return versioned(std::move(*changed));
}

}  // namespace

Result<std::optional<std::int64_t>> wanted_version(const http::Request& request) {
    const auto if_version = http::if_match_version(request);
    const std::string_view if_match = request.header("if-match");
    if (!if_match.empty() && if_match != "*" && !if_version) {
        return Error{Code::precondition_failed, "precondition_failed", "If-Match is no version of this profile."};
    }
    return if_version;
}

void mount_profile(http::Router& router, Profiles& profiles) {
    router.typed<http::NoBody, Profile>(
        http::Method::get, "/api/v1/profile",
        [&profiles](http::Request& request, http::NoBody) { return get_profile(profiles, request); },
        {.operation_id = "get_profile",
         .summary = "The caller's profile",
         .tag = "profile",
         .error_reasons = {"401 unauthenticated"}});
    router.typed<ProfileChange, Profile>(
        http::Method::patch, "/api/v1/profile",
        [&profiles](http::Request& request, ProfileChange change) {
            return patch_profile(profiles, request, std::move(change));
        },
        {.operation_id = "change_profile",
         .summary = "Changes what is given; If-Match with row_version refuses a lost update",
         .tag = "profile",
         .error_reasons = {"400 validation_failed", "401 unauthenticated", "412 precondition_failed",
                           "422 unknown_time_zone"}});
}

void mount_preferences(http::Router& router, Profiles& profiles) {
    router.typed<http::NoBody, Preferences>(
        http::Method::get, "/api/v1/preferences",
        [&profiles](http::Request& request, http::NoBody) { return get_preferences(profiles, request); },
        {.operation_id = "get_preferences",
         .summary = "Language, time zone, theme and which mails the caller wants",
         .tag = "profile",
         .error_reasons = {"401 unauthenticated"}});
    router.typed<PreferencesChange, Preferences>(
        http::Method::patch, "/api/v1/preferences",
        [&profiles](http::Request& request, PreferencesChange change) {
            return patch_preferences(profiles, request, std::move(change));
        },
        {.operation_id = "change_preferences",
         .summary = "Changes what is given; If-Match with row_version refuses a lost update",
         .tag = "profile",
         .error_reasons = {"400 validation_failed", "401 unauthenticated", "412 precondition_failed",
                           "422 unknown_time_zone"}});
}

}  // namespace tt::user::api
