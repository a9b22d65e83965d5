#pragma once

#include "platform/markup/sanitizer.hpp"

#include <string>
#include <string_view>

/// The allow-list of sanitize(): which elements and attributes may be written, and what becomes of the others.
namespace platform::markup {

enum class Treatment {
    keep,         ///< written with its allowed attributes
    unwrap,       ///< only its content is written
    drop_script,  ///< left out with its content, one reason each for the report
    drop_style,
    drop_control,
    drop_foreign,  ///< svg
    drop_other,
    text_only,  ///< its text is written (math, plaintext)
    frame,      ///< iframe, frame
    object,     ///< object, embed, applet
};

Treatment treatment_of(std::string_view tag);

enum class AttributeKind {
    refused,
    text,    ///< written as it is
    number,  ///< a whole number up to 9999
    flag,    ///< written without a value
    word,    ///< letters, digits and -_:, blanks between words
    link_url,
    media_url,
    id,
};

AttributeKind attribute_kind(std::string_view tag, std::string_view attribute);

bool is_event_handler(std::string_view attribute);
bool is_number(std::string_view value);
bool is_words(std::string_view value);

/// The class that carries what we keep of a style attribute ("text-align: center" → "content-align-center"), or "".
std::string alignment_class(std::string_view style);

/// True when parsing the source could exhaust stack or memory: see html_policy.cpp for the arithmetic.
bool is_abusive(std::string_view html);

}  // namespace platform::markup
