#include "platform/http/multipart.hpp"

#include "platform/core/text.hpp"
#include "platform/http/headers.hpp"

#include <optional>

namespace platform::http {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t max_boundary_length = 70;  // RFC 2046 §5.1.1
constexpr std::size_t max_part_head_bytes = 8192;

Error bad_multipart(std::string what) {
    return {Code::invalid_argument, "bad_multipart", std::move(what)};
}

/// The value of `name=` in a field like `form-data; name="a"; filename="b.png"`. Browsers write a quote in a file name
/// as %22 (WHATWG), others as \".
std::optional<std::string> parameter_of(std::string_view field, std::string_view name) {
    std::size_t at = field.find(';');
    while (at != std::string_view::npos) {
        ++at;
        while (at < field.size() && (field[at] == ' ' || field[at] == '\t')) ++at;
        const auto equals = field.find('=', at);
        if (equals == std::string_view::npos) return std::nullopt;
        const bool is_wanted = iequals(field.substr(at, equals - at), name);
        std::string value;
        std::size_t end = equals + 1;
        if (end < field.size() && field[end] == '"') {
            for (++end; end < field.size() && field[end] != '"'; ++end) {
                if (field[end] == '\\' && end + 1 < field.size()) ++end;
                value += field[end];
            }
            ++end;
        } else {
            const auto stop = std::min(field.find(';', end), field.size());
            value = field.substr(end, stop - end);
            end = stop;
        }
        if (is_wanted) return value;
        at = field.find(';', end);
    }
    return std::nullopt;
}

Result<FormPart> parse_part(std::string_view text) {
    const auto head_end = text.find("\r\n\r\n");
    if (head_end == std::string_view::npos || head_end > max_part_head_bytes) {
        return bad_multipart("A part of the form has no head.");
    }
    FormPart part;
    part.content = text.substr(head_end + 4);
    std::string_view head = text.substr(0, head_end);
    std::optional<std::string> name;
    while (!head.empty()) {
        const auto end = std::min(head.find(line_end), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + line_end.size(), head.size()));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return bad_multipart("A field of a part has no colon.");
        const std::string_view field = line.substr(0, colon);
        const std::string_view value = line.substr(colon + 1);
        if (iequals(field, "content-type")) part.content_type = trimmed(value);
        if (iequals(field, "content-disposition")) {
            name = parameter_of(value, "name");
            part.file_name = parameter_of(value, "filename").value_or("");
        }
    }
    if (!name) return bad_multipart("A part of the form has no name.");
    part.name = *name;
    return part;
}

}  // namespace

bool is_multipart_form(std::string_view content_type) {
    return iequals(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data");
}

Result<std::vector<FormPart>> parse_multipart(std::string_view content_type, std::string_view body) {
    const auto boundary = parameter_of(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > max_boundary_length) {
        return bad_multipart("The content type names no boundary.");
    }
    const std::string delimiter = "\r\n--" + *boundary;
    const std::string_view opening = std::string_view(delimiter).substr(line_end.size());
    if (!body.starts_with(opening)) return bad_multipart("The body does not begin with its boundary.");
    body.remove_prefix(opening.size());

    std::vector<FormPart> parts;
    while (!body.starts_with("--")) {
        if (!body.starts_with(line_end)) return bad_multipart("A boundary does not end its line.");
        body.remove_prefix(line_end.size());
        const auto end = body.find(delimiter);
        if (end == std::string_view::npos) return bad_multipart("The form is cut off.");
        if (parts.size() == max_form_parts) return bad_multipart("The form has too many parts.");
        auto part = parse_part(body.substr(0, end));
        if (!part) return part.error();
        parts.push_back(std::move(*part));
        body.remove_prefix(end + delimiter.size());
    }
    return parts;
}

}  // namespace platform::http
