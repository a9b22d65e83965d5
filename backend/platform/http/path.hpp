#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::http {

/// Whether a path, as it was sent, is `prefix` or below it in the router's eyes: "/api" covers "/api", "/api/x" and
/// "/%61pi/x", not "/apix". Whatever decides by a path asks this: compared letter by letter, another spelling of the
/// same route gets around it. A path with broken escapes, which no route has, is compared as it is.
bool is_below(std::string_view path, std::string_view prefix);

/// A request path in decoded segments. Refused: malformed escapes, encoded slash, backslash or NUL, "." and "..",
/// text that is not UTF-8, more than max_segments.
class PathSegments {
public:
    static constexpr std::size_t max_segments = 64;

    /// `path` begins with a slash and must outlive this object.
    static std::optional<PathSegments> parse(std::string_view path);

    std::size_t size() const { return count_; }
    std::string_view operator[](std::size_t index) const;
    /// Segments from `index` on, joined with slashes.
    std::string rest(std::size_t index) const;

private:
    struct Segment {
        std::string_view raw;
        int decoded = -1;  // index into decoded_, when there was an escape
    };
    std::array<Segment, max_segments> segments_;
    std::size_t count_ = 0;
    std::vector<std::string> decoded_;
};

}  // namespace platform::http
