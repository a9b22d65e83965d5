#pragma once

#include <filesystem>
#include <string_view>

namespace platform::http {

/// A new private file that vanishes with this object.
class UploadFile {
public:
    UploadFile() = default;
    ~UploadFile();
    UploadFile(const UploadFile&) = delete;
    UploadFile& operator=(const UploadFile&) = delete;

    /// Throws std::system_error.
    void create(const std::filesystem::path& folder);
    void append(std::string_view bytes);
    /// Ends writing; the file stays until remove() or destruction.
    void finish();
    void remove();
    const std::filesystem::path& path() const { return path_; }

private:
    int descriptor_ = -1;
    std::filesystem::path path_;
};

}  // namespace platform::http
