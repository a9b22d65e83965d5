#include "shared/middleware/rate_limit.hpp"

#include "platform/limits/network.hpp"
#include "shared/types/principal.hpp"

#include <functional>

namespace tt {
namespace {

constexpr std::chrono::seconds window{60};
constexpr const char* policy_name = "minute";

std::uint64_t caller_key(const http::Request& request) {
    const Principal& caller = principal(request);
    if (caller.user_id) return std::hash<UserId>{}(*caller.user_id);
    return limits::address_key(request.client_ip) | 1ULL << 63;
}

Task<http::Response> pass(http::Request& request, const http::Handler& next, limits::Decision decision) {
    http::Response response = co_await next(request);
    describe_limit(response.headers, policy_name, window, decision);
    co_return response;
}

Task<http::Response> refuse(http::Request& request, limits::Decision decision) {
    const int retry_after_s = static_cast<int>(decision.reset_s);
    const Error error{Code::rate_limited,
                      "rate_limit_exceeded",
                      "Too many requests; try again in " + std::to_string(retry_after_s) + " s.",
                      {},
                      retry_after_s};
    http::Response response = http::render_error(error, request);
    describe_limit(response.headers, policy_name, window, decision);
    co_return response;
}

}  // namespace

void describe_limit(http::Headers& headers, std::string_view policy, std::chrono::seconds window,
                    const limits::Decision& decision) {
    if (headers.find("RateLimit")) return;
    const std::string name = '"' + std::string(policy) + '"';
    const std::string quota = std::to_string(decision.quota);
    const std::string remaining = std::to_string(decision.remaining);
    const std::string reset = std::to_string(decision.reset_s);
    headers.set("RateLimit-Policy", name + ";q=" + quota + ";w=" + std::to_string(window.count()));
    headers.set("RateLimit", name + ";r=" + remaining + ";t=" + reset);
    headers.set("X-RateLimit-Limit", quota);
    headers.set("X-RateLimit-Remaining", remaining);
    headers.set("X-RateLimit-Reset", reset);
    if (!decision.is_allowed) headers.set("Retry-After", reset);
}

RateLimiter::RateLimiter(const RateLimits& limits, const Clock& clock, redis::Client* redis, unsigned gateways)
    : redis_(redis),
      gateways_(gateways),
      anonymous_(make_bucket("anonymous", limits.anonymous_per_minute, clock)),
      sensitive_(make_bucket("sensitive", limits.sensitive_per_minute, clock)) {
    buckets_.emplace("api", make_bucket("api", limits.api_per_minute, clock));
    buckets_.emplace("telemetry", make_bucket("telemetry", limits.telemetry_per_minute, clock));
    buckets_.emplace("quiz-answer", make_bucket("quiz-answer", limits.quiz_answer_per_minute, clock));
}

RateLimiter::Bucket RateLimiter::make_bucket(std::string name, unsigned per_minute, const Clock& clock) {
    auto& refused = metrics::counter("gateway_ratelimit_refused_total", {{"policy", name}});
    Bucket bucket{name, nullptr, nullptr, &refused};
    if (redis_) {
        bucket.shared = std::make_unique<SharedWindow>(*redis_, std::move(name), per_minute, window, gateways_, clock);
    } else {
        bucket.window = std::make_unique<limits::SlidingWindow>(per_minute, window, clock);
    }
    return bucket;
}

RateLimiter::Bucket* RateLimiter::bucket_for(const http::Request& request) {
    // The built front end and unknown paths are cheap and uncounted; a page must not use up its reader's quota.
    if (!request.route || request.route->options.rate_bucket == "none") return nullptr;
    const Principal& caller = principal(request);
    if (caller.role == "service_role") return nullptr;
    if (!caller.user_id) return &anonymous_;
    const auto found = buckets_.find(request.route->options.rate_bucket);
    return found == buckets_.end() ? &buckets_.find("api")->second : &found->second;
}

bool RateLimiter::is_sensitive(const http::Request& request) const {
    return request.route->options.rate_bucket == "sensitive";
}

http::Middleware RateLimiter::middleware() {
    return [this](http::Request& request, const http::Handler& next) {
        Bucket* bucket = bucket_for(request);
        if (!bucket) return next(request);
        if (redis_) return run_shared(request, next, bucket);
        auto decision = bucket->window->take(caller_key(request));
        if (decision.is_allowed && is_sensitive(request)) {
            bucket = &sensitive_;
            decision = bucket->window->take(caller_key(request));
        }
        if (decision.is_allowed) return pass(request, next, decision);
        bucket->refused->add();
        return refuse(request, decision);
    };
}

Task<http::Response> RateLimiter::run_shared(http::Request& request, const http::Handler& next, Bucket* bucket) {
    std::vector<SharedWindow*> windows{bucket->shared.get()};
    if (is_sensitive(request)) windows.push_back(sensitive_.shared.get());
    const auto [decided, decision] = co_await SharedWindow::take_in_turn(std::move(windows), caller_key(request));
    if (decided > 0) bucket = &sensitive_;
    if (decision.is_allowed) co_return co_await pass(request, next, decision);
    bucket->refused->add();
    co_return co_await refuse(request, decision);
}

}  // namespace tt
