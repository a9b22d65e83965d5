#include "platform/restql/context.hpp"

#include "platform/core/text.hpp"
#include "platform/restql/query/sql.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>

namespace platform::restql {
namespace {

/// Bytes that are no UTF-8 cannot be JSON; header values may hold any (RFC 9110 §5.5).
std::string headers_json(const http::Request& request) {
    boost::json::object object;
    for (const auto [name, value] : request.headers) {
        const auto key = lower_ascii(name);
        if (key != "cookie") object[key] = boost::json::string_view(value);
    }
    return boost::json::serialize(object);
}

std::string cookies_json(const http::Request& request) {
    boost::json::object object;
    std::string_view rest = request.header("cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        const auto pair = trimmed(rest.substr(0, end), " ");
        const auto equals = std::min(pair.find('='), pair.size());
        if (!pair.empty()) {
            object[pair.substr(0, equals)] = boost::json::string_view(pair.substr(std::min(equals + 1, pair.size())));
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return boost::json::serialize(object);
}

bool is_read(const ApiRequest& api) {
    return api.action == Action::read || api.action == Action::inspect || api.action == Action::call_read;
}

/// GET, and POST to a function that promises not to write.
bool is_read_only(const ApiRequest& api, const Function* function) {
    if (is_read(api)) return true;
    return api.action == Action::call && function && function->volatility != Volatility::volatile_;
}

std::optional<Deadline> deadline_of(const http::Request& request, const ApiRequest& api, const Caller& caller,
                                    const Options& options) {
    const auto& limits = options.limits;
    const auto limit = caller.is_anonymous && limits.anonymous_read_ms ? limits.anonymous_read_ms : limits.read_ms;
    std::optional<Deadline> deadline;
    if (request.deadline != Deadline::max()) deadline = request.deadline;
    if (!limit || !is_read(api) || caller.role == options.trusted_role) return deadline;
    const Deadline soon = std::chrono::steady_clock::now() + std::chrono::milliseconds(*limit);
    return deadline ? std::min(*deadline, soon) : soon;
}

}  // namespace

db::Context make_context(const http::Request& request, std::string_view path, const ApiRequest& api,
                         const Caller& caller, const Function* function, const SchemaCache& schema,
                         const Options& options) {
    db::Context context;
    context.role = caller.role;
    context.read_only = is_read_only(api, function);
    context.deadline = deadline_of(request, api, caller, options);
    context.search_path = options.extra_search_path;
    context.search_path.insert(context.search_path.begin(), api.schema);
    if (function && function->isolation) {
        context.isolation = *function->isolation;
    } else if (const auto* isolation = schema.role_isolation(caller.role)) {
        context.isolation = *isolation;
    }
    for (const auto& [name, value] : schema.role_settings(caller.role))
        context.login_settings.push_back({name, value, true});
    // What a stranger claims is always the same; the path is the name of something that exists.
    context.settings.push_back({"request.jwt.claims", caller.claims_json, caller.is_anonymous});
    context.settings.push_back({"request.method", request.method_text, true});
    context.settings.push_back({"request.path", std::string(path), true});
    if (options.sends_headers) {
        context.settings.push_back({"request.headers", headers_json(request)});
        context.settings.push_back({"request.cookies", cookies_json(request)});
    }
    if (api.preferences.timezone) context.settings.push_back({"timezone", *api.preferences.timezone});
    if (function) {
        for (const auto& [name, value] : function->settings) context.settings.push_back({name, value, true});
    }
    for (const auto& [name, value] : options.app_settings)
        context.settings.push_back({"app.settings." + name, value, true});
    return context;
}

std::string call_text(const std::string& function) {
    const auto dot = function.find('.');
    if (dot == std::string::npos) return "SELECT " + quote_name(function) + "()";
    return "SELECT " + quote_name(QualifiedName{function.substr(0, dot), function.substr(dot + 1)}) + "()";
}

std::string pre_request_text(const Options& options) {
    return options.pre_request ? call_text(*options.pre_request) : std::string();
}

bool rolls_back(const Options& options, const Preferences& preferences) {
    return preferences.tx ? *preferences.tx == TxEnd::rollback : options.tx_rollback;
}

std::optional<std::int64_t> inserted_row_limit(const Options& options, const Caller& caller) {
    if (caller.role == options.trusted_role) return std::nullopt;
    return caller.is_anonymous ? options.limits.anonymous_inserted_rows : options.limits.inserted_rows;
}

}  // namespace platform::restql
