#include "platform/crypto/jwks.hpp"

#include "platform/core/replace_file.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <fstream>
#include <iterator>

namespace platform::crypto {
namespace {

constexpr std::chrono::milliseconds poll_gap{20};
constexpr int keys_retry_after_s = 5;

Error keys_unavailable() {
    return Error{Code::unavailable, "unavailable", "The signing keys cannot be read now", {}, keys_retry_after_s};
}

}  // namespace

JwksCache::JwksCache(JwksSource& source, JwksConfig config, const Clock& clock)
    : source_(source), config_(std::move(config)), clock_(clock), keys_(std::make_shared<const KeySet>()) {
    if (config_.file.empty()) return;
    std::ifstream file(config_.file, std::ios::binary);
    if (!file) return;
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    adopt(document);
    // Its age is unknown, so the first token triggers a refetch; until then it serves.
    loaded_at_ = Time{};
}

std::shared_ptr<const KeySet> JwksCache::current() const {
    const std::lock_guard lock(mutex_);
    return keys_;
}

bool JwksCache::is_fresh_for(std::string_view kid) const {
    const std::lock_guard lock(mutex_);
    return keys_->contains(kid) && clock_.now() - loaded_at_ < config_.max_age;
}

Task<Result<std::shared_ptr<const KeySet>>> JwksCache::keys_for(std::string kid) {
    const bool has_key = current()->contains(kid);
    if (!is_fresh_for(kid) && begin_fetch()) {
        const Executor executor = co_await asio::this_coro::executor;
        // A known key, however old its document: nobody waits for an issuer that may be hanging.
        if (has_key) {
            asio::co_spawn(executor, refetch(), asio::detached);
        } else {
            co_await refetch();
        }
    } else if (!has_key) {
        co_await wait_for_fetch();
    }
    const std::lock_guard lock(mutex_);
    const bool is_known = keys_->contains(kid);
    // An outage must not look like a bad token: clients drop their session on 4xx.
    if (!is_known && has_failed_) co_return keys_unavailable();
    co_return keys_;
}

bool JwksCache::begin_fetch() {
    const std::lock_guard lock(mutex_);
    const Time now = clock_.now();
    // A fetch that began longer ago was cut off by the end of its thread.
    if (last_try_ != Time{} && now - last_try_ < config_.refetch_gap) return false;
    is_fetching_ = true;
    last_try_ = now;
    return true;
}

Task<void> JwksCache::refetch() {
    std::string document;
    bool has_document = false;
    try {
        document = co_await source_.fetch_jwks();
        has_document = true;
    } catch (const std::exception&) {
        has_document = false;  // the cached keys go on serving; keys_for() tells who needs others
    }
    const bool is_adopted = has_document && adopt(document);
    if (is_adopted) persist(document);
    const std::lock_guard lock(mutex_);
    is_fetching_ = false;
    has_failed_ = !is_adopted;
}

Task<void> JwksCache::wait_for_fetch() {
    const auto until = std::chrono::steady_clock::now() + config_.wait_limit;
    while (std::chrono::steady_clock::now() < until) {
        {
            const std::lock_guard lock(mutex_);
            if (!is_fetching_) co_return;
        }
        co_await sleep_for(poll_gap);
    }
}

bool JwksCache::adopt(const std::string& document) {
    auto parsed = KeySet::parse(document);
    // An empty set from a broken issuer must not sign everybody out.
    if (!parsed || parsed->size() == 0) return false;
    auto keys = std::make_shared<const KeySet>(std::move(*parsed));
    const std::lock_guard lock(mutex_);
    keys_ = std::move(keys);
    loaded_at_ = clock_.now();
    return true;
}

void JwksCache::persist(const std::string& document) const {
    // A full disk only costs the head start after a restart.
    if (!config_.file.empty()) replace_file(config_.file, document);
}

}  // namespace platform::crypto
