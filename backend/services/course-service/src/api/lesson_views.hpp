#pragma once

#include "services/course-service/src/api/course_views.hpp"

/// The JSON of a lesson as the player shows it.
namespace tt::course::api {

struct VideoSource {
    std::string url;
    std::string type;
};
BOOST_DESCRIBE_STRUCT(VideoSource, (), (url, type))

struct CaptionTrack {
    std::string language;
    std::string label;
    std::string url;
    std::string kind;
};
BOOST_DESCRIBE_STRUCT(CaptionTrack, (), (language, label, url, kind))

struct Video {
    std::vector<VideoSource> sources;
    std::optional<std::string> youtube_id;
    std::optional<std::string> poster_url;
    std::optional<int> duration_ms;
    std::optional<int> start_ms;
    std::optional<int> end_ms;
    std::vector<CaptionTrack> captions;
};
BOOST_DESCRIBE_STRUCT(Video, (), (sources, youtube_id, poster_url, duration_ms, start_ms, end_ms, captions))

struct File {
    std::string url;
    std::string name;
    std::int64_t bytes = 0;
    std::string content_type;
};
BOOST_DESCRIBE_STRUCT(File, (), (url, name, bytes, content_type))

struct Embed {
    std::string url;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(Embed, (), (url, title))

struct Unsupported {
    std::string reason;
    std::string source_type;
};
BOOST_DESCRIBE_STRUCT(Unsupported, (), (reason, source_type))

struct Block {
    BlockId id;
    std::string kind;
    std::optional<std::string> title;
    std::optional<std::string> variant_key;
    std::optional<std::string> html;
    std::optional<Video> video;  ///< of kind video and audio
    std::optional<File> file;    ///< of kind file and image
    std::optional<progress::QuizRules> quiz;
    std::optional<Embed> embed;
    std::optional<Unsupported> unsupported;
    std::optional<json::Raw> data;  ///< of kind discussion, poll, survey and assignment
    std::vector<Block> children;
};
BOOST_DESCRIBE_STRUCT(Block, (),
                      (id, kind, title, variant_key, html, video, file, quiz, embed, unsupported, data, children))

struct LessonProgress {
    std::string state;
    std::optional<int> position_ms;
    int completion_ppm = 0;
};
BOOST_DESCRIBE_STRUCT(LessonProgress, (), (state, position_ms, completion_ppm))

struct Lesson {
    LessonId id;
    std::string slug;
    std::string title;
    std::string kind;
    CourseRef course;
    std::string module_title;
    int est_seconds = 0;
    bool is_preview = false;
    bool required = true;
    std::string completion_rule;
    int completion_threshold_ppm = 0;
    std::vector<Block> blocks;
    std::optional<LessonId> prev_lesson_id;
    std::optional<LessonId> next_lesson_id;
    std::optional<LessonProgress> progress;
};
BOOST_DESCRIBE_STRUCT(Lesson, (),
                      (id, slug, title, kind, course, module_title, est_seconds, is_preview, required, completion_rule,
                       completion_threshold_ppm, blocks, prev_lesson_id, next_lesson_id, progress))

}  // namespace tt::course::api

// A block has one of these; the others are left out rather than sent as null.
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::title>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::variant_key>{.omit_when_null =
                                                                                                     true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::html>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::video>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::file>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::quiz>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::embed>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::unsupported>{.omit_when_null =
                                                                                                     true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Block::data>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Video::youtube_id>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Video::start_ms>{.omit_when_null = true};
template <>
inline constexpr platform::json::Rule platform::json::rule<&tt::course::api::Video::end_ms>{.omit_when_null = true};
