#include "services/course-service/src/media_service.hpp"

#include "platform/http/file_response.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tt::course {
namespace {

// A signed link lives longer than this (UrlSigner::default_lifetime), and the content behind a key never changes.
constexpr std::string_view signed_cache = "private, max-age=21600, immutable";
constexpr std::string_view public_cache = "public, max-age=86400";

constexpr std::string_view nothing_runs = "default-src 'none'; frame-ancestors 'none'; sandbox";
// A picture may style itself, nothing else: no script, no network.
constexpr std::string_view svg_policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox";
// An interactive page of a course runs in an origin of its own (no allow-same-origin): no cookies, no storage, no
// network; only the code and pictures written into it.
constexpr std::string_view page_policy =
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; media-src data: blob:; font-src data:; form-action 'none'; frame-ancestors 'self'";

Error not_found() {
    return {Code::not_found, "media_not_found", "There is no such file."};
}

/// Exactly exp and sig, once each: one permission has one URL, and nothing can be appended to it.
bool has_only_signature(const http::Request& request) {
    const auto parameters = request.query_params();
    return parameters.size() == 2 && request.query_param("exp") && request.query_param("sig");
}

bool starts_with_any(std::string_view text, const std::array<std::string_view, 3>& prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

}  // namespace

MediaPolicy media_policy(std::string_view content_type, bool is_framed) {
    if (content_type.starts_with("image/svg")) return {true, std::string(svg_policy)};
    if (starts_with_any(content_type, {"image/", "video/", "audio/"}) || content_type.starts_with("text/vtt"))
        return {true, std::string(nothing_runs)};
    // On its own in a tab the page would look like ours; in the lesson's frame it is what the author meant.
    if (content_type.starts_with("text/html") && is_framed) return {true, std::string(page_policy)};
    return {false, std::string(nothing_runs)};
}

MediaService::MediaService(db::Database academy, storage::ObjectStore& objects, const storage::UrlSigner& signer,
                           const Clock& clock)
    : academy_(std::move(academy)), objects_(objects), signer_(signer), clock_(clock) {}

void MediaService::mount(http::Router& router) {
    const auto signed_file = [this](http::Request& request) { return serve_signed(request); };
    router.route(http::Method::get, "/media/{key}/{name}", signed_file,
                 {.operation_id = "get_media",
                  .summary = "A file of a lesson, by the signed link the lesson gave; supports ranges",
                  .tag = "media",
                  .error_reasons = {"403 link_invalid", "403 link_expired", "404 media_not_found"},
                  .is_public = true,
                  .rate_bucket = "none"});
    const auto public_file = [this](http::Request& request) { return serve_public(request); };
    router.route(http::Method::get, "/media/public/{key}/{name}", public_file,
                 {.operation_id = "get_public_media",
                  .summary = "The picture of a published course's card",
                  .tag = "media",
                  .error_reasons = {"404 media_not_found"},
                  .is_public = true,
                  .rate_bucket = "none"});
}

Task<http::Response> MediaService::serve_signed(http::Request& request) {
    if (!has_only_signature(request)) {
        const Error refused{Code::permission_denied, "link_invalid", "This link was not made by this site."};
        co_return http::render_error(refused, request);
    }
    const std::string expires = *request.query_param("exp");
    const std::string signature = *request.query_param("sig");
    const auto allowed = signer_.verify(request.path(), expires, signature, clock_.now());
    if (!allowed) co_return http::render_error(allowed.error(), request);
    auto file = co_await store::find_media_file(academy_, std::string(request.param("key")),
                                                std::string(request.param("name")));
    co_return co_await send(request, std::move(file), std::string(signed_cache));
}

Task<http::Response> MediaService::serve_public(http::Request& request) {
    auto file = co_await store::find_public_media_file(academy_, std::string(request.param("key")),
                                                       std::string(request.param("name")));
    auto response = co_await send(request, std::move(file), std::string(public_cache));
    // The other site shows course cards, too.
    response.headers.set("cross-origin-resource-policy", "cross-origin");
    co_return response;
}

Task<http::Response> MediaService::send(http::Request& request, std::optional<store::MediaFile> file,
                                        std::string cache_control) {
    if (!file) co_return http::render_error(not_found(), request);
    const std::string key(request.param("key"));
    const auto object = co_await objects_.open(key);
    if (!object) co_return http::render_error(not_found(), request);
    const bool is_framed = request.header("sec-fetch-dest") == "iframe";
    const auto policy = media_policy(file->content_type, is_framed);
    http::FileResponseOptions options;
    options.content_type = file->content_type;
    const bool is_plain_text =
        file->content_type.starts_with("text/") && file->content_type.find(';') == std::string::npos;
    if (is_plain_text) options.content_type += "; charset=utf-8";
    options.etag = "\"" + key + "\"";
    options.cache_control = std::move(cache_control);
    if (!policy.is_inline) options.download_name = request.param("name");
    auto response = http::file_response(request, object->path, std::move(options));
    response.headers.set("content-security-policy", policy.content_security_policy);
    response.headers.set("x-content-type-options", "nosniff");
    if (file->content_type.starts_with("text/html")) {
        response.headers.set("vary", "sec-fetch-dest");
        response.headers.set("x-frame-options", "SAMEORIGIN");
    }
    co_return response;
}

}  // namespace tt::course
