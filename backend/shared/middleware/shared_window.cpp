#include "shared/middleware/shared_window.hpp"

#include "platform/core/error.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/metrics/metrics.hpp"

#include <algorithm>

namespace tt {
namespace {

/// The same two buckets as limits::SlidingWindow: KEYS[1] is the caller, ARGV quota and seconds of the window. Answers
/// whether it is allowed, what remains, and the seconds to wait.
constexpr std::string_view count_script = R"(
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local quota, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local number = math.floor(now / window)
local elapsed = now / window - number
local known = redis.call('HMGET', KEYS[1], 'number', 'current', 'previous')
local current, previous = tonumber(known[2]) or 0, tonumber(known[3]) or 0
local last = tonumber(known[1])
if last ~= number then
    previous = (last == number - 1) and current or 0
    current = 0
end
local used = current + previous * (1 - elapsed)
if used + 1 <= quota + 0.000001 then
    redis.call('HSET', KEYS[1], 'number', number, 'current', current + 1, 'previous', previous)
    redis.call('EXPIRE', KEYS[1], 2 * window)
    return {1, math.max(0, math.floor(quota - used - 1)), math.ceil((1 - elapsed) * window)}
end
local room = quota - 1 - current
local wait
if room >= 0 and previous > 0 then
    wait = (1 - room / previous - elapsed) * window
else
    local shrink = current == 0 and 0 or math.max(0, 1 - (quota - 1) / current)
    wait = (1 - elapsed + shrink) * window
end
return {0, 0, math.max(1, math.ceil(wait))}
)";

/// How Redis names the script.
const std::string& script_digest() {
    static const std::string digest = crypto::hex_encode(crypto::sha1(count_script));
    return digest;
}

std::uint32_t small(std::int64_t value) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(value, 0, UINT32_MAX));
}

}  // namespace

SharedWindow::SharedWindow(redis::Client& redis, std::string name, std::uint32_t quota, std::chrono::seconds window,
                           unsigned gateways, const Clock& clock)
    : redis_(redis),
      name_(std::move(name)),
      quota_(quota),
      window_(window),
      alone_(std::max(1U, quota / std::max(1U, gateways)), window, clock) {}

Task<redis::Reply> SharedWindow::count(std::string key) {
    std::vector<std::string> words{"EVALSHA",      script_digest(),        "1",
                                   std::move(key), std::to_string(quota_), std::to_string(window_.count())};
    redis::Reply reply = co_await redis_.call(words);
    if (reply.is_error() && reply.text.starts_with("NOSCRIPT")) {
        words[0] = "EVAL";
        words[1] = std::string(count_script);
        reply = co_await redis_.call(std::move(words));
    }
    co_return reply;
}

Task<limits::Decision> SharedWindow::take(std::uint64_t key) {
    static metrics::Counter& outages = metrics::counter("gateway_ratelimit_alone_total");
    try {
        const auto reply = co_await count("tt:limit:" + name_ + ":" + std::to_string(key));
        if (reply.items.size() == 3) {
            co_return limits::Decision{.is_allowed = reply.items[0].integer == 1,
                                       .quota = quota_,
                                       .remaining = small(reply.items[1].integer),
                                       .reset_s = small(reply.items[2].integer)};
        }
    } catch (const Unavailable&) {
        outages.add();  // below: by ourselves
    }
    co_return alone_.take(key);
}

}  // namespace tt
