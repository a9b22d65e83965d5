#pragma once

#include <chrono>

namespace platform {

/// How long to wait before trying again: `first`, doubled with each attempt that failed before (0, 1, 2, …), at most
/// `limit`; of that a random half to whole, so that many who failed together do not return together.
std::chrono::milliseconds backoff(int attempts, std::chrono::milliseconds first, std::chrono::milliseconds limit);

}  // namespace platform
