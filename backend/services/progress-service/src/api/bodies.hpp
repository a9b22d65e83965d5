#pragma once

#include "platform/json/json.hpp"
#include "services/progress-service/src/progress_log.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

/// Request bodies.
namespace tt::progress::api {

inline constexpr std::size_t max_events = 100;              // of one batch, academy.md §4.4
inline constexpr double max_client_seq = 9007199254740991;  // 2^53 − 1, the largest integer of a JavaScript number

struct VideoData {
    std::optional<int> from_ms;
    std::optional<int> to_ms;
    std::optional<int> position_ms;
    std::optional<int> duration_ms;
};
BOOST_DESCRIBE_STRUCT(VideoData, (), (from_ms, to_ms, position_ms, duration_ms))

struct EventBody {
    Uuid event_id;
    std::string verb;
    CourseId course_id;
    std::optional<LessonId> lesson_id;
    std::optional<BlockId> block_id;
    std::optional<VideoData> data;
    Time occurred_at{};
    std::optional<Uuid> device_id;
    std::optional<std::int64_t> client_seq;
};
BOOST_DESCRIBE_STRUCT(EventBody, (),
                      (event_id, verb, course_id, lesson_id, block_id, data, occurred_at, device_id, client_seq))

struct ProgressBody {
    std::vector<EventBody> events;
};
BOOST_DESCRIBE_STRUCT(ProgressBody, (), (events))

struct AnswerBody {
    json::Raw response;  // {"option"}, {"options"}, {"value"} or {"text"}, by question type; null takes it back
    std::int64_t client_seq = 0;
};
BOOST_DESCRIBE_STRUCT(AnswerBody, (), (response, client_seq))

std::vector<Report> to_reports(ProgressBody body);

}  // namespace tt::progress::api

namespace platform::json {
using tt::progress::api::AnswerBody;
using tt::progress::api::EventBody;
using tt::progress::api::ProgressBody;
template <>
inline constexpr Rule rule<&ProgressBody::events>{.min_items = 1, .max_items = tt::progress::api::max_events};
template <>
inline constexpr Rule rule<&EventBody::verb>{
    .max_length = 40, .description = "lesson.opened, lesson.completed, video.segment or video.position"};
template <>
inline constexpr Rule rule<&EventBody::client_seq>{.minimum = 0, .maximum = tt::progress::api::max_client_seq};
template <>
inline constexpr Rule rule<&AnswerBody::client_seq>{.minimum = 1,
                                                    .maximum = tt::progress::api::max_client_seq,
                                                    .description = "counts up per attempt; the highest wins"};
}  // namespace platform::json
