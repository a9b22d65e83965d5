#include "platform/http/path.hpp"

#include "platform/http/request.hpp"

namespace platform::http {
namespace {

bool is_dot_segment(std::string_view segment) {
    return segment == "." || segment == "..";
}

/// Bytes that follow the first byte of a UTF-8 sequence; -1 when it cannot begin one.
int continuation_count(unsigned char first) {
    if (first < 0x80) return 0;
    if (first >= 0xc2 && first <= 0xdf) return 1;
    if (first >= 0xe0 && first <= 0xef) return 2;
    if (first >= 0xf0 && first <= 0xf4) return 3;
    return -1;
}

/// Overlong forms, surrogates and code points beyond U+10FFFF show in the second byte.
bool is_second_byte(unsigned char first, unsigned char second) {
    if (first == 0xe0) return second >= 0xa0;
    if (first == 0xed) return second <= 0x9f;
    if (first == 0xf0) return second >= 0x90;
    if (first == 0xf4) return second <= 0x8f;
    return true;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(text[i]);
        const int count = continuation_count(first);
        if (count < 0 || i + static_cast<std::size_t>(count) >= text.size()) return false;
        for (int k = 1; k <= count; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]);
            if ((byte & 0xc0) != 0x80 || (k == 1 && !is_second_byte(first, byte))) return false;
        }
        i += static_cast<std::size_t>(count);
    }
    return true;
}

std::optional<PathSegments> PathSegments::parse(std::string_view path) {
    std::optional<PathSegments> result(std::in_place);
    if (path.empty() || path.front() != '/') return std::nullopt;
    path.remove_prefix(1);
    while (true) {
        const auto slash = path.find('/');
        Segment segment{path.substr(0, slash)};
        if (result->count_ == max_segments || segment.raw.find('\\') != std::string_view::npos) return std::nullopt;
        if (segment.raw.find('%') != std::string_view::npos) {
            auto decoded = percent_decode(segment.raw);
            const bool is_bad = !decoded || decoded->find_first_of("/\\") != std::string::npos ||
                                is_dot_segment(*decoded) || !is_utf8(*decoded);
            if (is_bad) return std::nullopt;
            segment.decoded = static_cast<int>(result->decoded_.size());
            result->decoded_.push_back(std::move(*decoded));
        } else if (is_dot_segment(segment.raw)) {
            return std::nullopt;
        }
        result->segments_[result->count_++] = segment;
        if (slash == std::string_view::npos) return result;
        path.remove_prefix(slash + 1);
    }
}

std::string_view PathSegments::operator[](std::size_t index) const {
    const Segment& segment = segments_[index];
    return segment.decoded < 0 ? segment.raw : std::string_view(decoded_[static_cast<std::size_t>(segment.decoded)]);
}

std::string PathSegments::rest(std::size_t index) const {
    std::string joined;
    for (std::size_t i = index; i < count_; ++i) {
        if (i > index) joined += '/';
        joined += (*this)[i];
    }
    return joined;
}

}  // namespace platform::http
