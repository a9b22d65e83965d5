#pragma once

#include "platform/db/database.hpp"
#include "services/course-service/contract/course_client.hpp"

namespace tt::course::store {

struct LessonRecord {
    LessonId id;
    CourseId course_id;
    std::string course_slug;
    std::string course_title;
    std::string module_title;
    std::string slug;
    std::string title;
    std::string kind;
    bool is_preview = false;
    bool required = true;
    std::string completion_rule;
    int completion_threshold_ppm = 0;
    int est_seconds = 0;
};
BOOST_DESCRIBE_STRUCT(LessonRecord, (),
                      (id, course_id, course_slug, course_title, module_title, slug, title, kind, is_preview, required,
                       completion_rule, completion_threshold_ppm, est_seconds))

/// A block with the file it may hang on. `content` can hold more than a learner may see (the source of an unsupported
/// block): pick from it, never pass it on whole.
struct BlockRecord {
    BlockId id;
    std::optional<BlockId> parent_block_id;
    std::string kind;
    std::optional<std::string> variant_key;
    json::Raw content;
    std::optional<std::string> content_html;
    std::optional<QuizId> quiz_id;
    std::optional<std::string> source_type;
    std::optional<Uuid> asset_id;
    std::optional<std::string> storage_key;
    std::optional<std::string> file_name;
    std::optional<std::string> content_type;
    std::optional<std::int64_t> bytes;
    std::optional<int> duration_ms;
};
BOOST_DESCRIBE_STRUCT(BlockRecord, (),
                      (id, parent_block_id, kind, variant_key, content, content_html, quiz_id, source_type, asset_id,
                       storage_key, file_name, content_type, bytes, duration_ms))

struct CaptionRecord {
    Uuid asset_id;
    std::string language;
    std::string kind;
    std::string label;
    std::string storage_key;
    std::string file_name;
};
BOOST_DESCRIBE_STRUCT(CaptionRecord, (), (asset_id, language, kind, label, storage_key, file_name))

/// Only of a published course.
Task<std::optional<LessonRecord>> find_lesson(db::Database database, LessonId lesson);

struct LessonContent {
    std::vector<BlockRecord> blocks;  ///< siblings in order; children anywhere
    std::vector<CaptionRecord> captions;
};
Task<LessonContent> lesson_content(db::Database database, LessonId lesson);

}  // namespace tt::course::store
