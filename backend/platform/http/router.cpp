#include "platform/http/router.hpp"

#include "platform/core/error.hpp"
#include "platform/core/text.hpp"
#include "platform/http/client.hpp"
#include "platform/http/path.hpp"
#include "platform/log/log.hpp"

#include <boost/json/value.hpp>
#include <map>
#include <mutex>
#include <stdexcept>

namespace platform::http {
namespace {

Error away(int retry_after_s) {
    return {Code::unavailable,
            "unavailable",
            "A part of the service is away. Please try again shortly.",
            {},
            retry_after_s};
}

Error late() {
    return {Code::timeout, "timeout", "The answer took too long."};
}

struct Route {
    RouteInfo info;
    std::vector<std::string> names;  // of the parameters, in path order
    Handler handler;
    Handler chain;  // handler with its middleware around it
};

struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> param;
    std::unique_ptr<Node> rest;
    std::vector<Route*> routes;  // one per method

    Route* find(Method method) const {
        for (Route* route : routes) {
            if (route->info.method == method) return route;
        }
        return nullptr;
    }
};

struct PatternSegment {
    enum class Kind { literal, param, rest } kind;
    std::string text;
};

PatternSegment parse_pattern_segment(std::string_view text) {
    if (!text.starts_with('{')) return {PatternSegment::Kind::literal, std::string(text)};
    if (!text.ends_with('}')) throw std::logic_error("router: unclosed parameter in a pattern");
    auto name = text.substr(1, text.size() - 2);
    const bool is_rest = name.ends_with("...");
    if (is_rest) name.remove_suffix(3);
    return {is_rest ? PatternSegment::Kind::rest : PatternSegment::Kind::param, std::string(name)};
}

std::vector<PatternSegment> parse_pattern(std::string_view pattern) {
    if (!pattern.starts_with('/')) throw std::logic_error("router: a pattern begins with a slash");
    std::vector<PatternSegment> segments;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const auto slash = pattern.find('/');
        segments.push_back(parse_pattern_segment(pattern.substr(0, slash)));
        pattern = slash == std::string_view::npos ? std::string_view() : pattern.substr(slash);
        if (segments.back().kind == PatternSegment::Kind::rest && !pattern.empty()) {
            throw std::logic_error("router: {name...} must be last");
        }
    }
    return segments;
}

/// One search through the trie: literal before {name} before {name...}, stepping back when a branch has no route.
class Search {
public:
    Search(const PathSegments& path, Method method) : path_(path), method_(method) {}

    Route* run(const Node& root) { return visit(root, 0); }
    bool has_path() const { return !allowed_.empty(); }
    const std::vector<Method>& allowed() const { return allowed_; }
    const std::vector<std::size_t>& captures() const { return captures_; }
    std::size_t rest_begin() const { return rest_begin_; }

private:
    Route* visit(const Node& node, std::size_t index) {
        if (index == path_.size()) return accept(node);
        if (const auto literal = node.literals.find(path_[index]); literal != node.literals.end()) {
            if (Route* route = visit(*literal->second, index + 1)) return route;
        }
        if (node.param && !path_[index].empty()) {
            captures_.push_back(index);
            if (Route* route = visit(*node.param, index + 1)) return route;
            captures_.pop_back();
        }
        if (!node.rest) return nullptr;
        rest_begin_ = index;
        return accept(*node.rest);
    }

    Route* accept(const Node& node) {
        if (Route* route = node.find(method_)) return route;
        if (method_ == Method::head) {
            if (Route* route = node.find(Method::get)) return route;
        }
        for (const Route* route : node.routes) allowed_.push_back(route->info.method);
        return nullptr;
    }

    const PathSegments& path_;
    Method method_;
    std::vector<Method> allowed_;
    std::vector<std::size_t> captures_;
    std::size_t rest_begin_ = 0;
};

std::string allow_value(const std::vector<Method>& methods) {
    std::string value = "OPTIONS";
    for (const Method method :
         {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::delete_, Method::query}) {
        const Method declared = method == Method::head ? Method::get : method;
        if (std::ranges::find(methods, declared) == methods.end()) continue;
        value += ", ";
        value += to_string(method);
    }
    return value;
}

/// The database takes UTF-8 without U+0000 only, so nothing else may reach a handler.
bool is_clean_query(std::string_view query) {
    if (query.find('%') == std::string_view::npos) return true;  // the rest of a target is printable ASCII
    const std::string decoded = decode_query(query);
    return decoded.find('\0') == std::string::npos && is_utf8(decoded);
}

Task<Response> answer(Response response) {
    co_return response;
}

}  // namespace

void ErrorRenderers::add(std::string prefix, ErrorRenderer renderer) {
    const auto shorter = [&](const auto& entry) { return entry.first.size() < prefix.size(); };
    const auto place = std::ranges::find_if(renderers_, shorter);
    renderers_.emplace(place, std::move(prefix), std::move(renderer));
}

Response ErrorRenderers::render(const Error& error, unsigned status, const Request& request) const {
    for (const auto& [prefix, renderer] : renderers_) {
        if (is_below(request.path(), prefix)) return renderer(error, status, request);
    }
    return problem(error, request, status);
}

struct Router::Impl {
    Node root;
    std::vector<std::unique_ptr<Route>> routes;
    std::vector<std::pair<std::string, Middleware>> middleware;
    Handler fallback;
    Handler unrouted;  // middleware around: bad path, 404, 405, OPTIONS
    std::once_flag sealed_once;
    bool is_sealed = false;

    void insert(std::unique_ptr<Route> route);
    Handler wrap(Handler innermost, std::string_view pattern) const;
    void seal();
    Task<Response> start(Request& request);
    Task<Response> run_unrouted(Request& request) const;
};

void Router::Impl::insert(std::unique_ptr<Route> route) {
    if (is_sealed) throw std::logic_error("router: routes must be declared before the server starts");
    Node* node = &root;
    for (auto& segment : parse_pattern(route->info.pattern)) {
        using Kind = PatternSegment::Kind;
        auto& next = segment.kind == Kind::literal ? node->literals[segment.text]
                     : segment.kind == Kind::param ? node->param
                                                   : node->rest;
        if (!next) next = std::make_unique<Node>();
        if (segment.kind != Kind::literal) route->names.push_back(std::move(segment.text));
        node = next.get();
    }
    if (node->find(route->info.method)) {
        throw std::logic_error("router: declared twice: " + std::string(to_string(route->info.method)) + ' ' +
                               route->info.pattern);
    }
    node->routes.push_back(route.get());
    routes.push_back(std::move(route));
}

/// Builds the chain once, so that a request only calls through it. An empty pattern means: decide by the request.
Handler Router::Impl::wrap(Handler innermost, std::string_view pattern) const {
    Handler chain = std::move(innermost);
    for (auto layer = middleware.rbegin(); layer != middleware.rend(); ++layer) {
        const auto& [prefix, function] = *layer;
        if (pattern.empty()) {
            chain = [prefix, function, next = std::move(chain)](Request& request) {
                return is_below(request.path(), prefix) ? function(request, next) : next(request);
            };
        } else if (is_below(pattern, prefix)) {
            chain = [function, next = std::move(chain)](Request& request) { return function(request, next); };
        }
    }
    return chain;
}

namespace {

Task<Response> read_then_handle(const Route& route, Request& request) {
    const BodySource::Limits limits{route.info.options.body_limit_bytes, route.info.options.body_to_file};
    co_await request.body_source->read(request, limits);
    co_return co_await route.handler(request);
}

/// The innermost step: the body is read only now, after every middleware has agreed.
Task<Response> invoke(const Route& route, Request& request) {
    if (!request.body_source) return route.handler(request);
    return read_then_handle(route, request);
}

}  // namespace

void Router::Impl::seal() {
    is_sealed = true;
    for (auto& route : routes) {
        const Route& self = *route;
        route->chain = wrap([&self](Request& request) { return invoke(self, request); }, route->info.pattern);
    }
    unrouted = wrap([this](Request& request) { return run_unrouted(request); }, {});
}

Task<Response> Router::Impl::run_unrouted(Request& request) const {
    if (request.target == "*") {  // OPTIONS *, asking about the server as a whole (RFC 9110 §9.3.7)
        Response response = empty(204);
        response.headers.set("allow", "OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE");
        return answer(std::move(response));
    }
    const auto path = PathSegments::parse(request.path());
    if (!path) {
        return answer(render_error({Code::invalid_argument, "malformed_path", "The path is malformed."}, request));
    }
    if (!is_clean_query(request.query())) {
        return answer(render_error({Code::invalid_argument, "malformed_query", "The query is not UTF-8."}, request));
    }
    Search search(*path, request.method);
    search.run(root);
    if (search.has_path()) {
        Response response = empty(204);
        if (request.method != Method::options) {
            response = render_error({Code::invalid_argument, "method_not_allowed"}, request, 405);
        }
        response.headers.set("allow", allow_value(search.allowed()));
        return answer(std::move(response));
    }
    if (fallback) return fallback(request);
    return answer(render_error({Code::not_found, "not_found", "There is nothing at this address."}, request));
}

Task<Response> Router::Impl::start(Request& request) {
    const auto path = PathSegments::parse(request.path());
    if (!path || !is_clean_query(request.query())) return unrouted(request);
    Search search(*path, request.method);
    Route* route = search.run(root);
    if (!route) return unrouted(request);
    request.route = &route->info;
    for (std::size_t i = 0; i < route->names.size(); ++i) {
        const bool is_rest = i == search.captures().size();
        auto value = is_rest ? path->rest(search.rest_begin()) : std::string((*path)[search.captures()[i]]);
        request.params.emplace_back(route->names[i], std::move(value));
    }
    return route->chain(request);
}

Router::Router() : impl_(std::make_unique<Impl>()) {}
Router::~Router() = default;

void Router::route(Method method, std::string pattern, Handler handler, RouteOptions options) {
    add(RouteInfo{method, std::move(pattern), std::move(options)}, std::move(handler));
}

void Router::add(RouteInfo info, Handler handler) {
    auto route = std::make_unique<Route>();
    route->info = std::move(info);
    route->handler = std::move(handler);
    impl_->insert(std::move(route));
}

void Router::use(std::string prefix, Middleware middleware) {
    if (impl_->is_sealed) throw std::logic_error("router: middleware must be declared before the server starts");
    impl_->middleware.emplace_back(std::move(prefix), std::move(middleware));
}

void Router::fallback(Handler handler) {
    impl_->fallback = std::move(handler);
}

std::vector<const RouteInfo*> Router::routes() const {
    std::vector<const RouteInfo*> list;
    for (const auto& route : impl_->routes) list.push_back(&route->info);
    return list;
}

void Router::apply_hooks(const Request& request, Response& response) const {
    for (const auto& hook : hooks_) hook(request, response);
}

Response Router::refuse(const Request& request, unsigned status, const Error& error) const {
    Response response = renderers_.render(error, status, request);
    apply_hooks(request, response);
    return response;
}

Response Router::failure_response(const Request& request) const {
    try {
        throw;
    } catch (const RequestRefused& refused) {
        return render_error({Code::invalid_argument, refused.reason(), refused.message()}, request, refused.status());
    } catch (const Unavailable& unavailable) {
        report(request, unavailable.what());
        return render_error(away(unavailable.retry_after_s()), request);
    } catch (const ClientError& peer) {
        report(request, peer.what());
        return render_error(peer.kind() == ClientError::Kind::timeout ? late() : away(1), request);
    } catch (const DeadlineExceeded& exceeded) {
        report(request, exceeded.what());
        return render_error(late(), request);
    } catch (const std::exception& bug) {
        report(request, bug.what());
        return render_error({Code::internal, "internal", "Something went wrong on our side."}, request);
    }
}

void Router::report(const Request& request, std::string_view what) const {
    if (failure_hook_) return failure_hook_(request, what);
    log::error("request_failed", {{"http.request.id", request.request_id},
                                  {"trace.id", request.trace_id},
                                  {"http.request.method", request.method_text},
                                  {"http.route", request.route ? request.route->pattern : "none"},
                                  {"error.message", what}});
}

Task<Response> Router::dispatch(Request& request) const {
    std::call_once(impl_->sealed_once, [this] { impl_->seal(); });
    request.renderers = &renderers_;
    Response response;
    try {
        response = co_await impl_->start(request);
    } catch (...) {
        response = failure_response(request);
    }
    apply_hooks(request, response);
    co_return response;
}

}  // namespace platform::http
