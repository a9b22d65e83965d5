#include "platform/core/ambient.hpp"

#include "platform/core/runtime.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

namespace platform {
namespace {

using std::chrono::milliseconds;

struct Named final : Ambient {
    Named(std::string name, int& alive) : name(std::move(name)), alive(alive) { ++alive; }
    ~Named() override { --alive; }

    std::string name;
    int& alive;
};

std::string current_name() {
    const auto* named = dynamic_cast<const Named*>(Ambient::current());
    return named ? named->name : "none";
}

struct World {
    Runtime runtime{2};
    int alive = 0;
    int running = 0;
    std::vector<std::string> seen;
};

/// One of two coroutines that take turns on one thread.
Task<void> three_naps(World& world, std::string name) {
    const AmbientScope scope(AmbientPtr(new Named(name, world.alive)));
    for (int i = 0; i < 3; ++i) {
        co_await sleep_for(milliseconds(2));
        world.seen.push_back(name + ' ' + current_name());
    }
}

Task<void> count_out(World& world, Task<void> task) {
    co_await std::move(task);
    world.seen.push_back("after " + current_name());
    if (--world.running == 0) world.runtime.stop();
}

void run(World& world, std::vector<Task<void>> tasks) {
    world.running = static_cast<int>(tasks.size());
    for (auto& task : tasks) world.runtime.spawn(0, count_out(world, std::move(task)));
    world.runtime.run();
}

TEST(Ambient, EachCoroutineKeepsItsOwnOverItsWaits) {
    World world;
    std::vector<Task<void>> tasks;
    for (const char* name : {"a", "b"}) tasks.push_back(three_naps(world, name));
    run(world, std::move(tasks));
    ASSERT_EQ(world.seen.size(), 8U);
    for (const auto& line : world.seen) {
        const bool is_own = line == "a a" || line == "b b" || line == "after none";
        EXPECT_TRUE(is_own) << line;
    }
    EXPECT_EQ(world.alive, 0);
}

Task<void> work_elsewhere(World& world) {
    const AmbientScope scope(AmbientPtr(new Named("a", world.alive)));
    const std::string on_cpu = co_await world.runtime.on_cpu([] { return current_name(); });
    world.seen.push_back("cpu " + on_cpu);
    world.seen.push_back("back " + current_name());
}

TEST(Ambient, CpuWorkHasNoneAndTheCallerHasItAgain) {
    World world;
    std::vector<Task<void>> tasks;
    tasks.push_back(work_elsewhere(world));
    run(world, std::move(tasks));
    EXPECT_EQ(world.seen, (std::vector<std::string>{"cpu none", "back a", "after none"}));
}

Task<void> background(World& world) {
    world.seen.push_back("begins " + current_name());
    const AmbientScope scope(AmbientPtr(new Named("child", world.alive)));
    co_await sleep_for(milliseconds(1));
    world.seen.push_back("goes on " + current_name());
}

Task<void> spawn_one(World& world) {
    const AmbientScope scope(AmbientPtr(new Named("a", world.alive)));
    world.runtime.spawn(0, background(world));
    world.seen.push_back("spawner " + current_name());
    co_await sleep_for(milliseconds(20));
    world.seen.push_back("spawner " + current_name());
}

TEST(Ambient, ATaskOfItsOwnInheritsNothingAndLeavesNothing) {
    World world;
    std::vector<Task<void>> tasks;
    tasks.push_back(spawn_one(world));
    run(world, std::move(tasks));
    const std::vector<std::string> expected{"begins none", "spawner a", "goes on child", "spawner a", "after none"};
    EXPECT_EQ(world.seen, expected);
    EXPECT_EQ(world.alive, 0);
}

Task<void> fail_after_nap() {
    co_await sleep_for(milliseconds(1));
    throw std::runtime_error("no ink");
}

Task<void> catch_it(World& world) {
    const AmbientScope outer(AmbientPtr(new Named("outer", world.alive)));
    try {
        const AmbientScope inner(AmbientPtr(new Named("inner", world.alive)));
        co_await fail_after_nap();
    } catch (const std::runtime_error&) {
        world.seen.push_back(current_name());
    }
}

TEST(Ambient, AnExceptionEndsTheScope) {
    World world;
    std::vector<Task<void>> tasks;
    tasks.push_back(catch_it(world));
    run(world, std::move(tasks));
    EXPECT_EQ(world.seen, (std::vector<std::string>{"outer", "after none"}));
    EXPECT_EQ(world.alive, 0);
}

TEST(Ambient, IsReleasedWithACoroutineThatNeverWakes) {
    int alive = 0;
    {
        World world;
        world.runtime.spawn(0, [](int& alive) -> Task<void> {
            const AmbientScope scope(AmbientPtr(new Named("a", alive)));
            co_await sleep_for(std::chrono::hours(1));
        }(alive));
        asio::post(world.runtime.context(0), [&] { world.runtime.stop(); });
        world.runtime.run();
        EXPECT_EQ(alive, 1);
    }
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(current_name(), "none");
}

}  // namespace
}  // namespace platform
