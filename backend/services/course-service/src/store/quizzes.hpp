#pragma once

#include "platform/db/database.hpp"
#include "services/course-service/contract/course_client.hpp"

namespace tt::course::store {

/// Of a published quiz in a published course, with the current revision of its questions.
Task<std::optional<QuizDefinition>> find_quiz(db::Database database, QuizId quiz);

/// In the asked order; what does not exist is left out.
Task<std::vector<QuestionRevision>> question_revisions(db::Database database, std::vector<QuestionRef> questions);

/// The same; `grader` acts as svc_grader.
Task<std::vector<AnswerKey>> answer_keys(db::Database grader, std::vector<QuestionRef> questions);

}  // namespace tt::course::store
