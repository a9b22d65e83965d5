#include "platform/restql/parse/select.hpp"

#include "platform/restql/parse/query_string.hpp"

#include <algorithm>

namespace platform::restql {
namespace {

bool is_index(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.size() <= 9 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Parses select lists; the first failure is kept and everything above returns at once.
class SelectParser {
public:
    explicit SelectParser(std::string_view text) : text_(text), in_(text) {}

    ApiResult<std::vector<SelectItem>> run() {
        auto items = list(0);
        if (!failure_ && !in_.at_end()) fail("end of input");
        if (failure_) return std::move(*failure_);
        return items;
    }

private:
    std::vector<SelectItem> list(std::size_t depth) {
        std::vector<SelectItem> items;
        do {
            in_.skip_space();
            if (in_.at_end() || in_.peek() == ')') break;
            if (++count_ > max_select_items || depth > max_embed_depth) fail("fewer items and levels");
            if (failure_) return items;
            items.push_back(item(depth));
            in_.skip_space();
        } while (!failure_ && in_.take(','));
        return items;
    }

    SelectItem item(std::size_t depth) {
        if (in_.take('*')) return SelectColumn{{"*"}};
        Field field = parse_field(in_);
        if (field.name.empty()) fail("field name");
        std::string alias;
        if (in_.peek() == ':' && !in_.rest().starts_with("::") && field.path.empty()) {
            in_.take(':');
            alias = std::move(field.name);
            field = parse_field(in_);
            if (field.name.empty()) fail("field name");
        }
        if (in_.peek() == '!' || in_.peek() == '(') return embed(std::move(field.name), std::move(alias), depth);
        SelectColumn column{std::move(field), std::move(alias)};
        if (in_.take("::")) column.cast = in_.take_name();
        if (in_.peek() == '.') fail("the end of the field (aggregates are not enabled)");
        return column;
    }

    SelectItem embed(std::string target, std::string alias, std::size_t depth) {
        Embed embed{std::move(target), std::move(alias)};
        while (in_.take('!')) {
            const std::string word = in_.take_name();
            if (word == "inner") {
                embed.is_inner = true;
            } else if (word != "left") {
                embed.hint = word;
            }
        }
        embed.read = std::make_unique<Read>();
        if (!in_.take('(')) fail("\"(\"");
        if (!failure_) embed.read->select = list(depth + 1);
        if (!failure_ && !in_.take(')')) fail("\")\"");
        return embed;
    }

    void fail(std::string_view expected) {
        if (!failure_) failure_ = parse_error("select parameter", text_, in_, expected);
    }

    std::string_view text_;
    Lexer in_;
    std::size_t count_ = 0;
    std::optional<ApiError> failure_;
};

}  // namespace

namespace {

/// One character, not one byte: half of one would make the answer's JSON invalid.
std::string_view first_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
    return text.substr(0, size);
}

}  // namespace

ApiError parse_error(std::string_view what, std::string_view text, const Lexer& at, std::string_view expected) {
    const std::string found = at.at_end() ? "end of input" : "\"" + std::string(first_character(at.rest())) + "\"";
    return {.status = 400,
            .code = "PGRST100",
            .message = "\"failed to parse " + std::string(what) + " (" + std::string(text) + ")\" (line 1, column " +
                       std::to_string(at.column()) + ")",
            .details = "unexpected " + found + " expecting " + std::string(expected)};
}

Field parse_field(Lexer& in) {
    Field field{in.take_name()};
    while (in.rest().starts_with("->")) {
        JsonStep step;
        in.take("->");
        step.is_text = in.take('>');
        if (!in.take_quoted(step.key)) {
            if (in.take('-')) step.key = "-";
            step.key += in.take_until("(-:.,>)");
            step.is_index = is_index(step.key);
        }
        field.path.push_back(std::move(step));
    }
    return field;
}

ApiResult<std::vector<SelectItem>> parse_select(std::string_view text) {
    return SelectParser(text).run();
}

}  // namespace platform::restql
