#include "platform/core/replace_file.hpp"

#include <fstream>

namespace platform {

bool replace_file(const std::filesystem::path& path, std::string_view content) {
    const std::filesystem::path fresh = path.string() + ".new";
    std::error_code failure;
    std::filesystem::create_directories(path.parent_path(), failure);
    {
        std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
        file << content;
        if (!file.flush()) return false;
    }
    std::filesystem::rename(fresh, path, failure);
    return !failure;
}

}  // namespace platform
