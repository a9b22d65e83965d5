#include "platform/http/endpoint.hpp"
#include "platform/http/file_response.hpp"
#include "platform/http/multipart.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/avatars.hpp"

#include <algorithm>

namespace tt::user::api {
namespace {

constexpr std::string_view avatar_suffix = ".webp";
constexpr std::size_t form_overhead_bytes = 16 << 10;  // boundaries, heads and a few small fields around the picture
constexpr std::size_t avatar_body_limit = image::PictureLimits{}.max_bytes + form_overhead_bytes;
// The name is the content: it cannot change.
constexpr std::string_view immutable_cache = "public, max-age=31536000, immutable";
constexpr std::string_view nothing_runs_policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// The picture of a request: the body, or the one file of a form.
Result<std::string> picture_of(http::Request& request) {
    const std::string_view content_type = request.header("content-type");
    if (!http::is_multipart_form(content_type)) return std::move(request.body);
    const auto parts = http::parse_multipart(content_type, request.body);
    if (!parts) return parts.error();
    const auto is_file = [](const http::FormPart& part) { return !part.file_name.empty(); };
    const auto file = std::ranges::find_if(*parts, is_file);
    if (file == parts->end() || std::ranges::count_if(*parts, is_file) != 1) {
        return Error{Code::invalid_argument, "bad_multipart", "The form must have exactly one file."};
    }
    return std::string(file->content);
}

http::Response profile_response(const Profile& profile) {
    auto response = http::json_response(200, json::write(profile));
    response.headers.set("ETag", http::etag_of(profile.row_version));
    return response;
}

Task<http::Response> put_avatar(Avatars& avatars, http::Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return http::render_error(caller.error(), request);
    auto picture = picture_of(request);
    if (!picture) co_return http::render_error(picture.error(), request);
    const auto profile = co_await avatars.put(principal(request), std::move(*picture));
    if (!profile) co_return http::render_error(profile.error(), request);
    co_return profile_response(*profile);
}

Task<http::Response> delete_avatar(Avatars& avatars, http::Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return http::render_error(caller.error(), request);
    const auto profile = co_await avatars.remove(principal(request));
    if (!profile) co_return http::render_error(profile.error(), request);
    co_return profile_response(*profile);
}

Task<http::Response> get_avatar(Avatars& avatars, http::Request& request) {
    const std::string_view file = request.param("file");
    std::optional<storage::OpenObject> object;
    if (file.ends_with(avatar_suffix)) {
        object = co_await avatars.open(std::string(file.substr(0, file.size() - avatar_suffix.size())));
    }
    if (!object) {
        const Error missing{Code::not_found, "media_not_found", "There is no such file."};
        co_return http::render_error(missing, request);
    }
    auto response = http::file_response(request, object->path,
                                        {.content_type = "image/webp",
                                         .etag = '"' + std::string(file) + '"',
                                         .cache_control = std::string(immutable_cache)});
    response.headers.set("content-security-policy", nothing_runs_policy);
    response.headers.set("x-content-type-options", "nosniff");
    // The other site shows it, too.
    response.headers.set("cross-origin-resource-policy", "cross-origin");
    co_return response;
}

}  // namespace

void mount_avatar(http::Router& router, Avatars& avatars) {
    router.route(http::Method::put, "/api/v1/profile/avatar",
                 [&avatars](http::Request& request) { return put_avatar(avatars, request); },
                 {.operation_id = "put_avatar",
                  .summary = "The caller's picture: PNG, JPEG, WebP or GIF as the body or as the one file of a form",
                  .tag = "profile",
                  .body_limit_bytes = avatar_body_limit,
                  .error_reasons = {"400 bad_multipart", "401 unauthenticated", "413 body_too_large",
                                    "415 unsupported_image", "422 image_too_large", "422 image_unreadable"},
                  .rate_bucket = "sensitive"});
    router.route(http::Method::delete_, "/api/v1/profile/avatar",
                 [&avatars](http::Request& request) { return delete_avatar(avatars, request); },
                 {.operation_id = "delete_avatar",
                  .summary = "No picture any more",
                  .tag = "profile",
                  .error_reasons = {"401 unauthenticated"}});
    router.route(http::Method::get, "/media/avatars/{file}",
                 [&avatars](http::Request& request) { return get_avatar(avatars, request); },
                 {.operation_id = "get_avatar",
                  .summary = "Somebody's picture; its name is its content, so it never changes",
                  .tag = "media",
                  .error_reasons = {"404 media_not_found"},
                  .is_public = true,
                  .rate_bucket = "none"});
}

}  // namespace tt::user::api
