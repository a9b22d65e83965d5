#pragma once

#include "services/progress-service/src/domain/watched.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe.hpp>

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

/// Progress in one lesson as a fold over its events. Every merge is monotone and commutative (or, maximum, minimum,
/// union, count), so the events give the same rows in whatever order they arrive, and a rebuild gives them again.
namespace tt::progress {

enum class CompletionRule { view, video_percent, quiz_pass, submit, manual, all_blocks };
BOOST_DESCRIBE_ENUM(CompletionRule, view, video_percent, quiz_pass, submit, manual, all_blocks)

enum class BlockKind { other, video, quiz };

struct BlockRule {
    BlockId id;
    BlockKind kind = BlockKind::other;
    std::optional<QuizId> quiz_id{};
    std::optional<int> duration_ms{};  // of the video, when the catalogue knows it
};

struct LessonRule {
    LessonId id;
    CompletionRule rule = CompletionRule::view;
    int threshold_ppm = 1'000'000;
    bool required = true;
    std::vector<BlockRule> blocks{};
};

/// What a learner's browser may report, and what the server adds. Written with a dot in JSON and in the database.
enum class Verb {
    lesson_opened,
    lesson_completed,
    video_segment,
    video_position,
    quiz_graded,       // server: an attempt was graded
    course_passed,     // server: the grade reached the pass mark
    course_completed,  // server: the course is done
};

std::string_view to_text(Verb verb);
std::optional<Verb> parse_verb(std::string_view text);
bool is_client_verb(Verb verb);

/// One line of the append-only log. `completion_ppm` and `completes` are the server's decision on receipt, under the
/// rule that held then: replaying them does not need the catalogue of that day.
struct ProgressEvent {
    Uuid event_id;
    CourseId course_id;
    std::optional<LessonId> lesson_id{};
    std::optional<BlockId> block_id{};
    Verb verb = Verb::lesson_opened;
    std::optional<int> from_ms{};
    std::optional<int> to_ms{};
    std::optional<int> position_ms{};
    std::optional<int> duration_ms{};
    std::optional<QuizId> quiz_id{};
    std::optional<bool> passed{};
    Time occurred_at{};
    Time received_at{};
    std::int64_t client_seq = 0;
    int completion_ppm = 0;
    bool completes = false;
};

/// Orders reports of a position: the clock of the device first, then its counter, then the id.
struct EventOrder {
    Time occurred_at{};
    std::int64_t client_seq = 0;
    Uuid event_id{};
    auto operator<=>(const EventOrder&) const = default;
};

struct BlockFold {
    Watched watched;
    std::optional<int> duration_ms{};  // as the player reported it
    bool submitted = false;
    bool passed = false;
    std::int64_t revision = 0;
    Time updated_at{};
    bool operator==(const BlockFold&) const = default;
};

struct LessonFold {
    bool completed = false;
    std::optional<Time> completed_at{};
    int completion_ppm = 0;
    std::optional<int> position_ms{};
    std::optional<BlockId> position_block_id{};
    EventOrder position_order;
    Uuid last_event_id{};
    std::int64_t revision = 0;
    Time updated_at{};
    std::map<BlockId, BlockFold> blocks;
    bool operator==(const LessonFold&) const = default;
};

/// How far a lesson is by its rule.
struct LessonVerdict {
    int completion_ppm = 0;
    bool completes = false;
};
LessonVerdict judge(const LessonRule& rule, const LessonFold& lesson);

/// Receipt: merges the event and writes the server's decision into it.
void receive(ProgressEvent& event, const LessonRule& rule, LessonFold& lesson);

/// Rebuild: merges an event with the decision it was stored with.
void replay(const ProgressEvent& event, LessonFold& lesson);

}  // namespace tt::progress
