#pragma once

#include "platform/json/json.hpp"
#include "services/course-service/src/domain/course_draft.hpp"

/// The draft as a JSON file that people write: every member that has a sensible initial value may be left out.
/// check_draft() tells what must not be missing.
namespace tt::course {

BOOST_DESCRIBE_STRUCT(CaptionDraft, (), (language, kind, label, track_asset_key, origin))
BOOST_DESCRIBE_STRUCT(AssetDraft, (),
                      (key, kind, storage_key, file_name, content_type, bytes, sha256_hex, duration_ms, width, height,
                       is_public, captions))
BOOST_DESCRIBE_STRUCT(QuestionDraft, (),
                      (import_key, pool_key, type, prompt_html, options, points, partial_credit, negative_points, hints,
                       answer_key, feedback, explanation_html))
BOOST_DESCRIBE_STRUCT(QuizDraft, (),
                      (import_key, title, mode, grade_category, time_limit_seconds, max_attempts, attempt_policy,
                       retry_delay_seconds, shuffle_questions, shuffle_options, draw_count, pass_percent, weight,
                       review_policy, questions))
BOOST_DESCRIBE_STRUCT(BlockDraft, (),
                      (import_key, kind, variant_key, content, content_html, asset_key, quiz, source_type, children))
BOOST_DESCRIBE_STRUCT(LessonDraft, (),
                      (import_key, slug, title, kind, is_preview, required, completion_rule, completion_threshold_ppm,
                       est_seconds, published, blocks))
BOOST_DESCRIBE_STRUCT(ModuleDraft, (), (import_key, title, grade_category, due_at, published, sections, lessons))
BOOST_DESCRIBE_STRUCT(GradeCategoryDraft, (), (name, weight, drop_lowest, min_count))
BOOST_DESCRIBE_STRUCT(PriceDraft, (), (amount_minor, currency))
BOOST_DESCRIBE_STRUCT(CourseDraft, (),
                      (import_source, import_key, slug, title, subtitle, description_html, outcomes, language, level,
                       visibility, enrollment_mode, access_days, pass_percent, certificate_rule, thumbnail_asset_key,
                       price, grade_categories, assets, modules))

template <class T, class... Drafts>
concept OneOf = (std::same_as<T, Drafts> || ...);

template <class T>
concept Draft = OneOf<T, CaptionDraft, AssetDraft, QuestionDraft, QuizDraft, BlockDraft, LessonDraft, ModuleDraft,
                      GradeCategoryDraft, CourseDraft>;

}  // namespace tt::course

template <tt::course::Draft Struct, class Value, Value Struct::* Member>
inline constexpr platform::json::Rule platform::json::rule<Member>{.may_be_absent = true};
