#include "platform/restql/plan/resolve_function.hpp"

#include "platform/restql/schema/lookup_errors.hpp"

#include <algorithm>
#include <vector>

namespace platform::restql {
namespace {

using Kind = MediaType::Kind;

/// Whether the body is one value that no argument names.
bool has_raw_body(const CallShape& shape) {
    const Kind kind = shape.content_type.kind;
    return shape.is_post && (kind == Kind::plain_text || kind == Kind::xml || kind == Kind::octet_stream);
}

bool accepts_arguments(const Function& function, const CallShape& shape) {
    if (function.parameters.empty()) return shape.arguments.empty() && !has_raw_body(shape);
    std::size_t given = 0;
    for (const auto& parameter : function.parameters) {
        const bool is_given = shape.arguments.contains(parameter.name);
        if (parameter.is_required && !is_given) return false;
        if (is_given) ++given;
    }
    return given == shape.arguments.size();
}

bool accepts_body(const Function& function, const CallShape& shape) {
    if (!shape.is_post || function.parameters.size() != 1) return false;
    const Parameter& parameter = function.parameters.front();
    if (!parameter.name.empty()) return false;
    switch (shape.content_type.kind) {
        case Kind::json:
            return parameter.type == "json" || parameter.type == "jsonb";
        case Kind::plain_text:
            return parameter.type == "text";
        case Kind::xml:
            return parameter.type == "xml";
        case Kind::octet_stream:
            return parameter.type == "bytea";
        default:
            return false;
    }
}

}  // namespace

ApiResult<const Function*> resolve_function(const SchemaCache& schema, const QualifiedName& name,
                                            const CallShape& shape) {
    std::vector<const Function*> by_arguments;
    std::vector<const Function*> by_body;
    for (const auto& function : schema.functions(name)) {
        if (accepts_arguments(function, shape)) {
            by_arguments.push_back(&function);
        } else if (accepts_body(function, shape)) {
            by_body.push_back(&function);
        }
    }
    const auto& candidates = by_arguments.empty() ? by_body : by_arguments;
    if (candidates.empty()) return no_function(schema, name, shape);
    if (candidates.size() > 1) return ambiguous_function(candidates);
    return candidates.front();
}

}  // namespace platform::restql
