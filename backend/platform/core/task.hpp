#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace platform {

namespace asio = boost::asio;

/// The concrete executor of an io thread: every coroutine of a request stays on the thread that accepted it,
/// and the compiler sees through it (asio::any_io_executor costs a virtual call per hop).
using Executor = asio::io_context::executor_type;

/// A coroutine. Data comes in by value, collaborators that outlive it by reference.
template <class T = void>
using Task = asio::awaitable<T, Executor>;

/// The token of every wait: `co_await socket.async_read_some(buffer, use_awaitable)`. It is Asio's own, and carries the
/// coroutine's Ambient over the wait.
struct UseAwaitable : asio::use_awaitable_t<Executor> {};
inline constexpr UseAwaitable use_awaitable{};

/// Suspends the coroutine; cancellation ends it early with operation_aborted.
Task<void> sleep_for(std::chrono::milliseconds duration);

}  // namespace platform

#include "platform/core/use_awaitable.hpp"
