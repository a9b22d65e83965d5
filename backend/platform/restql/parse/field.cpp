#include "platform/restql/parse/field.hpp"

#include "platform/core/text.hpp"
#include "platform/intl/characters.hpp"

#include <array>

namespace platform::restql {
namespace {

/// Length of the blank at the front: ASCII's, or another script's.
std::size_t blank_length(std::string_view text) {
    if (text.empty()) return 0;
    const char c = text.front();
    if (static_cast<unsigned char>(c) < 0x80) return c == ' ' || (c >= '\t' && c <= '\r') ? 1 : 0;
    const auto length = utf8_sequence_length(text);
    const auto at = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    if (length == 2) return intl::is_space((at(0) & 0x1fu) << 6u | (at(1) & 0x3fu)) ? 2 : 0;
    if (length != 3) return 0;
    return intl::is_space((at(0) & 0x0fu) << 12u | (at(1) & 0x3fu) << 6u | (at(2) & 0x3fu)) ? 3 : 0;
}

std::string_view without_blanks(std::string_view text) {
    while (const auto length = blank_length(text)) text.remove_prefix(length);
    while (!text.empty()) {
        std::size_t last = text.size() - 1;
        while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xc0u) == 0x80u) --last;
        if (blank_length(text.substr(last)) == 0) break;
        text = text.substr(0, last);
    }
    return text;
}

/// Parts with hyphens between them; a hyphen before > begins a JSON path.
template <class Part>
bool parse_hyphenated(Lexer& in, std::string& out, Part&& take_part) {
    const auto part = [&] {
        std::string text;
        if (!take_part(text)) return false;
        out += text;
        return true;
    };
    const auto hyphen = [&] {
        if (!in.attempt([&] { return in.take('-') && in.is_not_before('>'); })) return false;
        out += '-';
        return true;
    };
    return in.separated(part, hyphen);
}

bool parse_index(Lexer& in, JsonStep& step) {
    step.key.clear();
    step.is_index = true;
    if (in.take('-')) step.key = "-";
    if (!in.take_digits(step.key)) return false;
    for (const auto* next : {"->", "::", ".", ","}) {
        if (in.is_before(next)) return true;
    }
    return in.is_at_end();
}

bool parse_key(Lexer& in, JsonStep& step) {
    step.key.clear();
    step.is_index = false;
    const auto unquoted = [&] {
        return parse_hyphenated(in, step.key, [&](std::string& part) {
            std::string text;
            if (!in.take_until("(-:.,>)", text)) return false;
            part = without_blanks(text);
            return true;
        });
    };
    return in.named("any non reserved character different from: .,>()",
                    [&] { return in.either([&] { return parse_quoted(in, step.key); }, unquoted); });
}

bool parse_step(Lexer& in, JsonStep& step) {
    step.is_text = in.attempt_word("->>");
    if (!step.is_text && !in.attempt_word("->")) return false;
    return in.attempt([&] { return parse_index(in, step); }) || in.attempt([&] { return parse_key(in, step); });
}

}  // namespace

bool parse_quoted(Lexer& in, std::string& text) {
    if (!in.take('"')) return false;
    std::string content;
    while (true) {
        in.take_perhaps_until("\\\"", content);
        if (!in.take('\\')) break;
        if (!in.take_any(content)) return false;
    }
    if (!in.take('"')) return false;
    text = std::move(content);
    return true;
}

bool parse_dot(Lexer& in) {
    return in.named("delimiter (.)", [&] { return in.take('.'); });
}

bool parse_name(Lexer& in, std::string& name) {
    name.clear();
    const auto unquoted = [&] {
        return parse_hyphenated(in, name, [&](std::string& part) { return in.take_identifier(part); });
    };
    return in.named("field name (* or [a..z0..9_$])",
                    [&] { return in.either([&] { return parse_quoted(in, name); }, unquoted); });
}

bool parse_json_path(Lexer& in, std::vector<JsonStep>& path) {
    while (true) {
        JsonStep step;
        const auto start = in.position();
        if (!parse_step(in, step)) return in.position() == start;
        path.push_back(std::move(step));
    }
}

bool parse_field(Lexer& in, Field& field) {
    field.path.clear();
    return parse_lexeme(in, [&] { return parse_name(in, field.name) && parse_json_path(in, field.path); });
}

bool parse_names(Lexer& in, std::vector<std::string>& names) {
    const auto name = [&] { return parse_name(in, names.emplace_back()); };
    const auto comma = [&] { return parse_lexeme(in, [&] { return in.take(','); }); };
    return in.separated(name, comma);
}

bool parse_tree_path(Lexer& in, std::vector<std::string>& path, Field& field) {
    const auto name = [&] { return parse_name(in, path.emplace_back()); };
    if (!in.separated(name, [&] { return parse_dot(in); })) return false;
    field.name = std::move(path.back());
    path.pop_back();
    return parse_json_path(in, field.path);
}

}  // namespace platform::restql
