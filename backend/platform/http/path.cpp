#include "platform/http/path.hpp"

#include "platform/core/text.hpp"
#include "platform/http/request.hpp"

namespace platform::http {
namespace {

bool is_dot_segment(std::string_view segment) {
    return segment == "." || segment == "..";
}

bool is_decoded_below(std::string_view path, std::string_view prefix) {
    if (prefix == "/") return true;
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

}  // namespace

bool is_below(std::string_view path, std::string_view prefix) {
    if (path.find('%') == std::string_view::npos) return is_decoded_below(path, prefix);
    const auto decoded = percent_decode(path);
    return is_decoded_below(decoded ? std::string_view(*decoded) : path, prefix);
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
