#pragma once

#include "services/course-service/src/import/content_cleaner.hpp"
#include "services/course-service/src/import/olx_tree.hpp"

/// The social and staff-graded components: kept as blocks of their own kind with what a learner reads of them.
namespace tt::course::import {

BlockDraft read_discussion(const OlxNode& node);
BlockDraft read_poll(const OlxNode& node, ContentCleaner& cleaner);
BlockDraft read_survey(const OlxNode& node);
/// openassessment and edx_sga.
BlockDraft read_assignment(const OlxNode& node, ContentCleaner& cleaner);

}  // namespace tt::course::import
