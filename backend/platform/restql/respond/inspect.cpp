#include "platform/restql/respond/inspect.hpp"

#include "platform/restql/respond/openapi2.hpp"
#include "platform/restql/respond/openapi31.hpp"
#include "platform/restql/respond/respond.hpp"

namespace platform::restql {

ApiResult<MediaType> inspection_media(const ApiRequest& request, const Options& options) {
    std::string wanted;
    for (const auto& type : request.accepts) {
        using Kind = MediaType::Kind;
        if (type.kind == Kind::openapi || type.kind == Kind::json || type.kind == Kind::any) {
            return MediaType{.kind = Kind::openapi};
        }
        const bool is_newer = type.kind == Kind::other && type.text.starts_with(openapi31_type);
        if (is_newer && options.openapi31)
            return MediaType{.kind = Kind::other, .text = std::string(openapi31_type) + ";version=3.1"};
        wanted += (wanted.empty() ? "" : ", ") + mime(type);
    }
    return ApiError{.status = 406, .code = "PGRST107", .message = "None of these media types are available: " + wanted};
}

http::Response inspection_response(const ApiRequest& request, const SchemaCache& schema, const Options& options,
                                   const std::vector<db::Rows>& replies, const MediaType& media) {
    auto response = http::empty(200);
    set_content_headers(response, request, media);
    response.headers.set("Vary", "Accept, Prefer, Range");
    if (request.is_head) return response;
    std::string document = openapi2(schema, request.schema, options, replies);
    response.body = media.kind == MediaType::Kind::openapi ? std::move(document) : openapi31(document);
    return response;
}

}  // namespace platform::restql
