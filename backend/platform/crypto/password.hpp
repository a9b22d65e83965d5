#pragma once

#include "platform/core/result.hpp"
#include "platform/core/task.hpp"

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace platform::crypto {

struct PasswordConfig {
    /// Argon2id cost: OWASP password storage cheat sheet, second recommended row (19 MiB, 2 passes, 1 lane).
    std::uint32_t memory_kib = 19456;
    std::uint32_t passes = 2;
    std::uint32_t lanes = 1;
    /// 0 = one thread per two cores: sign-ins may not starve everything else.
    unsigned threads = 0;
    /// Waiting hashes beyond the running ones; more are refused at once.
    std::size_t queue_limit = 32;
    /// A hash that has not begun by then is refused: the client has likely gone.
    std::chrono::milliseconds deadline{2000};
};

/// Argon2id on threads of its own, so that a flood of sign-ins costs nobody else their latency.
/// Errors of every call: `unavailable` (503, with retry_after_s) when the queue is full or the deadline passed. A full
/// queue is answered a second later: clients that ask again at once would else keep the machine busy with refusals.
class PasswordHasher {
public:
    explicit PasswordHasher(PasswordConfig config = {});
    ~PasswordHasher();

    /// A PHC string, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, with 16 bytes of salt.
    Task<Result<std::string>> hash(std::string password);
    /// `stored` in the form of hash() or one of password_forms.hpp. A string of another form never matches.
    Task<Result<bool>> verify(std::string password, std::string stored);
    /// Costs what verify() costs and is false: for accounts that do not exist, so that time does not tell.
    Task<Result<bool>> verify_nobody(std::string password);
    /// True when `phc` has another form or was made with other parameters than the configured ones: hash again after a
    /// sign-in.
    bool needs_rehash(const std::string& phc) const;

    /// Whether there is room in the queue: to be asked before work that is in vain without a hash.
    Task<Result<void>> admit();
    /// Runs `work` where the hashes run, under the same limits; what it throws is rethrown here.
    Task<Result<void>> run(std::function<void()> work);

private:
    Task<Error> refuse();

    PasswordConfig config_;
    std::string nobody_phc_;
    std::atomic<std::size_t> waiting_{0};
    std::atomic<std::size_t> held_refusals_{0};
    std::size_t capacity_;
    asio::thread_pool pool_;
};

}  // namespace platform::crypto
