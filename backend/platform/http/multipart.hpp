#pragma once

#include "platform/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace platform::http {

/// One part of a form (RFC 7578). The views point into the body that was parsed.
struct FormPart {
    std::string name;
    std::string file_name;     ///< "" for a plain field; as the client sent it: for showing, never as a path
    std::string content_type;  ///< what the client says it is
    std::string_view content;
};

inline constexpr std::size_t max_form_parts = 32;

bool is_multipart_form(std::string_view content_type);
/// `body` by the boundary of `content_type`. Error: bad_multipart (400).
Result<std::vector<FormPart>> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace platform::http
