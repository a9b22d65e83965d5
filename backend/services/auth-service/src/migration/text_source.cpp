#include "services/auth-service/src/migration/text_source.hpp"

#include <stdexcept>

namespace tt::auth {

TextSource::TextSource(const std::filesystem::path& path) {
    file_.pubsetbuf(buffer_.data(), buffer_.size());
    const bool is_file = std::filesystem::is_regular_file(path);
    if (!is_file || !file_.open(path, std::ios::in | std::ios::binary)) {
        throw std::runtime_error("cannot read " + path.string());
    }
    if (peek() == 0xEF) {
        take();
        take();
        take();
    }
}

void TextSource::skip_line() {
    for (int c = take(); c != '\n' && c != end; c = take()) {
    }
}

}  // namespace tt::auth
