#include "services/course-service/src/store/lessons.hpp"

#include "services/course-service/src/store/lessons_sql.hpp"

namespace tt::course::store {

Task<std::optional<LessonRecord>> find_lesson(db::Database database, LessonId lesson) {
    return database.maybe_one<LessonRecord>(sql::find_lesson, lesson);
}

Task<LessonContent> lesson_content(db::Database database, LessonId lesson) {
    LessonContent content;
    content.blocks = co_await database.many<BlockRecord>(sql::blocks_of_lesson, lesson);
    content.captions = co_await database.many<CaptionRecord>(sql::captions_of_lesson, lesson);
    co_return content;
}

}  // namespace tt::course::store
