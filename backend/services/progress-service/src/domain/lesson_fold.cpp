#include "services/progress-service/src/domain/lesson_fold.hpp"

#include <algorithm>
#include <array>

namespace tt::progress {
namespace {

constexpr int whole_ppm = 1'000'000;
constexpr int end_tolerance_ms = 1000;         // players stop reporting within the last second
constexpr int all_blocks_video_ppm = 900'000;  // credits and silence at the end need not be watched

constexpr std::array<std::pair<Verb, std::string_view>, 7> verb_names{{
    {Verb::lesson_opened, "lesson.opened"},
    {Verb::lesson_completed, "lesson.completed"},
    {Verb::video_segment, "video.segment"},
    {Verb::video_position, "video.position"},
    {Verb::quiz_graded, "quiz.graded"},
    {Verb::course_passed, "course.passed"},
    {Verb::course_completed, "course.completed"},
}};

const BlockFold& block_of(const LessonFold& lesson, const BlockId& id) {
    static const BlockFold untouched;
    const auto found = lesson.blocks.find(id);
    return found == lesson.blocks.end() ? untouched : found->second;
}

int ppm_of(std::int64_t part, std::int64_t whole) {
    return whole <= 0 ? 0 : static_cast<int>(std::min<std::int64_t>(whole_ppm, part * whole_ppm / whole));
}

/// Seen share of one video. Without a known length the first report counts as seen: there is nothing to divide by.
int video_ppm(const BlockRule& rule, const BlockFold& block) {
    const auto duration = rule.duration_ms ? rule.duration_ms : block.duration_ms;
    if (!duration || *duration <= 0) return block.watched.parts().empty() ? 0 : whole_ppm;
    const int seen = block.watched.measure_within(*duration);
    if (seen == 0) return 0;
    return seen + end_tolerance_ms >= *duration ? whole_ppm : ppm_of(seen, *duration);
}

LessonVerdict when_opened() {
    return {whole_ppm, true};
}

LessonVerdict judge_videos(const LessonRule& rule, const LessonFold& lesson) {
    std::int64_t sum = 0;
    int videos = 0;
    for (const auto& block : rule.blocks) {
        if (block.kind != BlockKind::video) continue;
        sum += video_ppm(block, block_of(lesson, block.id));
        ++videos;
    }
    if (videos == 0) return when_opened();
    const int ppm = static_cast<int>(sum / videos);
    return {ppm, ppm >= rule.threshold_ppm};
}

LessonVerdict judge_quizzes(const LessonRule& rule, const LessonFold& lesson, bool BlockFold::* done) {
    int quizzes = 0;
    int finished = 0;
    for (const auto& block : rule.blocks) {
        if (block.kind != BlockKind::quiz) continue;
        ++quizzes;
        finished += block_of(lesson, block.id).*done ? 1 : 0;
    }
    if (quizzes == 0) return when_opened();
    return {ppm_of(finished, quizzes), finished == quizzes};
}

LessonVerdict judge_blocks(const LessonRule& rule, const LessonFold& lesson) {
    int asked = 0;
    int done = 0;
    for (const auto& block : rule.blocks) {
        if (block.kind == BlockKind::other) continue;
        ++asked;
        const BlockFold& fold = block_of(lesson, block.id);
        const bool seen = block.kind == BlockKind::video && video_ppm(block, fold) >= all_blocks_video_ppm;
        done += seen || (block.kind == BlockKind::quiz && fold.submitted) ? 1 : 0;
    }
    if (asked == 0) return when_opened();
    return {ppm_of(done, asked), done == asked};
}

void merge_block(const ProgressEvent& event, BlockFold& block) {
    if (event.verb == Verb::video_segment) block.watched.add(event.from_ms.value_or(0), event.to_ms.value_or(0));
    if (event.duration_ms) block.duration_ms = std::max(block.duration_ms.value_or(0), *event.duration_ms);
    if (event.verb == Verb::quiz_graded) {
        block.submitted = true;
        block.passed |= event.passed.value_or(false);
    }
    block.revision += 1;
    block.updated_at = std::max(block.updated_at, event.received_at);
}

void merge_position(const ProgressEvent& event, LessonFold& lesson) {
    const auto position = event.position_ms ? event.position_ms : event.to_ms;
    const EventOrder order{event.occurred_at, event.client_seq, event.event_id};
    if (!position || (lesson.position_ms && order <= lesson.position_order)) return;
    lesson.position_ms = position;
    lesson.position_block_id = event.block_id;
    lesson.position_order = order;
}

void merge_facts(const ProgressEvent& event, LessonFold& lesson) {
    lesson.revision += 1;
    lesson.updated_at = std::max(lesson.updated_at, event.received_at);
    lesson.last_event_id = std::max(lesson.last_event_id, event.event_id);
    if (event.block_id) merge_block(event, lesson.blocks[*event.block_id]);
    merge_position(event, lesson);
}

void merge_decision(const ProgressEvent& event, LessonFold& lesson) {
    lesson.completion_ppm = std::max(lesson.completion_ppm, event.completion_ppm);
    if (!event.completes) return;
    // The device's clock may be ahead; nothing is completed before it was received.
    const Time at = std::min(event.occurred_at, event.received_at);
    lesson.completed = true;
    lesson.completed_at = std::min(lesson.completed_at.value_or(at), at);
}

}  // namespace

std::string_view to_text(Verb verb) {
    return verb_names.at(static_cast<std::size_t>(verb)).second;
}

std::optional<Verb> parse_verb(std::string_view text) {
    for (const auto& [verb, name] : verb_names) {
        if (name == text) return verb;
    }
    return std::nullopt;
}

bool is_client_verb(Verb verb) {
    return verb <= Verb::video_position;
}

LessonVerdict judge(const LessonRule& rule, const LessonFold& lesson) {
    switch (rule.rule) {
        case CompletionRule::view:
            return when_opened();
        case CompletionRule::video_percent:
            return judge_videos(rule, lesson);
        case CompletionRule::quiz_pass:
            return judge_quizzes(rule, lesson, &BlockFold::passed);
        case CompletionRule::submit:
            return judge_quizzes(rule, lesson, &BlockFold::submitted);
        case CompletionRule::all_blocks:
            return judge_blocks(rule, lesson);
        case CompletionRule::manual:
            return {};
    }
    return {};
}

void receive(ProgressEvent& event, const LessonRule& rule, LessonFold& lesson) {
    merge_facts(event, lesson);
    LessonVerdict verdict = judge(rule, lesson);
    if (rule.rule == CompletionRule::manual && event.verb == Verb::lesson_completed) verdict = when_opened();
    // A complete lesson shows as 100 %, also where the rule asks for less than everything.
    event.completion_ppm = verdict.completes ? whole_ppm : verdict.completion_ppm;
    event.completes = verdict.completes;
    merge_decision(event, lesson);
}

void replay(const ProgressEvent& event, LessonFold& lesson) {
    merge_facts(event, lesson);
    merge_decision(event, lesson);
}

}  // namespace tt::progress
