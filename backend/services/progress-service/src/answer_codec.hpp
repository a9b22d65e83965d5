#pragma once

#include "platform/json/json.hpp"
#include "services/course-service/contract/course_client.hpp"
#include "services/progress-service/src/domain/question.hpp"

#include <optional>
#include <string>
#include <vector>

/// JSON of questions, keys and answers ↔ what grading understands. The shapes are in course_client.hpp (AnswerKey)
/// and in the API document (an answer has the shape of the key it may equal).
namespace tt::progress {

inline constexpr std::size_t max_answer_characters = 2000;  // short text; one paragraph
inline constexpr std::size_t max_number_characters = 64;    // read_number refuses longer ones

/// Throws std::invalid_argument for a type that is not gradable.
Question to_question(const course::QuestionRevision& revision);

/// Throws std::invalid_argument when the stored key is not one.
Key to_key(QuestionType type, const json::Raw& answer_key);

/// What a browser sent for this question, cleaned up as it will be stored; nothing for "no answer".
/// Errors (422): invalid_response.
Result<std::optional<json::Raw>> clean_response(const Question& question, const json::Raw& response);

/// A stored answer.
Response to_response(const std::optional<json::Raw>& stored);

/// The right answer in the shape of a response; the first one where there are several.
json::Raw correct_response(QuestionType type, const Key& key);

/// Feedback to the chosen options and to the outcome, in this order; empty when the author wrote none.
std::string feedback_html(const json::Raw& feedback, const Response& response, bool is_correct);

}  // namespace tt::progress
