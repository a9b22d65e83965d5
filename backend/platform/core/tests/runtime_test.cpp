#include "platform/core/runtime.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace platform {
namespace {

TEST(Runtime, CpuWorkLeavesTheIoThreadAndComesBack) {
    Runtime runtime(2);
    std::thread::id io_thread, cpu_thread, back;
    std::size_t index = 99;
    runtime.spawn(1, [](Runtime& runtime, auto& io, auto& cpu, auto& back, auto& index) -> Task<void> {
        io = std::this_thread::get_id();
        cpu = co_await runtime.on_cpu([] { return std::this_thread::get_id(); });
        back = std::this_thread::get_id();
        index = Runtime::current();
        runtime.stop();
    }(runtime, io_thread, cpu_thread, back, index));
    runtime.run();
    EXPECT_NE(io_thread, cpu_thread);
    EXPECT_EQ(io_thread, back);
    EXPECT_EQ(index, 1U);
}

TEST(Runtime, CpuWorkRethrows) {
    Runtime runtime(1);
    std::string caught;
    runtime.spawn(0, [](Runtime& runtime, std::string& caught) -> Task<void> {
        try {
            co_await runtime.on_cpu([] { throw std::runtime_error("no ink"); });
        } catch (const std::runtime_error& error) {
            caught = error.what();
        }
        runtime.stop();
    }(runtime, caught));
    runtime.run();
    EXPECT_EQ(caught, "no ink");
}

}  // namespace
}  // namespace platform
