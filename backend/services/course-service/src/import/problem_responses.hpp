#pragma once

#include "platform/markup/xml.hpp"
#include "services/course-service/src/import/content_cleaner.hpp"

/// The five kinds of answer we can grade, read from a problem's response elements. The prompt is made elsewhere.
namespace tt::course::import {

/// multiplechoiceresponse, choiceresponse → single_choice, multiple_choice. Errors: no_options,
/// several_correct_options.
Result<QuestionDraft> read_choices(const markup::XmlElement& response, ContentCleaner& cleaner,
                                   const std::string& source);

/// optionresponse → dropdown. Errors: no_options, several_correct_options.
Result<QuestionDraft> read_dropdown(const markup::XmlElement& response, ContentCleaner& cleaner,
                                    const std::string& source);

/// numericalresponse → numeric. Errors: numeric_expression (the answer is a formula, not a number or range).
Result<QuestionDraft> read_numeric(const markup::XmlElement& response, ContentCleaner& cleaner,
                                   const std::string& source);

/// stringresponse → short_text. Errors: no_answer, regex_not_supported.
Result<QuestionDraft> read_short_text(const markup::XmlElement& response, ContentCleaner& cleaner,
                                      const std::string& source);

/// "a", "b", …, "z", "aa": the id of the option at this place.
std::string option_id(std::size_t index);

}  // namespace tt::course::import
