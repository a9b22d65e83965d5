#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tt::progress {

/// The seen parts of a video as a union of half-open intervals [from, to) in milliseconds. Watching a part twice
/// counts once, in whatever order the reports arrive.
class Watched {
public:
    struct Part {
        int from_ms;
        int to_ms;
        bool operator==(const Part&) const = default;
    };

    void add(int from_ms, int to_ms);
    int measure_ms() const;
    /// Milliseconds seen of a video of this length.
    int measure_within(int duration_ms) const;
    const std::vector<Part>& parts() const { return parts_; }
    bool operator==(const Watched&) const = default;

    /// PostgreSQL's int4multirange: `{[0,5000),[9000,12000)}`.
    std::string to_multirange() const;
    /// Nothing when the text is not one.
    static std::optional<Watched> from_multirange(std::string_view text);

private:
    std::vector<Part> parts_{};  // sorted, disjoint, not touching
};

}  // namespace tt::progress
