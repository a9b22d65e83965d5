#pragma once

// Implementation of Runtime::on_cpu, apart so that runtime.hpp reads as the manual.

#include "platform/core/runtime.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace platform {

template <class F>
auto Runtime::on_cpu(F work) -> Task<std::invoke_result_t<F>> {
    using T = std::invoke_result_t<F>;
    using Stored = std::conditional_t<std::is_void_v<T>, char, T>;
    std::optional<Stored> value;
    std::exception_ptr failure;
    const auto job = [&] {
        try {
            if constexpr (std::is_void_v<T>) {
                work();
            } else {
                value.emplace(work());
            }
        } catch (...) {
            failure = std::current_exception();
        }
    };
    auto caller = co_await asio::this_coro::executor;
    // The coroutine stays suspended until the job has posted back, so the references above outlive it.
    co_await asio::async_initiate<const UseAwaitable&, void()>(
        [&](auto handler) {
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            asio::post(cpu_pool_, [&job, caller, shared]() mutable {
                job();
                asio::post(caller, [shared = std::move(shared)]() mutable { std::move (*shared)(); });
            });
        },
        use_awaitable);
    if (failure) std::rethrow_exception(failure);
    if constexpr (!std::is_void_v<T>) co_return std::move(*value);
}

}  // namespace platform
