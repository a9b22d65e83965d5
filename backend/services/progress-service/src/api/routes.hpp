#pragma once

#include "platform/http/router.hpp"

/// HTTP ↔ use cases, one function per group of routes.
namespace tt::progress {
class ProgressService;
}

namespace tt::progress::api {

void mount_progress(http::Router& router, ProgressService& service);
void mount_attempts(http::Router& router, ProgressService& service);
void mount_certificates(http::Router& router, ProgressService& service);
/// The same use cases as Supabase function calls (/functions/v1/quiz-start …).
void mount_functions(http::Router& router, ProgressService& service);

}  // namespace tt::progress::api
