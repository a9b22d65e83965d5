#include "platform/restql/respond/inspect.hpp"

#include "platform/restql/respond/openapi2.hpp"
#include "platform/restql/respond/respond.hpp"

namespace platform::restql {

ApiResult<> check_inspection(const ApiRequest& request) {
    std::string wanted;
    for (const auto& type : request.accepts) {
        using Kind = MediaType::Kind;
        if (type.kind == Kind::openapi || type.kind == Kind::json || type.kind == Kind::any) return {};
        wanted += (wanted.empty() ? "" : ", ") + mime(type);
    }
    return ApiError{.status = 406, .code = "PGRST107", .message = "None of these media types are available: " + wanted};
}

http::Response inspection_response(const ApiRequest& request, const SchemaCache& schema, const Options& options,
                                   const std::vector<db::Rows>& replies) {
    auto response = http::empty(200);
    set_content_headers(response, request, MediaType{.kind = MediaType::Kind::openapi});
    response.headers.set("Vary", "Accept, Prefer, Range");
    if (!request.is_head) response.body = openapi2(schema, request.schema, options, replies);
    return response;
}

}  // namespace platform::restql
