#include "platform/archive/archive_reader.hpp"

#include "platform/core/text.hpp"

#include <algorithm>

namespace platform::archive {
namespace {

Error unsafe(std::string_view name, std::string_view why) {
    std::string shown(name.substr(0, 120));
    std::ranges::replace_if(shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return Error{Code::unprocessable, "archive_unsafe_entry",
                 "The archive holds \"" + shown + "\": " + std::string(why) + "."};
}

/// Controls, and the bidirectional marks that make "gpj.exe" read as "exe.jpg" (U+202A-202E, U+2066-2069).
bool has_hidden_characters(std::string_view name) {
    if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
        return true;
    for (std::size_t at = name.find('\xe2'); at != std::string_view::npos; at = name.find('\xe2', at + 1)) {
        const auto rest = name.substr(at, 3);
        if (rest >= "\xe2\x80\xaa" && rest <= "\xe2\x80\xae") return true;
        if (rest >= "\xe2\x81\xa6" && rest <= "\xe2\x81\xa9") return true;
    }
    return false;
}

}  // namespace

Result<std::string> safe_entry_name(std::string_view name, const Limits& limits) {
    if (name.empty()) return unsafe(name, "an entry without a name");
    if (!is_utf8(name)) return unsafe("(not UTF-8)", "its name is not UTF-8");
    if (has_hidden_characters(name)) return unsafe(name, "control characters in a name");
    if (name.front() == '/') return unsafe(name, "an absolute path");
    if (name.find('\\') != std::string_view::npos) return unsafe(name, "a backslash in a path");
    if (name.size() >= 2 && name[1] == ':') return unsafe(name, "a drive letter in a path");

    std::string safe;
    std::size_t depth = 0;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        const std::string_view part = name.substr(begin, end - begin);
        begin = end + 1;
        if (part.empty() || part == ".") continue;
        if (part == "..") return unsafe(name, "a path that climbs out with ..");
        if (part.size() > limits.max_name_bytes) return unsafe(name, "a name that is too long");
        if (++depth > limits.max_depth) return unsafe(name, "folders nested too deeply");
        if (!safe.empty()) safe += '/';
        safe += part;
    }
    return safe;
}

}  // namespace platform::archive
