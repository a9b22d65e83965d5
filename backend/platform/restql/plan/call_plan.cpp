#include "platform/restql/plan/call_plan.hpp"

#include "platform/restql/plan/resolve_function.hpp"
#include "platform/restql/plan/strict_preferences.hpp"
#include "platform/restql/query/conditions_sql.hpp"

#include <boost/json.hpp>

#include <map>
#include <set>

namespace platform::restql {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

bool is_post(const ApiRequest& request) {
    return request.action == Action::call;
}

bool is_json(const MediaType& type) {
    return type.kind == MediaType::Kind::json || type.kind == MediaType::Kind::ndjson;
}

/// The arguments that are texts: those of a query string or of a form.
const Pairs* text_pairs(const ApiRequest& request) {
    if (!is_post(request)) return &request.query.arguments;
    return request.payload.kind == Payload::Kind::form ? &request.payload.pairs : nullptr;
}

std::set<std::string> argument_names(const ApiRequest& request) {
    std::set<std::string> names;
    const Payload& payload = request.payload;
    if (!is_post(request)) {
        for (const auto& [name, value] : request.query.arguments) names.insert(name);
    } else if (payload.kind == Payload::Kind::json || payload.kind == Payload::Kind::form) {
        names.insert(payload.keys.begin(), payload.keys.end());
    } else if (is_json(request.content_type) && request.query.columns) {
        names.insert(request.query.columns->begin(), request.query.columns->end());
    }
    return names;
}

/// Texts for a function that takes one JSON value.
std::string json_object(const Pairs& pairs) {
    boost::json::object object;
    for (const auto& [name, value] : pairs) object[name] = value;
    return boost::json::serialize(object);
}

/// Where the names of select, filters and embeds are looked up: the relation whose rows the function returns.
QualifiedName result_relation(const Function& function) {
    return {function.id.schema, function.returns.is_composite ? function.returns.type.name : function.id.name};
}

ApiError needs_a_set() {
    return {.status = 400,
            .code = "PGRST128",
            .message = "Function must return SETOF or TABLE when max-affected preference is used with handling=strict"};
}

/// Repeated names: a variadic parameter takes every value, any other one the last.
std::vector<TextArgument> text_arguments(const Function& function, const Pairs& pairs) {
    std::map<std::string_view, std::vector<std::string>> values;
    for (const auto& [name, value] : pairs) values[name].push_back(value);
    std::vector<TextArgument> arguments;
    for (const auto& parameter : function.parameters) {
        const auto found = values.find(parameter.name);
        if (found == values.end()) continue;
        auto value = parameter.is_variadic ? array_literal(found->second) : std::move(found->second.back());
        arguments.push_back({&parameter, std::move(value)});
    }
    return arguments;
}

void pass_whole(CallPlan& plan, ApiRequest& request) {
    plan.passing = CallPlan::Passing::whole;
    plan.parameters = {&plan.function->parameters.front()};
    const auto* pairs = text_pairs(request);
    plan.body = pairs ? json_object(*pairs) : std::move(request.payload.text);
}

void pass_members(CallPlan& plan, ApiRequest& request) {
    const auto names = argument_names(request);
    for (const auto& parameter : plan.function->parameters) {
        if (names.contains(parameter.name)) plan.parameters.push_back(&parameter);
    }
    if (plan.parameters.empty()) return;
    plan.passing = CallPlan::Passing::body;
    plan.body = std::move(request.payload.text);
}

void pass_arguments(CallPlan& plan, ApiRequest& request) {
    const auto& parameters = plan.function->parameters;
    if (parameters.size() == 1 && parameters.front().name.empty()) return pass_whole(plan, request);
    const auto* pairs = text_pairs(request);
    if (!pairs) return pass_members(plan, request);
    plan.arguments = text_arguments(*plan.function, *pairs);
    if (!plan.arguments.empty()) plan.passing = CallPlan::Passing::texts;
}

}  // namespace

ApiResult<CallPlan> plan_call(const SchemaCache& schema, const Options& options, ApiRequest& request) {
    const auto function = resolve_function(schema, {request.schema, request.name},
                                           {argument_names(request), request.content_type, is_post(request)});
    if (!function) return function.error();
    CallPlan plan;
    plan.function = *function;
    plan.is_read_only = !is_post(request) || plan.function->volatility != Volatility::volatile_;
    const ReturnType& returns = plan.function->returns;
    const QualifiedName result = result_relation(*plan.function);

    auto read = plan_read(schema, options, request, result, ReadSource::function);
    if (!read) return read.error();
    plan.read = std::move(*read);
    if (returns.is_composite) {
        const auto names = returning_columns(*plan.read);
        plan.returning.assign(names.begin(), names.end());
    }
    auto format = negotiate(schema, options, request, result, plan.read->has_default_select());
    if (!format) return format.error();
    plan.format = std::move(*format);
    const Preferences& preferences = request.preferences;
    if (auto refused = refuse_preferences(preferences)) return std::move(*refused);
    if (preferences.is_strict() && preferences.max_affected && !returns.is_set) return needs_a_set();
    pass_arguments(plan, request);
    return plan;
}

}  // namespace platform::restql
