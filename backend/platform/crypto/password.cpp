#include "platform/crypto/password.hpp"

#include "platform/crypto/password_forms.hpp"
#include "platform/crypto/random.hpp"

#include <argon2.h>
#include <sys/resource.h>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <memory>
#include <stdexcept>
#include <thread>

namespace platform::crypto {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr int hashing_retry_after_s = 2;
constexpr std::chrono::seconds refusal_delay{1};
/// More refusals than this are not held back: each occupies a request.
constexpr std::size_t held_refusals_limit = 1024;

unsigned thread_count(const PasswordConfig& config) {
    if (config.threads > 0) return config.threads;
    return std::max(1U, std::thread::hardware_concurrency() / 2);
}

std::string hash_now(const PasswordConfig& config, const std::string& password) {
    const std::string salt = random_bytes(salt_bytes);
    std::string phc(
        argon2_encodedlen(config.passes, config.memory_kib, config.lanes, salt_bytes, hash_bytes, Argon2_id), '\0');
    const int result =
        argon2id_hash_encoded(config.passes, config.memory_kib, config.lanes, password.data(), password.size(),
                              salt.data(), salt.size(), hash_bytes, phc.data(), phc.size());
    if (result != ARGON2_OK) throw std::runtime_error(std::string("argon2: ") + argon2_error_message(result));
    phc.resize(phc.find('\0'));
    return phc;
}

std::string parameters(const PasswordConfig& config) {
    return "$argon2id$v=19$m=" + std::to_string(config.memory_kib) + ",t=" + std::to_string(config.passes) +
           ",p=" + std::to_string(config.lanes) + "$";
}

/// When all cores are busy, a thread of this priority gets a quarter of one of them beside a thread of normal priority:
/// sign-ins go on, and the other routes keep most of theirs.
constexpr int hashing_niceness = 5;

/// For the calling thread, once. On Linux the priority is the thread's own.
void step_back() {
    thread_local const bool is_done = setpriority(PRIO_PROCESS, 0, hashing_niceness) == 0;
    (void)is_done;
}

Error busy() {
    return Error{Code::unavailable, "unavailable", "Too many sign-ins at once", {}, hashing_retry_after_s};
}

}  // namespace

PasswordHasher::PasswordHasher(PasswordConfig config)
    : config_(config),
      nobody_phc_(hash_now(config, random_token())),
      capacity_(thread_count(config) + config.queue_limit),
      pool_(thread_count(config)) {}

PasswordHasher::~PasswordHasher() {
    pool_.join();
}

Task<Error> PasswordHasher::refuse() {
    if (held_refusals_.fetch_add(1) < held_refusals_limit) co_await sleep_for(refusal_delay);
    held_refusals_.fetch_sub(1);
    co_return busy();
}

Task<Result<void>> PasswordHasher::admit() {
    if (waiting_.load() >= capacity_) co_return co_await refuse();
    co_return Result<void>();
}

Task<Result<void>> PasswordHasher::run(std::function<void()> work) {
    if (waiting_.fetch_add(1) >= capacity_) {
        waiting_.fetch_sub(1);
        co_return co_await refuse();
    }
    const auto begin_before = std::chrono::steady_clock::now() + config_.deadline;
    bool is_late = false;
    std::exception_ptr failure;
    const auto job = [&] {
        is_late = std::chrono::steady_clock::now() > begin_before;
        try {
            if (!is_late) work();
        } catch (...) {
            failure = std::current_exception();
        }
        waiting_.fetch_sub(1);
    };
    const Executor caller = co_await asio::this_coro::executor;
    // The coroutine stays suspended until the job has posted back, so the references above outlive it.
    co_await asio::async_initiate<const UseAwaitable&, void()>(
        [&](auto handler) {
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            asio::post(pool_, [&job, caller, shared]() mutable {
                step_back();
                job();
                asio::post(caller, [shared = std::move(shared)]() mutable { std::move (*shared)(); });
            });
        },
        use_awaitable);
    if (failure) std::rethrow_exception(failure);
    if (is_late) co_return busy();
    co_return Result<void>();
}

Task<Result<std::string>> PasswordHasher::hash(std::string password) {
    std::string phc;
    std::function<void()> work = [this, &phc, &password] { phc = hash_now(config_, password); };
    const auto done = co_await run(std::move(work));
    if (!done) co_return done.error();
    co_return phc;
}

Task<Result<bool>> PasswordHasher::verify(std::string password, std::string stored) {
    bool is_match = false;
    std::function<void()> work = [&] { is_match = matches_password_form(password, stored); };
    const auto done = co_await run(std::move(work));
    if (!done) co_return done.error();
    co_return is_match;
}

Task<Result<bool>> PasswordHasher::verify_nobody(std::string password) {
    const auto compared = co_await verify(std::move(password), nobody_phc_);
    if (!compared) co_return compared.error();
    co_return false;
}

bool PasswordHasher::needs_rehash(const std::string& phc) const {
    return !phc.starts_with(parameters(config_));
}

}  // namespace platform::crypto
