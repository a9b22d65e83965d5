#include "platform/restql/respond/info.hpp"

#include "platform/restql/plan/resolve_function.hpp"
#include "platform/restql/schema/lookup_errors.hpp"

namespace platform::restql {
namespace {

http::Response allow(std::string methods) {
    auto response = http::empty(200);
    response.headers.set("Access-Control-Allow-Origin", "*");
    response.headers.set("Allow", std::move(methods));
    return response;
}

std::string methods_of(const Relation& relation) {
    std::string methods = "OPTIONS,GET,HEAD";
    if (relation.is_insertable) methods += ",POST";
    if (relation.is_insertable && relation.is_updatable && !relation.key.empty()) methods += ",PUT";
    if (relation.is_updatable) methods += ",PATCH";
    if (relation.is_deletable) methods += ",DELETE";
    return methods;
}

}  // namespace

ApiResult<http::Response> info_response(const SchemaCache& schema, const ApiRequest& request) {
    if (request.action == Action::root_info) return allow("OPTIONS,GET,HEAD");
    const QualifiedName name{request.schema, request.name};
    if (request.action == Action::relation_info) {
        const auto* relation = schema.relation(name);
        if (!relation) return unknown_relation(schema, name);
        return allow(methods_of(*relation));
    }
    CallShape shape{.arguments = {}, .content_type = request.content_type, .is_post = false};
    for (const auto& [argument, value] : request.query.arguments) shape.arguments.insert(argument);
    const auto function = resolve_function(schema, name, shape);
    if (!function) return function.error();
    const bool is_volatile = (*function)->volatility == Volatility::volatile_;
    return allow(is_volatile ? "OPTIONS,POST" : "OPTIONS,GET,HEAD,POST");
}

}  // namespace platform::restql
