#include "platform/restql/parse/target.hpp"

#include "platform/core/text.hpp"
#include "platform/http/request.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace platform::restql {
namespace {

ApiError wrong_path() {
    return {.status = 404, .code = "PGRST125", .message = "Invalid path specified in request URL"};
}

/// Of text that came in a header and goes into an answer: what is not UTF-8 shows as a question mark.
std::string shown(std::string_view text) {
    std::string clean;
    while (!text.empty()) {
        const auto length = utf8_sequence_length(text);
        clean += length > 0 ? text.substr(0, length) : "?";
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return clean;
}

/// Decoded segments; nothing where one is no text.
std::optional<std::vector<std::string>> segments(std::string_view path) {
    std::vector<std::string> found;
    if (path.starts_with('/')) path.remove_prefix(1);
    if (path.empty()) return found;
    while (true) {
        const auto slash = path.find('/');
        auto decoded = http::percent_decode(path.substr(0, slash));
        if (!decoded || !is_utf8(*decoded)) return std::nullopt;
        found.push_back(std::move(*decoded));
        if (slash == std::string_view::npos) return found;
        path.remove_prefix(slash + 1);
    }
}

ApiResult<Target> root_target(const Options& options) {
    if (options.openapi == Options::OpenApi::disabled) {
        return ApiError{.status = 404, .code = "PGRST126", .message = "Root endpoint metadata is disabled"};
    }
    if (!options.root_spec) return Target{};
    const auto& function = *options.root_spec;
    return Target{Target::Kind::function, function.substr(function.rfind('.') + 1)};
}

bool sends_body(std::string_view method) {
    return method == "POST" || method == "PATCH" || method == "PUT" || method == "DELETE";
}

struct MethodAction {
    std::string_view method;
    Target::Kind kind;
    Action action;
};

constexpr auto relation = Target::Kind::relation;
constexpr auto function = Target::Kind::function;
constexpr auto root = Target::Kind::root;
constexpr MethodAction actions[] = {
    {"GET", relation, Action::read},
    {"HEAD", relation, Action::read},
    {"QUERY", relation, Action::read},
    {"POST", relation, Action::insert},
    {"PUT", relation, Action::put},
    {"PATCH", relation, Action::update},
    {"DELETE", relation, Action::remove},
    {"OPTIONS", relation, Action::relation_info},
    {"GET", function, Action::call_read},
    {"HEAD", function, Action::call_read},
    {"QUERY", function, Action::call_read},
    {"POST", function, Action::call},
    {"OPTIONS", function, Action::function_info},
    {"GET", root, Action::inspect},
    {"HEAD", root, Action::inspect},
    {"OPTIONS", root, Action::root_info},
};

}  // namespace

ApiResult<Target> parse_target(std::string_view path, const Options& options) {
    auto parts = segments(path);
    if (!parts) return wrong_path();
    if (parts->empty()) return root_target(options);
    if (parts->size() == 1) return Target{Target::Kind::relation, std::move(parts->front())};
    if (parts->size() == 2 && parts->front() == "rpc") return Target{Target::Kind::function, std::move(parts->back())};
    return wrong_path();
}

ApiResult<Profile> parse_profile(std::string_view method, const http::Headers& headers, const Options& options) {
    const auto wanted = headers.find(sends_body(method) ? "Content-Profile" : "Accept-Profile");
    const auto& schemas = options.schemas;
    if (!wanted) return Profile{schemas.front(), schemas.size() != 1};
    if (std::ranges::find(schemas, *wanted) != schemas.end()) return Profile{std::string(*wanted), true};
    std::string exposed;
    for (const auto& schema : schemas) exposed.append(exposed.empty() ? "" : ", ").append(schema);
    return ApiError{.status = 406,
                    .code = "PGRST106",
                    .message = "Invalid schema: " + shown(*wanted),
                    .hint = "Only the following schemas are exposed: " + exposed};
}

ApiResult<Action> parse_action(Target::Kind kind, std::string_view method, const Options& options) {
    const auto found = std::ranges::find_if(
        actions, [&](const MethodAction& one) { return one.kind == kind && one.method == method; });
    const bool is_known = found != std::end(actions) && (options.query_method || method != "QUERY");
    if (is_known) return found->action;
    if (kind == Target::Kind::function) {
        return ApiError{
            .status = 405, .code = "PGRST101", .message = "Cannot use the " + shown(method) + " method on RPC"};
    }
    return ApiError{.status = 405, .code = "PGRST117", .message = "Unsupported HTTP method: " + shown(method)};
}

}  // namespace platform::restql
