#pragma once

#include "platform/http/endpoint.hpp"

#include <utility>

namespace tt::course {

template <class Out>
using Answer = platform::Result<platform::http::Reply<Out>>;

/// 200 with what was asked for, or its error.
template <class Out>
Answer<Out> answer(platform::Result<Out> result) {
    if (!result) return result.error();
    return platform::http::Reply<Out>{200, std::move(*result), {}};
}

}  // namespace tt::course
