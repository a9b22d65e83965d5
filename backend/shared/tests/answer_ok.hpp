#pragma once

#include "platform/http/router.hpp"

namespace tt {

/// The route behind the middleware under test.
inline platform::Task<platform::http::Response> answer_ok(platform::http::Request&) {
    co_return platform::http::text_response(200, "ok");
}

}  // namespace tt
