#include "platform/restql/schema/similar.hpp"

#include "platform/core/text.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_set>
#include <utility>

namespace platform::restql {
namespace {

// Candidates that are rated by their edit distance, as many as upstream rates.
constexpr std::size_t max_rated = 50;

/// Characters of UTF-8, A-Z in lower case; a byte that is none stands for itself.
std::u32string letters(std::string_view text) {
    std::u32string found;
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(utf8_sequence_length(text), 1);
        char32_t letter = length == 1 ? static_cast<unsigned char>(lower_ascii(text[0]))
                                      : static_cast<unsigned char>(text[0]) & (0x7fu >> length);
        for (std::size_t i = 1; i < length; ++i) letter = letter << 6u | (static_cast<unsigned char>(text[i]) & 0x3fu);
        found += letter;
        text.remove_prefix(length);
    }
    return found;
}

bool is_word(char32_t c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
    return is_letter || c == ',' || c == ' ' || (c >= '\t' && c <= '\r');
}

using Grams = std::map<std::u32string, int>;

/// How often each group of `size` letters occurs between hyphens at both ends.
Grams count_grams(const std::u32string& text, std::size_t size) {
    std::u32string framed = U"-";
    std::copy_if(text.begin(), text.end(), std::back_inserter(framed), is_word);
    framed += U'-';
    Grams grams;
    for (std::size_t i = 0; i + size <= framed.size(); ++i) ++grams[framed.substr(i, size)];
    return grams;
}

double magnitude(const Grams& grams) {
    double sum = 0;
    for (const auto& [gram, count] : grams) sum += double(count) * count;
    return std::sqrt(sum);
}

double cosine(const Grams& a, const Grams& b) {
    double product = 0;
    for (const auto& [gram, count] : b) {
        const auto other = a.find(gram);
        if (other != a.end()) product += double(count) * other->second;
    }
    return product == 0 ? 0 : product / (magnitude(a) * magnitude(b));
}

std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

double rate(const std::u32string& a, const std::u32string& b) {
    return 1.0 - double(edit_distance(a, b)) / double(std::max(a.size(), b.size()));
}

struct Candidate {
    std::string_view name;
    std::u32string letters;
    double score = 0;
};

/// An edit never costs less than the difference in length: what is too long or short cannot reach `least`. This also
/// bounds the work for a name of many thousand letters.
std::vector<Candidate> candidates(std::span<const std::string_view> names, const std::u32string& wanted, double least) {
    std::vector<Candidate> found;
    std::unordered_set<std::u32string> seen;
    for (const auto name : names) {
        auto own = letters(name);
        const auto [shorter, longer] = std::minmax({own.size(), wanted.size()});
        if (double(shorter) < least * double(longer) || !seen.insert(own).second) continue;
        found.push_back({name, std::move(own)});
    }
    return found;
}

/// Best first; equal ones keep their order.
void sort_by_score(std::vector<Candidate>& list) {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < list.size(); ++i) order.emplace_back(-list[i].score, i);
    std::sort(order.begin(), order.end());
    std::vector<Candidate> sorted;
    for (const auto& [score, i] : order) sorted.push_back(std::move(list[i]));
    list = std::move(sorted);
}

std::vector<SimilarName> similar_by(std::span<const Candidate> names, const std::u32string& wanted, double least,
                                    std::size_t gram_size) {
    const auto wanted_grams = count_grams(wanted, gram_size);
    std::vector<Candidate> sharing;
    for (const auto& candidate : names) {
        const double score = cosine(wanted_grams, count_grams(candidate.letters, gram_size));
        if (score > 0) sharing.push_back({candidate.name, candidate.letters, score});
    }
    sort_by_score(sharing);
    if (sharing.size() > max_rated) sharing.resize(max_rated);
    for (auto& candidate : sharing) candidate.score = rate(wanted, candidate.letters);
    sort_by_score(sharing);
    std::vector<SimilarName> found;
    for (const auto& candidate : sharing) {
        if (candidate.score >= least) found.push_back({candidate.score, std::string(candidate.name)});
    }
    return found;
}

}  // namespace

std::vector<SimilarName> similar_names(std::span<const std::string_view> names, std::string_view name, double least) {
    const auto wanted = letters(name);
    const auto possible = candidates(names, wanted, least);
    for (const auto& candidate : possible) {
        if (candidate.letters == wanted) return {{1.0, std::string(candidate.name)}};
    }
    if (possible.empty()) return {};
    auto found = similar_by(possible, wanted, least, 3);
    return found.empty() ? similar_by(possible, wanted, least, 2) : found;
}

std::optional<std::string> most_similar(std::span<const std::string_view> names, std::string_view name, double least) {
    auto found = similar_names(names, name, least);
    if (found.empty()) return std::nullopt;
    return std::move(found.front().name);
}

}  // namespace platform::restql
