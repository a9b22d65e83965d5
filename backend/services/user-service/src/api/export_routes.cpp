#include "platform/http/endpoint.hpp"
#include "platform/http/file_response.hpp"
#include "services/user-service/src/api/routes.hpp"
#include "services/user-service/src/exports.hpp"
#include "shared/types/principal.hpp"

namespace tt::user::api {
namespace {

using http::NoBody;
using http::Reply;
using http::Request;

Task<Result<Reply<Export>>> post_export(Exports& exports, Request& request, ExportWish wish) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    auto made = co_await exports.request(principal(request), wish.format);
    if (!made) co_return made.error();
    Reply<Export> reply{202, std::move(*made), {}};
    reply.headers.set("Location", "/api/v1/exports/" + to_string(reply.body.id));
    co_return reply;
}

Task<Result<Reply<ExportList>>> get_exports(Exports& exports, Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    auto list = co_await exports.list(*caller);
    Reply<ExportList> reply{200, std::move(list), {}};
    reply.headers.set("Cache-Control", "no-store");
    co_return reply;
}

Task<Result<Reply<Export>>> get_export(Exports& exports, Request& request) {
    const auto caller = require_user(request);
    if (!caller) co_return caller.error();
    auto found = co_await exports.find(*caller, request.uuid_param("id").value_or(Uuid{}));
    if (!found) co_return found.error();
    Reply<Export> reply{200, std::move(*found), {}};
    reply.headers.set("Cache-Control", "no-store");
    co_return reply;
}

Task<http::Response> get_export_file(Exports& exports, Request& request) {
    const UserId user{request.uuid_param("user_id").value_or(Uuid{})};
    const Uuid id = request.uuid_param("id").value_or(Uuid{});
    std::string expires = request.query_param("exp").value_or("");
    std::string signature = request.query_param("sig").value_or("");
    const auto file =
        co_await exports.open(std::string(request.path()), std::move(expires), std::move(signature), user, id);
    if (!file) co_return http::render_error(file.error(), request);
    auto response = http::file_response(request, file->object.path,
                                        {.content_type = file->content_type,
                                         .cache_control = "private, no-store",
                                         .download_name = std::string(request.param("name"))});
    response.headers.set("referrer-policy", "no-referrer");
    co_return response;
}

}  // namespace

void mount_exports(http::Router& router, Exports& exports) {
    router.typed<ExportWish, Export>(
        http::Method::post, "/api/v1/exports",
        [&exports](Request& request, ExportWish wish) { return post_export(exports, request, wish); },
        {.operation_id = "request_export",
         .summary = "A copy of all data of the caller; while one is being made, or is a day old at most, that one",
         .tag = "profile",
         .error_reasons = {"400 validation_failed", "401 unauthenticated"},
         .rate_bucket = "sensitive"});
    router.typed<NoBody, ExportList>(http::Method::get, "/api/v1/exports",
                                     [&exports](Request& request, NoBody) { return get_exports(exports, request); },
                                     {.operation_id = "list_exports",
                                      .summary = "The caller's exports, the newest first",
                                      .tag = "profile",
                                      .error_reasons = {"401 unauthenticated"}});
    router.typed<NoBody, Export>(http::Method::get, "/api/v1/exports/{id}",
                                 [&exports](Request& request, NoBody) { return get_export(exports, request); },
                                 {.operation_id = "get_export",
                                  .summary = "How far an export is, and a fresh link when it is ready",
                                  .tag = "profile",
                                  .error_reasons = {"401 unauthenticated", "404 export_not_found"}});
    router.route(http::Method::get, "/api/v1/exports/files/{user_id}/{id}/{name}",
                 [&exports](Request& request) { return get_export_file(exports, request); },
                 {.operation_id = "get_export_file",
                  .summary = "The file, by the link of download_url",
                  .tag = "profile",
                  .error_reasons = {"403 link_invalid", "403 link_expired", "404 export_not_found"},
                  .is_public = true});
}

}  // namespace tt::user::api
