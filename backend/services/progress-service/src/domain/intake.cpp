#include "services/progress-service/src/domain/intake.hpp"

#include <algorithm>
#include <cstdlib>

namespace tt::progress {
namespace {

const BlockRule* find_block(const LessonRule& lesson, const BlockId& id) {
    const auto found =
        std::find_if(lesson.blocks.begin(), lesson.blocks.end(), [&](const BlockRule& b) { return b.id == id; });
    return found == lesson.blocks.end() ? nullptr : &*found;
}

const BlockRule* only_video(const LessonRule& lesson) {
    const BlockRule* video = nullptr;
    for (const auto& block : lesson.blocks) {
        if (block.kind != BlockKind::video) continue;
        if (video) return nullptr;
        video = &block;
    }
    return video;
}

bool is_position(const std::optional<int>& value) {
    return value && *value >= 0 && *value <= max_video_ms;
}

std::string_view refuse_video(ProgressEvent& event, const LessonRule& lesson) {
    const BlockRule* block = event.block_id ? find_block(lesson, *event.block_id) : only_video(lesson);
    if (!block || block->kind != BlockKind::video) return "block_not_found";
    event.block_id = block->id;
    if (event.duration_ms && (*event.duration_ms <= 0 || *event.duration_ms > max_video_ms)) return "invalid_segment";
    if (event.verb == Verb::video_position) return is_position(event.position_ms) ? "" : "invalid_position";
    if (!is_position(event.from_ms) || !is_position(event.to_ms) || *event.from_ms >= *event.to_ms) {
        return "invalid_segment";
    }
    return event.position_ms && !is_position(event.position_ms) ? "invalid_position" : "";
}

}  // namespace

std::string_view refusal_of(ProgressEvent& event, const CourseRules& rules) {
    const LessonRule* lesson = event.lesson_id ? rules.find_lesson(*event.lesson_id) : nullptr;
    if (!lesson) return "lesson_not_found";
    if (event.verb == Verb::video_segment || event.verb == Verb::video_position) return refuse_video(event, *lesson);
    if (event.block_id && !find_block(*lesson, *event.block_id)) return "block_not_found";
    // Only what the video player reports carries times.
    event.from_ms = event.to_ms = event.position_ms = event.duration_ms = std::nullopt;
    const bool by_hand = lesson->rule == CompletionRule::manual || lesson->rule == CompletionRule::view;
    return event.verb == Verb::lesson_completed && !by_hand ? "completion_rule_not_met" : "";
}

bool is_too_scattered(const ProgressEvent& event, const LessonFold& lesson) {
    if (event.verb != Verb::video_segment || !event.block_id) return false;
    const auto block = lesson.blocks.find(*event.block_id);
    return block != lesson.blocks.end() && block->second.watched.parts().size() >= max_watched_parts;
}

bool is_believable_id(const Uuid& id, Time now) {
    const auto unix_ms = uuid_v7_unix_ms(id);
    if (!unix_ms) return false;
    const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    return std::llabs(*unix_ms - now_ms) <= std::chrono::milliseconds(max_id_drift).count();
}

Time clamp_occurred(Time occurred, Time enrolled_at, Time received_at) {
    const Time latest = received_at + max_clock_lead;
    return std::clamp(occurred, std::min(enrolled_at, latest), latest);
}

}  // namespace tt::progress
