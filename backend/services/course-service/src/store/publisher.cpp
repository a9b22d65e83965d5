#include "platform/crypto/hash.hpp"
#include "platform/events/outbox.hpp"
#include "platform/json/json.hpp"
#include "services/course-service/contract/events.hpp"
#include "services/course-service/src/store/course_writer.hpp"
#include "services/course-service/src/store/publisher_sql.hpp"

#include <map>

namespace tt::course::store {

namespace {

struct CourseFacts {
    CourseId course_id;
    std::string slug;
    std::string title;
    std::string language;
    std::optional<std::string> subtitle;
    std::string level;
    std::string visibility;
    std::string pass_percent;
    std::string certificate_rule;
};
BOOST_DESCRIBE_STRUCT(CourseFacts, (),
                      (course_id, slug, title, language, subtitle, level, visibility, pass_percent, certificate_rule))

struct LessonFacts {
    LessonId id;
    ModuleId module_id;
    std::string slug;
    std::string title;
    std::string kind;
    bool is_preview = false;
    bool required = true;
    std::string completion_rule;
    int completion_threshold_ppm = 0;
    int est_seconds = 0;
    std::optional<Uuid> grade_category_id;
};
BOOST_DESCRIBE_STRUCT(LessonFacts, (),
                      (id, module_id, slug, title, kind, is_preview, required, completion_rule,
                       completion_threshold_ppm, est_seconds, grade_category_id))

struct BlockFacts {
    BlockId id;
    LessonId lesson_id;
    std::optional<BlockId> parent_block_id;
    std::string kind;
    std::optional<QuizId> quiz_id;
    std::optional<int> duration_ms;
};
BOOST_DESCRIBE_STRUCT(BlockFacts, (), (id, lesson_id, parent_block_id, kind, quiz_id, duration_ms))

struct QuizFacts {
    QuizId id;
    std::optional<LessonId> lesson_id;
    std::string title;
    std::string mode;
    std::optional<Uuid> grade_category_id;
    std::string weight;
    std::string pass_percent;
    std::string attempt_policy;
};
BOOST_DESCRIBE_STRUCT(QuizFacts, (),
                      (id, lesson_id, title, mode, grade_category_id, weight, pass_percent, attempt_policy))

struct QuestionFacts {
    QuizId quiz_id;
    QuestionId question_id;
    int revision = 0;
};
BOOST_DESCRIBE_STRUCT(QuestionFacts, (), (quiz_id, question_id, revision))

struct VersionFacts {
    Uuid id;
    int version_no = 0;
    std::string manifest_sha256;
};
BOOST_DESCRIBE_STRUCT(VersionFacts, (), (id, version_no, manifest_sha256))

using BlocksByParent = std::multimap<std::pair<LessonId, std::optional<BlockId>>, BlockFacts>;

void append_blocks(std::vector<StructureBlock>& out, const BlocksByParent& blocks, LessonId lesson,
                   std::optional<BlockId> parent) {
    const auto [first, last] = blocks.equal_range({lesson, parent});
    for (auto at = first; at != last; ++at) {
        const BlockFacts& block = at->second;
        out.push_back({block.id, block.kind, block.quiz_id, block.duration_ms});
        append_blocks(out, blocks, lesson, block.id);
    }
}

StructureLesson make_lesson(const LessonFacts& lesson, const BlocksByParent& blocks) {
    StructureLesson made{lesson.id,
                         lesson.module_id,
                         lesson.slug,
                         lesson.title,
                         lesson.kind,
                         lesson.is_preview,
                         lesson.required,
                         lesson.completion_rule,
                         lesson.completion_threshold_ppm,
                         lesson.est_seconds,
                         lesson.grade_category_id,
                         {}};
    append_blocks(made.blocks, blocks, lesson.id, std::nullopt);
    return made;
}

/// Quizzes in the order in which a learner meets them; one that no visible lesson shows is no part of the course.
std::vector<StructureQuiz> quizzes_in_order(const std::vector<StructureLesson>& lessons,
                                            const std::vector<QuizFacts>& quizzes,
                                            const std::vector<QuestionFacts>& questions) {
    std::map<QuizId, const QuizFacts*> by_id;
    for (const auto& quiz : quizzes) by_id.emplace(quiz.id, &quiz);
    std::map<QuizId, std::vector<QuestionRef>> refs;
    for (const auto& question : questions) refs[question.quiz_id].push_back({question.question_id, question.revision});
    std::vector<StructureQuiz> ordered;
    for (const auto& lesson : lessons) {
        for (const auto& block : lesson.blocks) {
            const auto at = block.quiz_id ? by_id.find(*block.quiz_id) : by_id.end();
            if (at == by_id.end()) continue;
            const QuizFacts& quiz = *at->second;
            ordered.push_back({quiz.id, quiz.lesson_id, quiz.title, quiz.mode, quiz.grade_category_id, quiz.weight,
                               quiz.pass_percent, quiz.attempt_policy, refs[quiz.id]});
        }
    }
    return ordered;
}

Task<CourseStructure> build_structure(db::Tx& tx, CourseFacts course) {
    CourseStructure structure;
    structure.course_id = course.course_id;
    structure.slug = course.slug;
    structure.title = course.title;
    structure.language = course.language;
    structure.pass_percent = course.pass_percent;
    structure.certificate_rule = course.certificate_rule;
    structure.grade_categories = co_await tx.many<GradeCategory>(sql::manifest_grade_categories, course.course_id);
    structure.modules = co_await tx.many<StructureModule>(sql::manifest_modules, course.course_id);
    const auto lessons = co_await tx.many<LessonFacts>(sql::manifest_lessons, course.course_id);
    const auto blocks = co_await tx.many<BlockFacts>(sql::manifest_blocks, course.course_id);
    const auto quizzes = co_await tx.many<QuizFacts>(sql::manifest_quizzes, course.course_id);
    const auto questions = co_await tx.many<QuestionFacts>(sql::manifest_questions, course.course_id);
    BlocksByParent by_parent;  // keeps the order of equal keys
    for (const auto& block : blocks) by_parent.emplace(std::pair(block.lesson_id, block.parent_block_id), block);
    for (const auto& lesson : lessons) {
        structure.lessons.push_back(make_lesson(lesson, by_parent));
        structure.duration_seconds += lesson.est_seconds;
    }
    structure.quizzes = quizzes_in_order(structure.lessons, quizzes, questions);
    co_return structure;
}

CoursePublished published_event(const CourseFacts& course, const CourseStructure& structure) {
    return {course.course_id,
            course.slug,
            course.title,
            course.subtitle,
            course.level,
            course.language,
            structure.duration_seconds,
            static_cast<int>(structure.lessons.size()),
            structure.version_no};
}

/// Over everything a version freezes or tells, except its own number.
std::string fingerprint(const CourseFacts& course, CourseStructure structure) {
    structure.course_version_id = {};
    structure.version_no = 0;
    return crypto::sha256_hex(json::write(structure) + json::write(published_event(course, structure)));
}

Task<void> insert_version(db::Tx& tx, const CourseFacts& course, CourseStructure structure, std::string change_note,
                          Time now) {
    const std::string manifest = json::write(structure);
    const std::string sha256 = fingerprint(course, structure);
    co_await tx.execute(sql::insert_version, structure.course_version_id, course.course_id, structure.version_no,
                        manifest, sha256, change_note, now);
}

template <class Item>
std::vector<Uuid> uuids_of(const std::vector<Item>& items) {
    std::vector<Uuid> ids;
    for (const auto& item : items) ids.push_back(item.id.value);
    return ids;
}

Task<void> show(db::Tx& tx, const CourseFacts& course, const CourseStructure& structure, Time now) {
    const bool is_public = course.visibility == "public";
    co_await tx.execute(sql::mark_course_published, course.course_id, structure.course_version_id,
                        structure.duration_seconds, now);
    co_await tx.execute(sql::show_modules, course.course_id, is_public, uuids_of(structure.modules));
    co_await tx.execute(sql::show_lessons, course.course_id, is_public, uuids_of(structure.lessons));
    co_await tx.execute(sql::show_quizzes, course.course_id, uuids_of(structure.quizzes));
    co_await tx.execute(sql::index_course, course.course_id);
}

}  // namespace

Task<Result<PublishedVersion>> publish_course(db::Tx& tx, CourseId id, std::string change_note, Time now) {
    const auto course = co_await tx.maybe_one<CourseFacts>(sql::course_to_publish, id);
    if (!course) co_return Error{Code::not_found, "course_not_found", "There is no such course."};
    CourseStructure structure = co_await build_structure(tx, *course);
    if (structure.lessons.empty()) {
        co_return Error{Code::unprocessable, "course_empty",
                        "A course without a published lesson cannot be published."};
    }
    const auto latest = co_await tx.maybe_one<VersionFacts>(sql::latest_version, id);
    const bool is_new = !latest || latest->manifest_sha256 != fingerprint(*course, structure);
    structure.course_version_id = is_new ? uuid_v7() : latest->id;
    structure.version_no = is_new ? (latest ? latest->version_no : 0) + 1 : latest->version_no;
    if (is_new) co_await insert_version(tx, *course, structure, std::move(change_note), now);
    co_await show(tx, *course, structure, now);
    if (is_new) {
        events::NewEvent event{std::string(CoursePublished::topic), to_string(id),
                               json::write(published_event(*course, structure))};
        co_await events::append(tx, std::move(event));
    }
    co_return PublishedVersion{structure.course_version_id, structure.version_no, is_new};
}

}  // namespace tt::course::store
