#pragma once

#include "services/progress-service/src/domain/course_rules.hpp"

#include <optional>
#include <string_view>

/// What is accepted from a browser before anything is stored.
namespace tt::progress {

/// Milliseconds; no video is longer than a day.
inline constexpr int max_video_ms = 24 * 60 * 60 * 1000;
/// Separate pieces remembered per video. A learner who jumps about makes some dozens.
inline constexpr std::size_t max_watched_parts = 2000;
/// Client clocks that are further off get a server-made id, so that a partition by time stays one.
inline constexpr std::chrono::days max_id_drift{7};
/// How far ahead of the server a device's clock may claim to be.
inline constexpr std::chrono::minutes max_clock_lead{5};

/// The reason to refuse an event, or nothing. Fills in the block of a video report that names none, when the lesson
/// has only one video. Reasons: lesson_not_found, block_not_found, invalid_segment, invalid_position,
/// completion_rule_not_met, too_many_segments.
std::string_view refusal_of(ProgressEvent& event, const CourseRules& rules);

/// Whether merging a segment would make the record of a video unreasonably long.
bool is_too_scattered(const ProgressEvent& event, const LessonFold& lesson);

/// Whether the id's own time is near enough to now (UUIDv7 within ±7 days).
bool is_believable_id(const Uuid& id, Time now);

/// The device's time within [enrolled_at, received_at + 5 min].
Time clamp_occurred(Time occurred, Time enrolled_at, Time received_at);

}  // namespace tt::progress
