#include "api-gateway/src/forwarding.hpp"

#include "shared/middleware/issuer_sources.hpp"

namespace tt::gateway {
namespace {

/// An upload passes through the gateway's memory; larger archives go to the half's own process or `./tt import`.
constexpr std::size_t import_limit_bytes = 64 << 20;
/// A picture of 5 MiB and the form around it; the service itself decides.
constexpr std::size_t avatar_limit_bytes = 6 << 20;

Forwarding auth_routes(const std::string& url) {
    return {.patterns = {"/auth/v1/{rest...}", "/api/v1/session-handoff", "/api/v1/session-handoff/exchange",
                         "/api/v1/admin/claim", "/api/v1/api-keys/{rest...}", "/api/v1/api-keys", "/api/v1/roles",
                         "/api/v1/roles/{name}", "/api/v1/users/{id}/roles", "/api/v1/audit", "/api/v1/audit/{rest...}",
                         "/.well-known/oauth-authorization-server/auth/v1"},
            .base_url = url,
            .rate_bucket = "sensitive"};
}

Forwarding profile_routes(const std::string& url) {
    return {.patterns = {"/api/v1/profile", "/api/v1/preferences", "/api/v1/exports", "/api/v1/exports/{rest...}",
                         "/api/v1/organizations", "/api/v1/organizations/{rest...}", "/api/v1/invitations/{rest...}"},
            .base_url = url};
}

Forwarding avatar_upload(const std::string& url) {
    return {.patterns = {"/api/v1/profile/avatar"}, .base_url = url, .body_limit_bytes = avatar_limit_bytes};
}

Forwarding avatar_files(const std::string& url) {
    return {
        .patterns = {"/media/avatars/{file}"}, .base_url = url, .rate_bucket = "none", .methods = {http::Method::get}};
}

Forwarding data_routes(const std::string& url) {
    return {.patterns = {"/rest/v1/{rest...}"}, .base_url = url};
}

Forwarding peer_routes(std::vector<std::string> patterns, const std::string& url) {
    return {.patterns = std::move(patterns), .base_url = url, .rate_bucket = "none"};
}

}  // namespace

std::vector<Forwarding> shared_forwarding(const std::string& site_url) {
    return {auth_routes(site_url), profile_routes(site_url), avatar_upload(site_url), avatar_files(site_url)};
}

std::vector<Forwarding> site_forwarding(const ServiceAddresses& services) {
    const auto& content = services.content_url;
    return {
        auth_routes(services.auth_url),
        profile_routes(services.user_url),
        avatar_upload(services.user_url),
        avatar_files(services.user_url),
        data_routes(services.site_rest_url),
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
}

std::vector<Forwarding> academy_forwarding(const ServiceAddresses& services) {
    const auto& course = services.course_url;
    const auto& progress = services.progress_url;
    return {
        auth_routes(services.auth_url),
        profile_routes(services.user_url),
        avatar_upload(services.user_url),
        avatar_files(services.user_url),
        data_routes(services.academy_rest_url),
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
}

}  // namespace tt::gateway
