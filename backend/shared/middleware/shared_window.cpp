#include "shared/middleware/shared_window.hpp"

#include "platform/core/error.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/metrics/metrics.hpp"

#include <algorithm>

namespace tt {
namespace {

/// The same two buckets as limits::SlidingWindow, for one window after the other until one refuses. KEYS are the caller
/// in each, ARGV quota and seconds of each. Answers which window has decided (from 0), whether it is allowed, what
/// remains, and the seconds to wait.
constexpr std::string_view count_script = R"(
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local function take(key, quota, window)
    local number = math.floor(now / window)
    local elapsed = now / window - number
    local known = redis.call('HMGET', key, 'number', 'current', 'previous')
    local current, previous = tonumber(known[2]) or 0, tonumber(known[3]) or 0
    local last = tonumber(known[1])
    if last ~= number then
        previous = (last == number - 1) and current or 0
        current = 0
    end
    local used = current + previous * (1 - elapsed)
    if used + 1 <= quota + 0.000001 then
        redis.call('HSET', key, 'number', number, 'current', current + 1, 'previous', previous)
        redis.call('EXPIRE', key, 2 * window)
        return 1, math.max(0, math.floor(quota - used - 1)), math.ceil((1 - elapsed) * window)
    end
    local room = quota - 1 - current
    local wait
    if room >= 0 and previous > 0 then
        wait = (1 - room / previous - elapsed) * window
    else
        local shrink = current == 0 and 0 or math.max(0, 1 - (quota - 1) / current)
        wait = (1 - elapsed + shrink) * window
    end
    return 0, 0, math.max(1, math.ceil(wait))
end
local answer
for i, key in ipairs(KEYS) do
    local allowed, remaining, wait = take(key, tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i]))
    answer = {i - 1, allowed, remaining, wait}
    if allowed == 0 then break end
end
return answer
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

Task<redis::Reply> SharedWindow::count(redis::Client& redis, std::vector<std::string> words) {
    words.insert(words.begin(), {"EVALSHA", script_digest()});
    redis::Reply reply = co_await redis.call(words);
    if (reply.is_error() && reply.text.starts_with("NOSCRIPT")) {
        words[0] = "EVAL";
        words[1] = std::string(count_script);
        reply = co_await redis.call(std::move(words));
    }
    co_return reply;
}

Task<SharedDecision> SharedWindow::take_in_turn(std::vector<SharedWindow*> windows, std::uint64_t key) {
    static metrics::Counter& outages = metrics::counter("gateway_ratelimit_alone_total");
    std::vector<std::string> words{std::to_string(windows.size())};
    for (const auto* window : windows) words.push_back("tt:limit:" + window->name_ + ":" + std::to_string(key));
    for (const auto* window : windows) {
        words.push_back(std::to_string(window->quota_));
        words.push_back(std::to_string(window->window_.count()));
    }
    try {
        const auto reply = co_await count(windows.front()->redis_, std::move(words));
        const bool is_decision = reply.items.size() == 4 && small(reply.items[0].integer) < windows.size();
        if (is_decision) {
            const std::size_t decided = small(reply.items[0].integer);
            co_return SharedDecision{decided,
                                     {.is_allowed = reply.items[1].integer == 1,
                                      .quota = windows[decided]->quota_,
                                      .remaining = small(reply.items[2].integer),
                                      .reset_s = small(reply.items[3].integer)}};
        }
    } catch (const Unavailable&) {
        outages.add();  // below: by ourselves
    }
    SharedDecision own;
    for (std::size_t i = 0; i < windows.size() && own.decision.is_allowed; ++i) own = {i, windows[i]->alone_.take(key)};
    co_return own;
}

Task<limits::Decision> SharedWindow::take(std::uint64_t key) {
    std::vector<SharedWindow*> alone{this};
    const auto taken = co_await take_in_turn(std::move(alone), key);
    co_return taken.decision;
}

}  // namespace tt
