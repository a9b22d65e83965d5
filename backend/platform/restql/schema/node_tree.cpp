#include "platform/restql/schema/node_tree.hpp"

#include <charconv>

namespace platform::restql {
namespace {

bool is_delimiter(char c) {
    return c == '(' || c == ')' || c == '{' || c == '}';
}

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

/// Walks the tokens of `{TYPE :field value …}`, `(list)`, `<>` and words. A backslash takes the next character's
/// meaning away, so names with braces or blanks are one word. Nothing here recurses: depth costs no stack.
class NodeReader {
public:
    explicit NodeReader(std::string_view text) : text_(text) {}

    /// Empty at the end.
    std::string_view next() {
        const auto token = peek();
        position_ += token.size();
        return token;
    }

    std::string_view peek() {
        while (position_ < text_.size() && is_blank(text_[position_])) ++position_;
        if (position_ == text_.size()) return {};
        if (is_delimiter(text_[position_])) return text_.substr(position_, 1);
        std::size_t end = position_;
        while (end < text_.size() && !is_blank(text_[end]) && !is_delimiter(text_[end]))
            end += text_[end] == '\\' ? 2 : 1;
        return text_.substr(position_, end - position_);
    }

    bool take(std::string_view token) {
        if (peek() != token) return false;
        next();
        return true;
    }

    /// The first token of a field's value, whatever it looks like: a column may be called ":resno".
    std::string_view skip_value() {
        const auto first = next();
        if (first == "{" || first == "(") {
            skip_rest();
        } else {
            while (!peek().empty() && peek().front() != ':' && !is_delimiter(peek().front())) next();
        }
        return first;
    }

    /// To the end of the node or list that was just opened.
    void skip_rest() {
        for (std::size_t depth = 1; depth > 0;) {
            const auto token = next();
            if (token.empty()) return;
            if (token == "{" || token == "(") ++depth;
            if (token == "}" || token == ")") --depth;
        }
    }

private:
    std::string_view text_;
    std::size_t position_ = 0;
};

template <class T>
bool read_number(std::string_view text, T& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

/// The fields of a TARGETENTRY; the reader stands behind its type. False when it is not one.
bool read_entry(NodeReader& reader, ViewColumn& column, bool& is_junk) {
    while (!reader.take("}")) {
        const auto field = reader.next();
        if (field.empty() || field.front() != ':') return false;
        const auto value = reader.skip_value();
        if (field == ":resno" && !read_number(value, column.number)) return false;
        if (field == ":resorigtbl" && !read_number(value, column.relation)) return false;
        if (field == ":resorigcol" && !read_number(value, column.column)) return false;
        if (field == ":resjunk") is_junk = value == "true";
    }
    return true;
}

std::vector<ViewColumn> read_target_list(NodeReader& reader) {
    std::vector<ViewColumn> columns;
    if (!reader.take("(")) return {};
    while (!reader.take(")")) {
        ViewColumn column;
        bool is_junk = false;
        if (!reader.take("{") || !reader.take("TARGETENTRY") || !read_entry(reader, column, is_junk)) return {};
        if (column.relation != 0 && column.column > 0 && !is_junk) columns.push_back(column);
    }
    return columns;
}

}  // namespace

std::vector<ViewColumn> read_view_columns(std::string_view node_tree) {
    NodeReader reader(node_tree);
    if (!reader.take("(") || !reader.take("{") || !reader.take("QUERY")) return {};
    for (;;) {
        const auto field = reader.next();
        if (field.empty() || field.front() != ':') return {};
        if (field == ":targetList") return read_target_list(reader);
        reader.skip_value();
    }
}

}  // namespace platform::restql
