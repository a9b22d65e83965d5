#pragma once

#include "platform/restql/parse/payload.hpp"

#include <string>
#include <string_view>

/// One function for each format of a body; parse_payload() chooses.
namespace platform::restql {

/// PGRST102 with that message.
ApiError invalid_body(std::string message);

/// Checks the whole text and collects the keys in one pass; the text stays as it is.
ApiResult<Payload> parse_json(std::string text);
/// One JSON value in a line becomes one item of an array, in place.
std::string json_of_lines(std::string lines);
/// The first line names the columns; the value NULL is null.
ApiResult<Payload> parse_csv(std::string_view text, std::size_t json_limit_bytes);
ApiResult<Payload> parse_form(std::string_view text, bool is_call);

/// `text` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

}  // namespace platform::restql
