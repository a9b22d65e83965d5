#include "api-gateway/src/forwarding.hpp"

#include "shared/middleware/issuer_sources.hpp"

namespace tt::gateway {
namespace {

/// An upload passes through the gateway's memory; larger archives go to the half's own process or `./tt import`.
constexpr std::size_t import_limit_bytes = 64 << 20;
/// A picture of 5 MiB and the form around it; the service itself decides.
constexpr std::size_t avatar_limit_bytes = 6 << 20;
constexpr std::size_t data_limit_bytes = 4 << 20;

using Forwardings = std::vector<Forwarding>;
using http::Method;

/// Routes that their service counts as sensitive, in the middle of others that it does not; gateway_test compares with
/// the API document.
Forwarding sensitive(Method method, std::vector<std::string> patterns, const std::string& url) {
    return {.patterns = std::move(patterns), .base_url = url, .rate_bucket = "sensitive", .methods = {method}};
}

Forwardings auth_routes(const std::string& url) {
    return {
        {.patterns = {"/auth/v1/{rest...}", "/api/v1/session-handoff", "/api/v1/admin/claim",
                      "/api/v1/api-keys/{rest...}", "/api/v1/api-keys", "/api/v1/roles", "/api/v1/roles/{name}",
                      "/api/v1/users/{id}/roles", "/api/v1/audit", "/api/v1/audit/{rest...}",
                      "/.well-known/oauth-authorization-server/auth/v1"},
         .base_url = url},
        sensitive(
            Method::get,
            {"/auth/v1/authorize", "/auth/v1/callback", "/auth/v1/factors/recovery-codes", "/auth/v1/oauth/authorize",
             "/auth/v1/passkeys", "/auth/v1/reauthenticate", "/auth/v1/user/identities/authorize", "/auth/v1/verify"},
            url),
        sensitive(Method::post,
                  {"/api/v1/session-handoff/exchange",
                   "/auth/v1/admin/users/{user_id}/impersonate",
                   "/auth/v1/callback",
                   "/auth/v1/factors",
                   "/auth/v1/factors/recovery-codes",
                   "/auth/v1/factors/recovery-codes/regenerate",
                   "/auth/v1/factors/recovery-codes/verify",
                   "/auth/v1/factors/{factor_id}/challenge",
                   "/auth/v1/factors/{factor_id}/verify",
                   "/auth/v1/magiclink",
                   "/auth/v1/oauth/clients/register",
                   "/auth/v1/oauth/token",
                   "/auth/v1/otp",
                   "/auth/v1/passkeys/authentication/options",
                   "/auth/v1/passkeys/authentication/verify",
                   "/auth/v1/passkeys/registration/options",
                   "/auth/v1/passkeys/registration/verify",
                   "/auth/v1/recover",
                   "/auth/v1/resend",
                   "/auth/v1/signup",
                   "/auth/v1/token",
                   "/auth/v1/user/restore",
                   "/auth/v1/verify"},
                  url),
        sensitive(Method::patch, {"/auth/v1/passkeys/{passkey_id}"}, url),
        sensitive(Method::delete_,
                  {"/auth/v1/factors/recovery-codes", "/auth/v1/factors/{factor_id}", "/auth/v1/passkeys/{passkey_id}",
                   "/auth/v1/user"},
                  url),
    };
}

Forwardings profile_routes(const std::string& url) {
    Forwarding picture = sensitive(Method::put, {"/api/v1/profile/avatar"}, url);
    picture.body_limit_bytes = avatar_limit_bytes;
    return {
        {.patterns = {"/api/v1/profile", "/api/v1/preferences", "/api/v1/exports/{rest...}", "/api/v1/organizations",
                      "/api/v1/organizations/{rest...}", "/api/v1/invitations/{rest...}"},
         .base_url = url},
        {.patterns = {"/api/v1/exports", "/api/v1/profile/avatar"},
         .base_url = url,
         .methods = {Method::get, Method::delete_}},
        sensitive(Method::post,
                  {"/api/v1/exports", "/api/v1/organizations/{id}/invitations", "/api/v1/invitations/preview",
                   "/api/v1/invitations/accept"},
                  url),
        std::move(picture),
        {.patterns = {"/media/avatars/{file}"}, .base_url = url, .rate_bucket = "none", .methods = {Method::get}},
    };
}

/// Its service counts what writes as sensitive, and takes larger bodies.
Forwardings data_routes(const std::string& url) {
    const std::vector<std::string> patterns{"/rest/v1", "/rest/v1/{rest...}"};
    return {
        {.patterns = patterns, .base_url = url, .methods = {Method::get, Method::query}},
        {.patterns = patterns,
         .base_url = url,
         .rate_bucket = "sensitive",
         .body_limit_bytes = data_limit_bytes,
         .methods = {Method::post, Method::put, Method::patch, Method::delete_}},
    };
}

Forwarding peer_routes(std::vector<std::string> patterns, const std::string& url) {
    return {.patterns = std::move(patterns), .base_url = url, .rate_bucket = "none"};
}

Forwardings joined(std::vector<Forwardings> groups) {
    Forwardings all;
    for (auto& group : groups) {
        for (auto& forwarding : group) all.push_back(std::move(forwarding));
    }
    return all;
}

}  // namespace

std::vector<Forwarding> shared_forwarding(const std::string& site_url) {
    return joined({auth_routes(site_url), profile_routes(site_url)});
}

std::vector<Forwarding> site_forwarding(const ServiceAddresses& services) {
    const auto& content = services.content_url;
    Forwardings own{
        {.patterns = {"/api/v1/posts", "/api/v1/posts/{slug}", "/api/v1/tags", "/api/v1/newsletter/{rest...}",
                      "/api/v1/quizzes/{rest...}", "/api/v1/quiz-sessions/{rest...}", "/api/v1/quiz-results/{rest...}",
                      "/api/v1/me/quiz-results"},
         .base_url = content},
        {.patterns = {"/api/v1/newsletter/subscriptions", "/api/v1/contact"},
         .base_url = content,
         .rate_bucket = "sensitive"},
        {.patterns = {"/feed.xml", "/blog/tag/{tag}/feed.xml", "/sitemap.xml", "/robots.txt"},
         .base_url = content,
         .rate_bucket = "none",
         .methods = {http::Method::get}},
        {.patterns = {"/u/{token}"}, .base_url = content, .methods = {http::Method::post}},
        peer_routes({"/internal/v1/sync/profiles", "/internal/v1/sync/profiles/buckets"}, services.user_url),
        peer_routes({revocations_path, api_key_check_path}, services.auth_url),
        peer_routes({"/internal/v1/events"}, content),
    };
    return joined({auth_routes(services.auth_url), profile_routes(services.user_url),
                   data_routes(services.site_rest_url), std::move(own)});
}

std::vector<Forwarding> academy_forwarding(const ServiceAddresses& services) {
    const auto& course = services.course_url;
    const auto& progress = services.progress_url;
    Forwardings own{
        {.patterns = {"/api/v1/courses", "/api/v1/courses/{slug}", "/api/v1/courses/{slug}/outline",
                      "/api/v1/lessons/{id}", "/api/v1/enrollments", "/api/v1/me/enrollments", "/functions/v1/enroll",
                      "/enroll", "/api/v1/admin/imports/{id}"},
         .base_url = course},
        {.patterns = {"/api/v1/admin/imports"}, .base_url = course, .body_limit_bytes = import_limit_bytes},
        {.patterns = {"/media/{rest...}"},
         .base_url = course,
         .rate_bucket = "none",
         .methods = {http::Method::get},
         .is_media = true},
        {.patterns = {"/api/v1/progress", "/functions/v1/progress"}, .base_url = progress, .rate_bucket = "telemetry"},
        {.patterns = {"/api/v1/attempts/{id}/answers/{slot}", "/api/v1/attempts/{id}/submit",
                      "/functions/v1/quiz-answer", "/functions/v1/quiz-submit"},
         .base_url = progress,
         .rate_bucket = "quiz-answer"},
        {.patterns = {"/api/v1/quizzes/{quiz_id}/attempts", "/api/v1/attempts/{id}", "/api/v1/me/certificates",
                      "/api/v1/courses/{slug}/certificate", "/api/v1/certificates/{rest...}",
                      "/functions/v1/quiz-start", "/functions/v1/certificate"},
         .base_url = progress},
        peer_routes({"/internal/v1/events", "/internal/v1/personal-data/courses"}, course),
        peer_routes({"/internal/v1/personal-data/progress"}, progress),
    };
    return joined({auth_routes(services.auth_url), profile_routes(services.user_url),
                   data_routes(services.academy_rest_url), std::move(own)});
}

}  // namespace tt::gateway
