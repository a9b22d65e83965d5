#pragma once

#include "platform/core/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <optional>

namespace platform::crypto {

/// Runs one coroutine to its end on a context of its own.
template <class T>
T run_task(Task<T> task) {
    asio::io_context context(1);
    std::optional<T> value;
    std::exception_ptr failure;
    asio::co_spawn(context.get_executor(), std::move(task), [&](std::exception_ptr error, T result) {
        failure = error;
        if (!error) value.emplace(std::move(result));
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
}

}  // namespace platform::crypto
