#pragma once

#include "platform/json/json.hpp"
#include "services/course-service/contract/course_client.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// A whole course as an author, the seed loader or an importer hands it over: nested, in reading order, without ids.
/// Each part carries an import_key, unique within its kind and course, by which a later draft finds the same row again.
/// Decimals are text ("2.5"), exactly as they shall be stored.
namespace tt::course {

struct CaptionDraft {
    std::string language;           ///< BCP 47, e.g. "en"
    std::string kind = "captions";  ///< captions | subtitles | descriptions | chapters
    std::string label;
    std::string track_asset_key;      ///< the WebVTT file, one of the draft's assets
    std::string origin = "imported";  ///< human | imported | machine
};

/// A file that already lies in the object store. Assets are shared between courses that use the same key.
struct AssetDraft {
    std::string key;   ///< unique over all courses, e.g. "olx:demo:static/logo.png"
    std::string kind;  ///< image | video | audio | document | caption | archive
    std::string storage_key;
    std::string file_name;
    std::string content_type;
    std::int64_t bytes = 0;
    std::string sha256_hex;
    std::optional<int> duration_ms;
    std::optional<int> width;
    std::optional<int> height;
    bool is_public = false;  ///< readable without a signature: course cards
    std::vector<CaptionDraft> captions;
};

struct QuestionDraft {
    std::string import_key;
    std::optional<std::string> pool_key;
    std::string type;
    std::string prompt_html;
    std::vector<QuestionOption> options;
    std::string points = "1";
    std::string partial_credit = "none";
    std::string negative_points = "0";
    std::vector<std::string> hints;
    json::Raw answer_key{"{}"};  ///< shapes: see AnswerKey
    json::Raw feedback{"{}"};
    std::optional<std::string> explanation_html;
};

struct QuizDraft {
    std::string import_key;
    std::string title;
    std::string mode = "inline";
    std::optional<std::string> grade_category;  ///< by name
    std::optional<int> time_limit_seconds;
    int max_attempts = 0;
    std::string attempt_policy = "highest";
    int retry_delay_seconds = 0;
    bool shuffle_questions = false;
    bool shuffle_options = false;
    std::optional<int> draw_count;
    std::string pass_percent = "0";
    std::string weight = "1";
    ReviewPolicy review_policy;
    std::vector<QuestionDraft> questions;
};

struct BlockDraft {
    std::string import_key;
    std::string kind;
    std::optional<std::string> variant_key;  ///< which variant of a `variants` parent this child belongs to
    json::Raw content{"{}"};
    std::optional<std::string> content_html;  ///< sanitised; files as /media/{storage_key}/{file_name}, unsigned
    std::optional<std::string> asset_key;
    std::optional<QuizDraft> quiz;  ///< present exactly when kind is "quiz"
    std::optional<std::string> source_type;
    std::vector<BlockDraft> children;
};

struct LessonDraft {
    std::string import_key;
    std::string slug;
    std::string title;
    std::string kind = "mixed";
    bool is_preview = false;
    bool required = true;
    std::string completion_rule = "view";
    int completion_threshold_ppm = 1'000'000;
    int est_seconds = 0;
    bool published = true;
    std::vector<BlockDraft> blocks;
};

/// A chapter with sections and lessons of its own; a section has no sections.
struct ModuleDraft {
    std::string import_key;
    std::string title;
    std::optional<std::string> grade_category;  ///< by name
    std::optional<Time> due_at;
    bool published = true;
    std::vector<ModuleDraft> sections;
    std::vector<LessonDraft> lessons;
};

struct GradeCategoryDraft {
    std::string name;
    std::string weight;  ///< 0..1
    int drop_lowest = 0;
    int min_count = 0;
};

struct PriceDraft {
    std::int64_t amount_minor = 0;
    std::string currency;
};

struct CourseDraft {
    std::string import_source;  ///< "olx", "seed", …
    std::string import_key;     ///< unique within the source
    std::string slug;           ///< wished for; an import whose slug is taken gets a numbered one
    std::string title;
    std::optional<std::string> subtitle;
    std::string description_html;
    std::vector<std::string> outcomes;
    std::string language = "en";
    std::string level = "all";
    std::string visibility = "public";
    std::string enrollment_mode = "open";
    std::optional<int> access_days;
    std::string pass_percent = "60";
    std::string certificate_rule = "completed_and_passed";
    std::optional<std::string> thumbnail_asset_key;
    std::optional<PriceDraft> price;
    std::vector<GradeCategoryDraft> grade_categories;
    std::vector<AssetDraft> assets;
    std::vector<ModuleDraft> modules;
};

}  // namespace tt::course
