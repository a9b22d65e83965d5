#include "services/progress-service/src/domain/paper.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace tt::progress {
namespace {

/// The first `count` of a shuffled pool, put back into the author's order.
std::vector<std::size_t> draw_from(std::vector<std::size_t> pool, std::size_t count, SeededShuffle& random) {
    if (pool.size() <= count) return pool;
    random.shuffle(pool);
    pool.resize(count);
    std::sort(pool.begin(), pool.end());
    return pool;
}

std::vector<std::size_t> chosen_questions(const std::vector<PoolQuestion>& questions, const PaperOptions& options,
                                          SeededShuffle& random) {
    std::vector<std::size_t> chosen(questions.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    if (!options.draw_count) return chosen;
    const bool has_pools =
        std::any_of(questions.begin(), questions.end(), [](const PoolQuestion& q) { return q.pool_key.has_value(); });
    std::map<std::string, std::vector<std::size_t>> pools;
    std::vector<std::size_t> always;
    for (const auto index : chosen) {
        const bool is_pooled = questions[index].pool_key || !has_pools;
        (is_pooled ? pools[questions[index].pool_key.value_or("")] : always).push_back(index);
    }
    chosen = std::move(always);
    for (auto& [key, pool] : pools) {
        const auto drawn = draw_from(std::move(pool), static_cast<std::size_t>(*options.draw_count), random);
        chosen.insert(chosen.end(), drawn.begin(), drawn.end());
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

}  // namespace

std::uint64_t SeededShuffle::next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

std::uint64_t SeededShuffle::below(std::uint64_t bound) {
    const std::uint64_t limit = ~std::uint64_t{0} - ~std::uint64_t{0} % bound;
    std::uint64_t value = next();
    while (value >= limit) value = next();
    return value % bound;
}

std::vector<PaperItem> draw_paper(const std::vector<PoolQuestion>& questions, const PaperOptions& options,
                                  std::int64_t seed) {
    SeededShuffle random(seed);
    auto chosen = chosen_questions(questions, options, random);
    if (options.shuffle_questions) random.shuffle(chosen);
    std::vector<PaperItem> items;
    items.reserve(chosen.size());
    for (const auto index : chosen) {
        const PoolQuestion& question = questions[index];
        std::vector<int> order(static_cast<std::size_t>(question.option_count));
        std::iota(order.begin(), order.end(), 0);
        if (options.shuffle_options) random.shuffle(order);
        items.push_back({static_cast<int>(items.size()) + 1, question.question_id, question.revision, question.points,
                         std::move(order)});
    }
    return items;
}

std::string canonical_paper(const std::vector<PaperItem>& items) {
    std::string text;
    for (const auto& item : items) {
        text += std::to_string(item.slot) + ' ' + to_string(item.question_id) + ' ' + std::to_string(item.revision) +
                ' ' + item.points;
        for (const int position : item.option_order) text += ' ' + std::to_string(position);
        text += '\n';
    }
    return text;
}

}  // namespace tt::progress
