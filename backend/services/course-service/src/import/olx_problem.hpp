#pragma once

#include "services/course-service/src/import/content_cleaner.hpp"
#include "services/course-service/src/import/olx_tree.hpp"

#include <string>
#include <vector>

namespace tt::course::import {

/// A response of a problem that cannot become a question.
struct UnsupportedResponse {
    std::string kind;    ///< custom, formula, image, schematic, …, numeric_with_script, none
    std::string reason;  ///< stable word
    std::string detail;
};

struct ConvertedProblem {
    std::vector<QuestionDraft> questions;
    std::vector<UnsupportedResponse> unsupported;
    int responses = 0;
    bool has_hints = false;
    bool has_solution = false;
    bool shuffles_options = false;
};

/// Reads a <problem>: one question per response element, in order, without import_key. Python is never run: a response
/// whose text or key uses a variable of a script is unsupported.
ConvertedProblem convert_problem(const OlxNode& problem, ContentCleaner& cleaner);

}  // namespace tt::course::import
