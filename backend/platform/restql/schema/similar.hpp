#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace platform::restql {

/// A name that a client may have meant.
struct SimilarName {
    double score = 0;  ///< 1: equal but for its case
    std::string name;
};

inline constexpr double least_similarity = 0.33;

/// Those of `names` that share letter groups with `name`, best first: candidates are found by the cosine of their
/// groups of three letters (of two, when no three fit) and rated by the share of letters that stay in an edit. Only
/// scores of at least `least` are told.
std::vector<SimilarName> similar_names(std::span<const std::string_view> names, std::string_view name,
                                       double least = least_similarity);
std::optional<std::string> most_similar(std::span<const std::string_view> names, std::string_view name,
                                        double least = least_similarity);

}  // namespace platform::restql
