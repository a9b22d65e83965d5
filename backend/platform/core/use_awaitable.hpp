#pragma once

// How the token platform::use_awaitable works, apart so that task.hpp reads as the manual.

#include "platform/core/ambient.hpp"

#include <boost/asio/associator.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <type_traits>
#include <utility>

namespace platform::detail {

/// A completion handler that runs with the ambient of the coroutine that waits for it.
template <class Handler>
class AmbientHandler {
public:
    explicit AmbientHandler(Handler handler) : handler_(std::move(handler)), ambient_(Ambient::current()) {}

    template <class... Args>
    void operator()(Args&&... args) {
        const AmbientPtr ambient = std::move(ambient_);
        const AmbientTurn turn(ambient.get());
        std::move(handler_)(std::forward<Args>(args)...);
    }

    const Handler& inner() const { return handler_; }

private:
    Handler handler_;
    AmbientPtr ambient_;
};

/// Starts an operation with such a handler.
template <class Initiation>
struct AmbientInitiation {
    Initiation initiation;

    template <class Handler, class... Args>
    void operator()(Handler&& handler, Args&&... args) {
        using Wrapped = AmbientHandler<std::decay_t<Handler>>;
        std::move(initiation)(Wrapped(std::forward<Handler>(handler)), std::forward<Args>(args)...);
    }
};

}  // namespace platform::detail

/// Executor, allocator and cancellation slot are those of the wrapped handler.
template <template <class, class> class Associator, class Handler, class Default>
struct boost::asio::associator<Associator, platform::detail::AmbientHandler<Handler>, Default>
    : Associator<Handler, Default> {
    using type = typename Associator<Handler, Default>::type;
    static type get(const platform::detail::AmbientHandler<Handler>& handler) noexcept {
        return Associator<Handler, Default>::get(handler.inner());
    }
    static type get(const platform::detail::AmbientHandler<Handler>& handler, const Default& fallback) noexcept {
        return Associator<Handler, Default>::get(handler.inner(), fallback);
    }
};

template <class R, class... Args>
class boost::asio::async_result<platform::UseAwaitable, R(Args...)>
    : public async_result<use_awaitable_t<platform::Executor>, R(Args...)> {
    using Plain = async_result<use_awaitable_t<platform::Executor>, R(Args...)>;

public:
    template <class Initiation, class... InitArgs>
    static typename Plain::return_type initiate(Initiation&& initiation, platform::UseAwaitable token,
                                                InitArgs&&... args) {
        using Wrapped = platform::detail::AmbientInitiation<std::decay_t<Initiation>>;
        return Plain::initiate(Wrapped{std::forward<Initiation>(initiation)},
                               static_cast<const use_awaitable_t<platform::Executor>&>(token),
                               std::forward<InitArgs>(args)...);
    }
};
