#pragma once

#include "platform/core/time.hpp"

#include <string>
#include <vector>

namespace platform::archive {

struct ZipFile {
    std::string name;  ///< relative, with '/'
    std::string content;
};

/// A zip of these files in this order, all of the time `made_at`. Blocking: a few milliseconds per megabyte.
/// Throws std::runtime_error for a name that no zip can hold.
std::string zip_of(const std::vector<ZipFile>& files, Time made_at);

}  // namespace platform::archive
