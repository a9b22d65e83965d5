#pragma once

#include "platform/restql/error.hpp"
#include "platform/restql/parse/ast.hpp"
#include "platform/restql/parse/lexer.hpp"

namespace platform::restql {

/// "failed to parse <what> (<text>)" with the column, as PostgREST spells it.
ApiError parse_error(std::string_view what, std::string_view text, const Lexer& at, std::string_view expected);

/// `name->a->>b`; an empty name is the caller's error.
Field parse_field(Lexer& in);

/// The value of select=.
ApiResult<std::vector<SelectItem>> parse_select(std::string_view text);

}  // namespace platform::restql
