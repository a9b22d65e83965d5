#pragma once

#include "platform/http/router.hpp"
#include "platform/limits/sliding_window.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/redis/client.hpp"
#include "shared/middleware/shared_window.hpp"
#include "shared/types/prelude.hpp"

#include <map>
#include <memory>
#include <string>

namespace tt {

/// Tells a client what is left of a limit: RateLimit and RateLimit-Policy (draft-10), the X-RateLimit-* trio, and
/// Retry-After on a refusal. The limit that is nearest to the handler tells; others on the way leave it.
void describe_limit(http::Headers& headers, std::string_view policy, std::chrono::seconds window,
                    const limits::Decision& decision);

/// Requests per minute and caller. A caller is the signed-in user, else the client's address.
struct RateLimits {
    unsigned api_per_minute = 100;          ///< the specification's 100 requests/min/user
    unsigned telemetry_per_minute = 60;     ///< progress batches; must not use up the api quota (academy.md §4.5)
    unsigned quiz_answer_per_minute = 120;  ///< autosaved answers
    unsigned anonymous_per_minute = 300;    ///< per address: many people share one
    unsigned sensitive_per_minute = 60;     ///< passwords, codes, sign-ups, mails to others; within the limits above
};

/// Limits by RouteOptions::rate_bucket ("api", "telemetry", "quiz-answer", "sensitive"; "none" is not limited). A
/// stranger's call counts as anonymous whatever its bucket, and a sensitive one as both. service_role is not limited.
/// Sets RateLimit and RateLimit-Policy (draft-10) and the X-RateLimit-* trio; a refusal is 429 rate_limit_exceeded with
/// Retry-After. Runs after authentication.
class RateLimiter {
public:
    /// With `redis` the quotas are counted there, for all of the `gateways` together.
    RateLimiter(const RateLimits& limits, const Clock& clock, redis::Client* redis = nullptr, unsigned gateways = 1);
    http::Middleware middleware();

private:
    struct Bucket {
        std::string name;
        std::unique_ptr<limits::SlidingWindow> window;
        std::unique_ptr<SharedWindow> shared;  // instead of window, when there is a Redis
        metrics::Counter* refused;
    };
    Bucket make_bucket(std::string name, unsigned per_minute, const Clock& clock);
    Task<http::Response> run_shared(http::Request& request, const http::Handler& next, Bucket* bucket);
    Bucket* bucket_for(const http::Request& request);
    bool is_sensitive(const http::Request& request) const;

    redis::Client* redis_;
    unsigned gateways_;
    std::map<std::string, Bucket, std::less<>> buckets_;
    Bucket anonymous_;
    Bucket sensitive_;
};

}  // namespace tt
