#include "platform/http/upload_file.hpp"

#include "platform/core/uuid.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <system_error>

namespace platform::http {

UploadFile::~UploadFile() {
    remove();
}

void UploadFile::create(const std::filesystem::path& folder) {
    remove();
    std::filesystem::create_directories(folder);
    path_ = folder / ("upload-" + to_string(uuid_v4()));
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor_ < 0) {
        path_.clear();
        throw std::system_error(errno, std::generic_category(), "cannot create an upload file");
    }
}

void UploadFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw std::system_error(errno, std::generic_category(), "cannot write an upload file");
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void UploadFile::finish() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

void UploadFile::remove() {
    finish();
    if (path_.empty()) return;
    std::error_code ignored;  // the handler may have moved it to its final place
    std::filesystem::remove(path_, ignored);
    path_.clear();
}

}  // namespace platform::http
