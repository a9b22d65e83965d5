#pragma once

#include "services/course-service/src/import/olx_problem.hpp"
#include "services/course-service/src/import/olx_video.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tt::course::import {

/// Settings that a component inherits from what it lies in.
struct Inherited {
    bool is_graded = false;
    std::optional<std::string> grade_category;
    std::optional<int> max_attempts;
    std::string show_answer;

    Inherited refined_by(const OlxNode& node) const;
};

/// Turns the components of a unit into blocks. Adds up what the blocks cost a learner in time.
class BlockReader {
public:
    BlockReader(const CourseFolder& folder, ContentCleaner& cleaner, VideoReader& videos, Findings& findings);

    /// One component; containers inside a unit (nested verticals) give several blocks. `path` is for the report.
    std::vector<BlockDraft> read(const OlxNode& node, const Inherited& settings, const std::string& path);

    /// Seconds of the blocks read since the last call: 200 words a minute, films in full, a minute and a half a
    /// question.
    int take_seconds();

private:
    BlockDraft read_html(const OlxNode& node);
    BlockDraft read_problem(const OlxNode& node, const Inherited& settings, const std::string& path);
    BlockDraft read_pool(const OlxNode& node, const Inherited& settings, const std::string& path);
    BlockDraft read_variants(const OlxNode& node, const Inherited& settings, const std::string& path);
    BlockDraft unsupported(const OlxNode& node, const std::string& path, const std::string& reason,
                           const std::string& detail);
    QuizDraft make_quiz(const OlxNode& node, const Inherited& settings) const;
    void count_problem(const OlxNode& node, const ConvertedProblem& problem);
    void report_responses(const OlxNode& node, const ConvertedProblem& problem, const std::string& path,
                          bool is_whole_problem);
    BlockDraft keyed(const OlxNode& node, BlockDraft block);
    std::string free_key(const OlxNode& node);

    const CourseFolder& folder_;
    ContentCleaner& cleaner_;
    VideoReader& videos_;
    Findings& findings_;
    std::set<std::string> used_keys_;
    int seconds_ = 0;
};

}  // namespace tt::course::import
