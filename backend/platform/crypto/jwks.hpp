#pragma once

#include "platform/core/result.hpp"
#include "platform/core/task.hpp"
#include "platform/core/time.hpp"
#include "platform/crypto/jwt.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace platform::crypto {

/// Where an issuer's public keys come from: the issuer object itself, or HTTP.
class JwksSource {
public:
    virtual ~JwksSource() = default;
    /// The JWKS document. Throws when it cannot be had now.
    virtual Task<std::string> fetch_jwks() = 0;
};

struct JwksConfig {
    std::chrono::seconds max_age{600};           // same as the document's Cache-Control
    std::chrono::seconds refetch_gap{30};        // unknown key ids cannot make us flood the issuer
    std::chrono::milliseconds wait_limit{3000};  // how long a request waits for a fetch that another one began
    std::filesystem::path file;                  // last good document; empty = not kept
};

/// The issuer's keys, kept fresh. Survives restarts while the issuer is away through `file`; a document older than
/// max_age is refetched but goes on being used when that fails, so signed-in people stay signed in.
class JwksCache {
public:
    JwksCache(JwksSource& source, JwksConfig config, const Clock& clock);

    /// The keys in use; empty when none were ever loaded.
    std::shared_ptr<const KeySet> current() const;
    /// Keys for a token signed with `kid`: refetches when the document is old (in the background) or lacks the key (the
    /// caller waits), at most once per refetch_gap. Errors: `unavailable` (503) when no document could be had for it.
    Task<Result<std::shared_ptr<const KeySet>>> keys_for(std::string kid);
    /// Whether keys_for() would answer at once.
    bool is_fresh_for(std::string_view kid) const;

private:
    Task<void> refetch();
    Task<void> wait_for_fetch();
    bool begin_fetch();
    bool adopt(const std::string& document);
    void persist(const std::string& document) const;

    JwksSource& source_;
    JwksConfig config_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::shared_ptr<const KeySet> keys_;
    Time loaded_at_{};
    Time last_try_{};
    bool is_fetching_ = false;
    bool has_failed_ = false;
};

}  // namespace platform::crypto
