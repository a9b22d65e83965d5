#include "shared/host/revocation_feed.hpp"

#include "platform/core/replace_file.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <atomic>
#include <fstream>
#include <iterator>
#include <mutex>

namespace tt {

/// What is on disk.
struct RevocationCopy {
    Time synchronised_at{};
    RevocationPage page;
};
BOOST_DESCRIBE_STRUCT(RevocationCopy, (), (synchronised_at, page))

namespace {

constexpr std::chrono::seconds sweep_interval{60};
// Processes that start together wait this long for each other, and nobody waits a whole second for the first answer.
constexpr std::chrono::milliseconds first_answer_patience{3000};
constexpr std::chrono::milliseconds eager_interval{100};
// A copy is written this long after a change, and this often without one: its age is what it is worth.
constexpr std::chrono::seconds copy_interval{2};
constexpr std::chrono::seconds idle_copy_interval{15};

/// A page may hold a million revocations at a hundred bytes; what is larger is no copy of ours.
constexpr std::uintmax_t copy_limit_bytes = 256 << 20;

std::optional<RevocationCopy> read_copy(const std::filesystem::path& path) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(path, missing);
    if (missing || size > copy_limit_bytes) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto copy = json::parse<RevocationCopy>(text);
    if (!copy) return std::nullopt;
    return std::move(*copy);
}

}  // namespace

struct RevocationFeed::State {
    State(Runtime& threads, RevocationSource& from, RevocationSet& to, const Clock& time, RevocationFeedConfig settings)
        : runtime(threads), source(from), set(to), clock(time), config(std::move(settings)), wakeup(threads, 0) {}

    void load_copy() {
        if (config.copy.empty()) return;
        const auto copy = read_copy(config.copy);
        if (!copy || copy->synchronised_at > clock.now()) return;
        set.adopt(copy->page, copy->synchronised_at);
        cursor = copy->page.cursor;
    }

    /// Work that takes as long as the set is large: not on an io thread.
    template <class F>
    Task<void> on_cpu(F work) {
        const auto unless_stopped = [this, &work] {
            const std::lock_guard lock(working);
            if (!is_stopped) work();
        };
        co_await runtime.on_cpu(unless_stopped);
    }

    Task<void> sweep(Time now) {
        if (now - swept_at < sweep_interval) co_return;
        swept_at = now;
        co_await on_cpu([this, now] { set.sweep(now); });
    }

    Task<void> save_copy(Time now) {
        if (config.copy.empty()) co_return;
        if (now - saved_at < (is_changed ? copy_interval : idle_copy_interval)) co_return;
        is_changed = false;
        saved_at = now;
        co_await on_cpu([this] {
            const RevocationCopy copy{set.synchronised_at(), {cursor, set.token_life().count(), set.all()}};
            replace_file(config.copy, json::write(copy));  // a full disk only costs the head start after a restart
        });
    }

    Task<void> synchronise() {
        const Time asked_at = clock.now();
        const RevocationPage page = co_await source.revocations_after(cursor);
        const auto news = set.adopt(page, asked_at);
        cursor = page.cursor;
        is_changed = is_changed || !news.empty();
        const bool is_first = !std::exchange(has_heard, true);
        if (config.on_added && !is_first && !news.empty()) config.on_added(news);
        co_await sweep(asked_at);
        co_await save_copy(asked_at);
    }

    bool vouches() const { return set.vouches_at(clock.now()); }

    /// Whether the source answered; told when that changes.
    Task<void> try_to_synchronise() {
        std::string failure;
        try {
            co_await synchronise();
        } catch (const std::exception& error) {
            failure = error.what();
        }
        const bool has_failed = !failure.empty();
        if (has_failed) failures.add();
        if (has_failed && !was_failing) log::warn("revocations_not_heard", {{"error.message", failure}});
        if (!has_failed && was_failing) log::info("revocations_heard_again");
        was_failing = has_failed;
        age.set(std::chrono::duration<double>(clock.now() - set.synchronised_at()).count());
        known.set(static_cast<double>(set.size()));
    }

    Runtime& runtime;
    RevocationSource& source;
    RevocationSet& set;
    const Clock& clock;
    RevocationFeedConfig config;
    Wakeup wakeup;
    std::atomic<bool> is_stopped{false};
    std::string cursor;
    Time swept_at{};
    Time saved_at{};
    std::mutex working;  // held while another thread works on the set
    bool has_heard = false;
    bool is_changed = false;
    bool was_failing = false;
    metrics::Counter& failures = metrics::counter("revocation_feed_failures_total");
    metrics::Gauge& age = metrics::gauge("revocation_feed_age_seconds");
    metrics::Gauge& known = metrics::gauge("revocations_known");
};

RevocationFeed::RevocationFeed(Runtime& runtime, RevocationSource& source, RevocationSet& set, const Clock& clock,
                               RevocationFeedConfig config)
    : state_(std::make_shared<State>(runtime, source, set, clock, std::move(config))) {}

RevocationFeed::~RevocationFeed() {
    state_->is_stopped = true;
    wake();
    const std::lock_guard done(state_->working);  // the set may go after the feed
}

Task<void> RevocationFeed::start() {
    state_->load_copy();
    hint_ = state_->source.on_change([state = std::weak_ptr<State>(state_)] {
        if (const auto living = state.lock()) living->wakeup.wake();
    });
    const auto until = std::chrono::steady_clock::now() + first_answer_patience;
    co_await state_->try_to_synchronise();
    while (!state_->vouches() && std::chrono::steady_clock::now() < until) {
        co_await sleep_for(eager_interval);
        co_await state_->try_to_synchronise();
    }
    const Executor executor = co_await asio::this_coro::executor;
    asio::co_spawn(executor, follow(state_), asio::detached);
}

void RevocationFeed::wake() const {
    state_->wakeup.wake();
}

Task<void> RevocationFeed::follow(std::shared_ptr<State> state) {
    while (true) {
        co_await state->wakeup.wait_for(state->vouches() ? state->config.poll_interval
                                                         : std::min(state->config.poll_interval, eager_interval));
        if (state->is_stopped) co_return;
        co_await state->try_to_synchronise();
    }
}

}  // namespace tt
