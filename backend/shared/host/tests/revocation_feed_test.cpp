#include "shared/host/revocation_feed.hpp"

#include "platform/testing/fake_clock.hpp"
#include "platform/testing/run_task.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <fstream>
#include <mutex>
#include <thread>
#include <vector>

namespace tt {
namespace {

using namespace std::chrono_literals;
using platform::testing::FakeClock;
using platform::testing::TestRuntime;

constexpr std::int64_t fed_life_s = 960;

/// A source whose pages a test makes.
class ManualSource final : public RevocationSource {
public:
    Task<RevocationPage> revocations_after(std::string cursor) override {
        const std::lock_guard lock(mutex_);
        last_cursor = cursor;
        if (is_down) throw Unavailable("site");
        RevocationPage page{std::to_string(entries.size()), fed_life_s, {}};
        const std::size_t from = cursor.empty() || repeats ? 0 : std::stoul(cursor);
        page.added.assign(entries.begin() + static_cast<std::ptrdiff_t>(from), entries.end());
        co_return page;
    }
    std::shared_ptr<void> on_change(std::function<void()> ring) override {
        ring_ = std::move(ring);
        return std::shared_ptr<void>(this, [](void*) {});
    }
    void revoke(const Revocation& revocation, bool rings) {
        {
            const std::lock_guard lock(mutex_);
            entries.push_back(revocation);
        }
        if (rings) ring_();
    }

    std::vector<Revocation> entries;
    std::atomic<bool> is_down{false};
    std::atomic<bool> repeats{false};
    std::string last_cursor;

private:
    std::mutex mutex_;
    std::function<void()> ring_;
};

class Feeds : public ::testing::Test {
protected:
    ~Feeds() override {
        runtime_.stop();
        std::filesystem::remove_all(folder_);
    }
    std::unique_ptr<RevocationFeed> start_feed(RevocationSet& set, std::chrono::milliseconds interval,
                                               std::filesystem::path copy = {}) {
        auto feed =
            std::make_unique<RevocationFeed>(runtime_.get(), source_, set, clock_,
                                             RevocationFeedConfig{.poll_interval = interval, .copy = std::move(copy)});
        runtime_.run(feed->start());
        return feed;
    }
    /// Lives as long as the threads that may still fill it.
    RevocationSet& new_set() { return *sets_.emplace_back(std::make_unique<RevocationSet>()); }
    Revocation revocation() const {
        return {uuid_v4(), clock_.now() + 1s, clock_.now() + std::chrono::seconds(fed_life_s)};
    }
    bool is_refused_soon(const RevocationSet& set, const Uuid& subject) const {
        for (int i = 0; i < 200; ++i) {
            if (set.is_revoked(subject, clock_.now())) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }
    std::filesystem::path copy() const { return folder_ / "revocations.json"; }

    FakeClock clock_;
    ManualSource source_;
    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("tt-feed-" + std::to_string(::getpid()));
    std::vector<std::unique_ptr<RevocationSet>> sets_;
    TestRuntime runtime_;
};

TEST_F(Feeds, WhatIsRevokedIsHeardByAskingAndAtOnceByAHint) {
    RevocationSet& asking = new_set();
    RevocationSet& hinted = new_set();
    const auto polling = start_feed(asking, 50ms);
    const auto waiting = start_feed(hinted, 1h);
    EXPECT_TRUE(asking.vouches_at(clock_.now()));
    const auto first = revocation();
    source_.revoke(first, false);
    EXPECT_TRUE(is_refused_soon(asking, first.subject));
    EXPECT_FALSE(hinted.is_revoked(first.subject, clock_.now()));
    const auto second = revocation();
    source_.revoke(second, true);  // rings the feed that was made last
    EXPECT_TRUE(is_refused_soon(hinted, second.subject));
    EXPECT_TRUE(hinted.is_revoked(first.subject, clock_.now()));
}

TEST_F(Feeds, WithoutAnAnswerTheSetVouchesForNothingUntilThereIsOne) {
    source_.is_down = true;
    RevocationSet& set = new_set();
    const auto feed = start_feed(set, 20ms);
    EXPECT_FALSE(set.vouches_at(clock_.now()));
    source_.is_down = false;
    for (int i = 0; i < 200 && !set.vouches_at(clock_.now()); ++i) std::this_thread::sleep_for(10ms);
    EXPECT_TRUE(set.vouches_at(clock_.now()));
}

TEST_F(Feeds, ProcessesThatStartTogetherWaitForEachOther) {
    source_.is_down = true;
    std::jthread site([this] {
        std::this_thread::sleep_for(300ms);
        source_.is_down = false;
    });
    RevocationSet& set = new_set();
    const auto feed = start_feed(set, 1h);
    EXPECT_TRUE(set.vouches_at(clock_.now())) << "before the first request is served";
}

TEST_F(Feeds, AfterARestartTheCopySpeaksWhileTheSourceIsAway) {
    const auto ended = revocation();
    source_.revoke(ended, false);
    {
        RevocationSet& set = new_set();
        const auto feed = start_feed(set, 1h, copy());
    }
    source_.is_down = true;
    clock_.advance(std::chrono::seconds(fed_life_s - 1));
    RevocationSet& again = new_set();
    {
        const auto feed = start_feed(again, 20ms, copy());
        EXPECT_TRUE(again.vouches_at(clock_.now()));
        EXPECT_TRUE(again.is_revoked(ended.subject, clock_.now() - std::chrono::seconds(fed_life_s)));
        source_.is_down = false;  // it goes on from where the copy ends
        for (int i = 0; i < 200 && again.synchronised_at() != clock_.now(); ++i) std::this_thread::sleep_for(10ms);
        EXPECT_EQ(source_.last_cursor, "1");
    }
    source_.is_down = true;
    clock_.advance(std::chrono::seconds(fed_life_s));
    RevocationSet& late = new_set();
    const auto feed = start_feed(late, 1h, copy());
    EXPECT_FALSE(late.vouches_at(clock_.now())) << "every token that is good now is younger than the copy";
}

TEST_F(Feeds, PassesOnWhatIsNewAndOnlyThat) {
    source_.revoke(revocation(), false);
    struct Told {
        std::mutex mutex;
        std::vector<Uuid> subjects;
    };
    const auto told = std::make_shared<Told>();
    RevocationSet& set = new_set();
    RevocationFeed feed(runtime_.get(), source_, set, clock_,
                        {.poll_interval = 10ms, .copy = {}, .on_added = [told](const std::vector<Revocation>& added) {
                             const std::lock_guard lock(told->mutex);
                             for (const auto& one : added) told->subjects.push_back(one.subject);
                         }});
    runtime_.run(feed.start());
    source_.repeats = true;  // as while a long transaction is open: what is not settled is told again
    const auto first = revocation(), second = revocation();
    source_.revoke(first, true);
    EXPECT_TRUE(is_refused_soon(set, first.subject));
    source_.revoke(second, true);
    EXPECT_TRUE(is_refused_soon(set, second.subject));
    std::this_thread::sleep_for(100ms);
    const std::lock_guard lock(told->mutex);
    EXPECT_EQ(told->subjects, (std::vector{first.subject, second.subject}));
}

TEST_F(Feeds, ABrokenCopyIsNoCopy) {
    source_.is_down = true;
    std::filesystem::create_directories(folder_);
    for (const char* text :
         {"", "{", "[]",
          R"({"synchronised_at":"2999-01-01T00:00:00Z","page":{"cursor":"1","token_life_s":900,"added":[]}})"}) {
        std::ofstream(copy(), std::ios::trunc) << text;
        RevocationSet& set = new_set();
        const auto feed = start_feed(set, 1h, copy());
        EXPECT_FALSE(set.vouches_at(clock_.now())) << text;
    }
}

}  // namespace
}  // namespace tt
