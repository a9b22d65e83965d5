#pragma once

#include "platform/core/task.hpp"
#include "platform/http/response.hpp"

namespace data_api {

/// A handler's answer that needed no waiting.
inline platform::Task<platform::http::Response> ready_answer(platform::http::Response response) {
    co_return response;
}

}  // namespace data_api
