#pragma once

#include "services/course-service/src/domain/course_draft.hpp"

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A CourseDraft as flat rows, one struct per table, with the ids of rows that are there already. The member names are
/// the column names of the record sets in course_writer.sql.
namespace tt::course::store {

struct CourseRow {
    std::string title;
    std::optional<std::string> subtitle;
    std::string description_html;
    std::vector<std::string> outcomes;
    std::string language;
    std::string level;
    std::string visibility;
    std::string enrollment_mode;
    std::optional<int> access_days;
    std::string pass_percent;
    std::string certificate_rule;
    std::optional<Uuid> thumbnail_asset_id;
};
BOOST_DESCRIBE_STRUCT(CourseRow, (),
                      (title, subtitle, description_html, outcomes, language, level, visibility, enrollment_mode,
                       access_days, pass_percent, certificate_rule, thumbnail_asset_id))

struct AssetRow {
    Uuid id;
    std::string key;
    std::string kind;
    std::string storage_key;
    std::string file_name;
    std::string content_type;
    std::int64_t bytes = 0;
    std::string sha256_hex;
    std::optional<int> duration_ms;
    std::optional<int> width;
    std::optional<int> height;
    bool is_public = false;
};
BOOST_DESCRIBE_STRUCT(AssetRow, (),
                      (id, key, kind, storage_key, file_name, content_type, bytes, sha256_hex, duration_ms, width,
                       height, is_public))

struct CaptionRow {
    Uuid asset_id;
    std::string language;
    std::string kind;
    std::string label;
    Uuid track_asset_id;
    std::string origin;
};
BOOST_DESCRIBE_STRUCT(CaptionRow, (), (asset_id, language, kind, label, track_asset_id, origin))

struct GradeCategoryRow {
    Uuid id;
    std::string name;
    std::string weight;
    int drop_lowest = 0;
    int min_count = 0;
};
BOOST_DESCRIBE_STRUCT(GradeCategoryRow, (), (id, name, weight, drop_lowest, min_count))

struct ModuleRow {
    Uuid id;
    std::optional<Uuid> parent_module_id;
    std::string sort_key;
    std::string title;
    std::optional<Uuid> grade_category_id;
    std::optional<Time> due_at;
    std::string status;
    std::string import_key;
};
BOOST_DESCRIBE_STRUCT(ModuleRow, (),
                      (id, parent_module_id, sort_key, title, grade_category_id, due_at, status, import_key))

struct LessonRow {
    Uuid id;
    Uuid module_id;
    std::string sort_key;
    std::string slug;
    std::string title;
    std::string kind;
    bool is_preview = false;
    bool required = true;
    std::string completion_rule;
    int completion_threshold_ppm = 0;
    int est_seconds = 0;
    std::string status;
    std::string import_key;
};
BOOST_DESCRIBE_STRUCT(LessonRow, (),
                      (id, module_id, sort_key, slug, title, kind, is_preview, required, completion_rule,
                       completion_threshold_ppm, est_seconds, status, import_key))

struct QuizRow {
    Uuid id;
    Uuid lesson_id;
    std::string title;
    std::string mode;
    std::optional<Uuid> grade_category_id;
    std::optional<int> time_limit_seconds;
    int max_attempts = 0;
    std::string attempt_policy;
    int retry_delay_seconds = 0;
    bool shuffle_questions = false;
    bool shuffle_options = false;
    std::optional<int> draw_count;
    std::string pass_percent;
    ReviewPolicy review_policy;
    std::string weight;
    std::string import_key;
};
BOOST_DESCRIBE_STRUCT(QuizRow, (),
                      (id, lesson_id, title, mode, grade_category_id, time_limit_seconds, max_attempts, attempt_policy,
                       retry_delay_seconds, shuffle_questions, shuffle_options, draw_count, pass_percent, review_policy,
                       weight, import_key))

struct BlockRow {
    Uuid id;
    Uuid lesson_id;
    std::optional<Uuid> parent_block_id;
    std::string sort_key;
    std::string kind;
    std::optional<std::string> variant_key;
    json::Raw content;
    std::optional<std::string> content_html;
    std::optional<Uuid> asset_id;
    std::optional<Uuid> quiz_id;
    std::optional<std::string> source_type;
    std::string import_key;
};
BOOST_DESCRIBE_STRUCT(BlockRow, (),
                      (id, lesson_id, parent_block_id, sort_key, kind, variant_key, content, content_html, asset_id,
                       quiz_id, source_type, import_key))

struct QuestionRow {
    Uuid id;
    Uuid quiz_id;
    std::string sort_key;
    std::optional<std::string> pool_key;
    std::string type;
    std::string prompt_html;
    std::vector<QuestionOption> options;
    std::string points;
    std::string partial_credit;
    std::string negative_points;
    std::vector<std::string> hints;
    int revision = 1;
    std::string import_key;
    std::string content_sha256;
};
BOOST_DESCRIBE_STRUCT(QuestionRow, (),
                      (id, quiz_id, sort_key, pool_key, type, prompt_html, options, points, partial_credit,
                       negative_points, hints, revision, import_key, content_sha256))

struct KeyRow {
    Uuid id;  ///< of the question
    int revision = 1;
    json::Raw answer_key;
    json::Raw feedback;
    std::optional<std::string> explanation_html;
    std::string key_sha256;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (id, revision, answer_key, feedback, explanation_html, key_sha256))

/// A question as it is stored now, by which the writer sees whether it needs a new revision.
struct KnownQuestion {
    Uuid id;
    int revision = 0;
    std::string content_sha256;
    std::string key_sha256;
};

using IdsByKey = std::map<std::string, Uuid, std::less<>>;

/// What the database has of this course already, by import key.
struct KnownRows {
    IdsByKey assets;
    IdsByKey grade_categories;
    IdsByKey modules;
    IdsByKey lessons;
    IdsByKey quizzes;
    IdsByKey blocks;
    std::map<std::pair<std::string, std::string>, KnownQuestion> questions;  ///< by quiz key and question key
};

struct DraftRows {
    CourseRow course;
    std::vector<AssetRow> assets;
    std::vector<CaptionRow> captions;
    std::vector<GradeCategoryRow> grade_categories;
    std::vector<ModuleRow> modules;
    std::vector<LessonRow> lessons;
    std::vector<QuizRow> quizzes;
    std::vector<BlockRow> blocks;
    std::vector<QuestionRow> questions;
    std::vector<QuestionRow> new_revisions;  ///< the questions whose words or key are new
    std::vector<KeyRow> new_keys;            ///< one per new revision
};

/// The draft must have passed check_draft(): references by key are taken as given.
DraftRows flatten(const CourseDraft& draft, KnownRows known);

}  // namespace tt::course::store
