#pragma once

#include "platform/core/background.hpp"
#include "platform/crypto/jwt.hpp"
#include "platform/crypto/lru_cache.hpp"
#include "platform/http/request.hpp"
#include "platform/limits/gcra.hpp"
#include "shared/middleware/revocation_set.hpp"
#include "shared/types/api_key.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tt {

/// A key that is good, and whom it stands for.
struct KnownApiKey {
    ApiKeyGrant grant;
    Principal principal;
};

/// Asks a source for API keys and remembers what it said for five seconds; a revoked key or person is asked for at
/// once. Requests that need the same key at the same time are one question.
///
/// Anybody can invent keys that look right, and no limit has counted their requests yet. So keys that were never good
/// here are asked for a few at a time, and from each address a few per minute; keys that were are not held up by them.
class ApiKeyCache {
public:
    static constexpr std::chrono::seconds remember_for{5};  // how long a change of scopes takes to be seen
    static constexpr std::size_t capacity = 16'384;
    static constexpr int stranger_questions_at_once = 8;
    static constexpr std::uint32_t stranger_questions_per_minute = 60;  // of an address

    using MakePrincipal = std::function<Result<Principal>(const crypto::Claims&)>;
    using Answer = Result<std::shared_ptr<const KnownApiKey>>;

    ApiKeyCache(ApiKeySource& source, MakePrincipal make_principal, const RevocationSet* revocations,
                const Clock& clock);

    /// Errors: api_key_invalid (401), also for what is no key at all; unavailable (503) when too many are asked for;
    /// rate_limit_exceeded (429) when this address has asked for too many. Throws what the source throws.
    Task<Answer> find(std::string text, std::string client_ip);

private:
    struct Entry {
        Time asked_at;
        std::shared_ptr<const KnownApiKey> key;
    };
    /// One that is being asked, and who waits for its answer.
    struct Question {
        bool is_of_stranger;
        std::optional<Answer> answer{};
        std::vector<Wakeup> waiting{};
    };
    /// What a request that needs a key finds: the key, or the question, which it asks itself when nobody did.
    struct Turn {
        std::shared_ptr<const KnownApiKey> known;
        std::shared_ptr<Question> question;
        bool is_first = false;
    };

    std::shared_ptr<const KnownApiKey> remembered(const std::string& digest);
    const Entry* living_entry(const std::string& digest);
    Result<Turn> begin(const std::string& digest, const std::string& client_ip);
    Result<void> admit_stranger(const std::string& client_ip);
    Task<Answer> ask(std::shared_ptr<Question> question, Uuid key_id, std::string digest);
    Task<Answer> look_up(Uuid key_id, std::string digest);
    void finish(Question& question, const std::string& digest, Answer answer, Time asked_at);
    Task<std::optional<Answer>> wait_for(std::shared_ptr<Question> question);

    ApiKeySource& source_;
    MakePrincipal make_principal_;
    const RevocationSet* revocations_;
    const Clock& clock_;
    limits::Gcra strangers_of_address_;
    std::mutex mutex_;  // of all that follows and of the questions
    crypto::LruCache<Entry> entries_{capacity};
    std::unordered_map<std::string, std::shared_ptr<Question>> questions_;
    int stranger_questions_ = 0;
};

/// Whether the key may do what the request asks for, from where it comes. Errors (403): api_key_address_refused,
/// insufficient_scope.
Result<void> check_use(const ApiKeyGrant& grant, const http::Request& request);

}  // namespace tt
