#pragma once

#include "platform/core/time.hpp"
#include "shared/types/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Draws the paper of one attempt: which questions, in which order, with which order of options. Everything follows
/// from the seed, so an auditor can draw it again.
namespace tt::progress {

struct PoolQuestion {
    QuestionId question_id;
    int revision = 0;
    std::string points;
    std::optional<std::string> pool_key{};
    int option_count = 0;
};

struct PaperOptions {
    bool shuffle_questions = false;
    bool shuffle_options = false;
    // Of each pool; a question without a pool is always asked, unless there are no pools at all.
    std::optional<int> draw_count{};
};

struct PaperItem {
    int slot = 0;  // 1..n
    QuestionId question_id;
    int revision = 0;
    std::string points;
    std::vector<int> option_order{};  // shown position → position in the frozen revision
};

std::vector<PaperItem> draw_paper(const std::vector<PoolQuestion>& questions, const PaperOptions& options,
                                  std::int64_t seed);

/// One line per item, in slot order: what items_sha256 is taken of.
std::string canonical_paper(const std::vector<PaperItem>& items);

/// SplitMix64 with an unbiased range: the same numbers on every platform, unlike std::shuffle.
class SeededShuffle {
public:
    explicit SeededShuffle(std::int64_t seed) : state_(static_cast<std::uint64_t>(seed)) {}

    /// 0 ≤ result < bound.
    std::uint64_t below(std::uint64_t bound);

    template <class T>
    void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
    }

private:
    std::uint64_t next();
    std::uint64_t state_;
};

}  // namespace tt::progress
