#pragma once

#include "platform/core/runtime.hpp"
#include "platform/crypto/jwks.hpp"
#include "platform/crypto/jwt.hpp"
#include "platform/crypto/lru_cache.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace platform::crypto {

/// A token's last characters are those of its signature: as good as random for whoever cannot sign, and only tokens
/// that verified are kept.
struct SignatureHash {
    std::size_t operator()(std::string_view token) const {
        constexpr std::size_t enough = 32;
        return std::hash<std::string_view>{}(token.size() > enough ? token.substr(token.size() - enough) : token);
    }
};

/// Verifies bearer tokens and remembers the outcome as a `View` (what the product needs of the claims), so that a
/// token seen again costs one look-up and one comparison. Remembered for at most 60 s and never beyond the token's exp.
///
/// One cache shard per io thread: the shard's lock is practically never contended.
///
///     TokenVerifier<Principal> verifier(jwks, policy, clock, runtime.size(), make_principal);
///     if (auto known = verifier.cached(token)) return known;      // no coroutine on the hot path
///     auto verified = co_await verifier.verify(std::string(token));
template <class View>
class TokenVerifier {
public:
    using MakeView = std::function<Result<View>(const Claims&)>;
    static constexpr std::size_t entries_per_shard = 8192;     // ~2 KiB each
    static constexpr std::chrono::seconds remember_limit{60};  // bounds how long a retired key is honoured

    TokenVerifier(JwksCache& jwks, JwtPolicy policy, const Clock& clock, std::size_t shards, MakeView make_view)
        : jwks_(jwks), policy_(std::move(policy)), clock_(clock), make_view_(std::move(make_view)) {
        for (std::size_t i = 0; i < std::max<std::size_t>(shards, 1); ++i) shards_.push_back(std::make_unique<Shard>());
    }

    /// The view of a token that was verified lately, or null.
    std::shared_ptr<const View> cached(std::string_view token) { return find(token); }

    /// Errors: `bad_jwt` (401), `unavailable` (503: the keys cannot be had), and those of make_view.
    Task<Result<std::shared_ptr<const View>>> verify(std::string token) {
        if (auto known = find(token)) co_return known;
        const auto header = peek_jwt_header(token);
        if (!header) co_return header.error();

        std::shared_ptr<const KeySet> keys = jwks_.current();
        if (header->algorithm == "ES256") {
            auto fetched = co_await jwks_.keys_for(header->kid);
            if (!fetched) co_return fetched.error();
            keys = *fetched;
        }
        const auto claims = verify_jwt(token, *keys, policy_, clock_.now());
        if (!claims) co_return claims.error();
        auto view = make_view_(*claims);
        if (!view) co_return view.error();
        auto shared = std::make_shared<const View>(std::move(*view));
        remember(std::move(token), claims->expires_at, shared);
        co_return shared;
    }

private:
    struct Entry {
        Time until;
        std::shared_ptr<const View> view;
    };
    struct Shard {
        std::mutex mutex;
        LruCache<Entry, SignatureHash> entries{entries_per_shard};
    };

    Shard& shard() { return *shards_[Runtime::current() % shards_.size()]; }

    std::shared_ptr<const View> find(std::string_view token) {
        Shard& own = shard();
        const std::lock_guard lock(own.mutex);
        const Entry* entry = own.entries.find(token);
        if (!entry) return nullptr;
        if (entry->until > clock_.now()) return entry->view;
        own.entries.erase(token);
        return nullptr;
    }

    void remember(std::string token, std::int64_t expires_at, const std::shared_ptr<const View>& view) {
        const Time now = clock_.now();
        const Time until = std::min<Time>(Time(std::chrono::seconds(expires_at)), now + remember_limit);
        if (until <= now) return;
        Shard& own = shard();
        const std::lock_guard lock(own.mutex);
        own.entries.put(std::move(token), Entry{until, view});
    }

    JwksCache& jwks_;
    JwtPolicy policy_;
    const Clock& clock_;
    MakeView make_view_;
    std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace platform::crypto
