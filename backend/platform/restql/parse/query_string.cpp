#include "platform/restql/parse/query_string.hpp"

#include "platform/restql/parse/conditions.hpp"
#include "platform/restql/parse/select.hpp"

#include <charconv>

namespace platform::restql {
namespace {

struct Key {
    std::vector<std::string> path;  ///< embedded relations from the root on
    std::string word;               ///< a reserved word, or empty for a filter
    Field field;
    bool is_negated = false;  ///< not.and, not.or
};

bool is_reserved(std::string_view word) {
    return word == "order" || word == "limit" || word == "offset" || word == "and" || word == "or";
}

ApiResult<Key> parse_key(const std::string& text) {
    Lexer in(text);
    Key key;
    std::vector<Field> fields;
    do {
        fields.push_back(parse_field(in));
        if (fields.back().name.empty()) return parse_error("filter", text, in, "field name");
    } while (in.take('.'));
    if (!in.at_end()) return parse_error("filter", text, in, "\".\" or end of input");
    key.field = std::move(fields.back());
    fields.pop_back();
    for (auto& field : fields) key.path.push_back(std::move(field.name));
    if (!is_reserved(key.field.name) || !key.field.path.empty()) return key;
    key.word = key.field.name;
    if ((key.word == "and" || key.word == "or") && !key.path.empty() && key.path.back() == "not") {
        key.path.pop_back();
        key.is_negated = true;
    }
    return key;
}

Read* find_level(Read& root, const std::vector<std::string>& path) {
    Read* level = &root;
    for (const auto& name : path) {
        Read* next = nullptr;
        for (auto& item : level->select) {
            auto* embed = std::get_if<Embed>(&item);
            if (embed && embed->name() == name) next = embed->read.get();
        }
        if (!next) return nullptr;
        level = next;
    }
    return level;
}

std::string joined(const std::vector<std::string>& path) {
    std::string text;
    for (const auto& name : path) text += (text.empty() ? "" : ".") + name;
    return text;
}

ApiError not_embedded(const std::vector<std::string>& path) {
    const std::string name = joined(path);
    return {.status = 400,
            .code = "PGRST108",
            .message = "'" + name + "' is not an embedded resource in this request",
            .hint = "Verify that '" + name + "' is included in the 'select' query parameter."};
}

/// Non-numeric values are ignored, as upstream does.
std::optional<std::int64_t> number(const std::string& text) {
    std::int64_t value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

ApiResult<void> apply_limit(Read& level, const Key& key, const std::string& value) {
    const auto count = number(value);
    if (!count) return {};
    if (key.word == "offset") {
        level.offset = std::max<std::int64_t>(*count, 0);
    } else if (*count < 0) {
        return ApiError{.status = 416,
                        .code = "PGRST103",
                        .message = "Requested range not satisfiable",
                        .details = "Limit should be greater than or equal to zero."};
    } else {
        level.limit = *count;
    }
    return {};
}

ApiResult<void> apply(Read& root, const Key& key, const std::string& value) {
    Read* level = find_level(root, key.path);
    if (!level) return not_embedded(key.path);
    if (key.word == "limit" || key.word == "offset") return apply_limit(*level, key, value);
    if (key.word == "order") {
        auto order = parse_order(value);
        if (!order) return order.error();
        level->order = std::move(*order);
        return {};
    }
    if (level->where.size() >= max_conditions) return parse_error("filter", value, Lexer(value), "fewer filters");
    if (key.word == "and" || key.word == "or") {
        auto logic = parse_logic(key.word == "or", key.is_negated, value);
        if (!logic) return logic.error();
        level->where.push_back(std::move(*logic));
        return {};
    }
    auto filter = parse_filter(key.field, value);
    if (!filter) return filter.error();
    level->where.emplace_back(std::move(*filter));
    return {};
}

ApiResult<std::vector<std::string>> parse_columns(const std::string& value) {
    Lexer in(value);
    std::vector<std::string> columns;
    do {
        in.skip_space();
        columns.push_back(in.take_name());
        if (columns.back().empty()) return parse_error("columns parameter", value, in, "field name");
        in.skip_space();
    } while (in.take(','));
    if (!in.at_end()) return parse_error("columns parameter", value, in, "\",\" or end of input");
    return columns;
}

}  // namespace

ApiResult<ParsedQuery> parse_query(const std::vector<std::pair<std::string, std::string>>& parameters) {
    ParsedQuery query;
    query.read.select.emplace_back(SelectColumn{{"*"}});
    for (const auto& [key, value] : parameters) {
        if (key == "select" && !value.empty()) {
            auto select = parse_select(value);
            if (!select) return select.error();
            query.read.select = std::move(*select);
        } else if (key == "columns") {
            auto columns = parse_columns(value);
            if (!columns) return columns.error();
            query.columns = std::move(*columns);
        }
    }
    // Filters on embedded relations can stand before the select that names them.
    for (const auto& [key, value] : parameters) {
        if (key == "select" || key == "columns" || key == "on_conflict") continue;
        const auto parsed = parse_key(key);
        if (!parsed) return parsed.error();
        if (const auto applied = apply(query.read, *parsed, value); !applied) return applied.error();
    }
    return query;
}

}  // namespace platform::restql
