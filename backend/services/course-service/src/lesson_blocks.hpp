#pragma once

#include "services/course-service/contract/media_links.hpp"
#include "services/course-service/src/api/lesson_views.hpp"
#include "services/course-service/src/store/lessons.hpp"

namespace tt::course {

/// The blocks of a lesson as the player gets them, as a tree in reading order. Picks from the stored content what a
/// learner may see; a quiz block without rules (the quiz is not published) is left out.
std::vector<api::Block> render_blocks(const store::LessonContent& content,
                                      const std::vector<progress::QuizRules>& rules, const MediaLinks& links);

/// The quizzes of a lesson in its order.
std::vector<QuizId> quizzes_of(const store::LessonContent& content);

}  // namespace tt::course
