#pragma once

#include "platform/crypto/jwt.hpp"
#include "platform/crypto/lru_cache.hpp"
#include "platform/http/request.hpp"
#include "shared/middleware/revocation_set.hpp"
#include "shared/types/api_key.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace tt {

/// A key that is good, and whom it stands for.
struct KnownApiKey {
    ApiKeyGrant grant;
    Principal principal;
};

/// Asks a source for API keys and remembers what it said for five seconds; a revoked key or person is asked for at
/// once.
class ApiKeyCache {
public:
    static constexpr std::chrono::seconds remember_for{5};  // how long a change of scopes takes to be seen
    static constexpr std::size_t capacity = 16'384;
    /// Questions to the source at once: strangers with invented keys, who no limit has counted yet, cannot use up its
    /// database.
    static constexpr int questions_at_once = 8;

    using MakePrincipal = std::function<Result<Principal>(const crypto::Claims&)>;

    ApiKeyCache(ApiKeySource& source, MakePrincipal make_principal, const RevocationSet* revocations,
                const Clock& clock)
        : source_(source), make_principal_(std::move(make_principal)), revocations_(revocations), clock_(clock) {}

    /// Errors: api_key_invalid (401), also for what is no key at all; unavailable (503) when too many are asked for.
    /// Throws what the source throws.
    Task<Result<std::shared_ptr<const KnownApiKey>>> find(std::string text);

private:
    struct Entry {
        Time asked_at;
        std::shared_ptr<const KnownApiKey> key;
    };
    Task<Result<ApiKeyGrant>> ask(Uuid key_id, std::string digest);
    std::shared_ptr<const KnownApiKey> remembered(const std::string& digest);

    ApiKeySource& source_;
    MakePrincipal make_principal_;
    const RevocationSet* revocations_;
    const Clock& clock_;
    std::atomic<int> questions_{0};
    std::mutex mutex_;
    crypto::LruCache<Entry> entries_{capacity};
};

/// Whether the key may do what the request asks for, from where it comes. Errors (403): api_key_address_refused,
/// insufficient_scope.
Result<void> check_use(const ApiKeyGrant& grant, const http::Request& request);

}  // namespace tt
