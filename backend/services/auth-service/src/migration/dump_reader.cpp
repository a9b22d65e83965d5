#include "services/auth-service/src/migration/dump_reader.hpp"

namespace tt::auth {
namespace {

using TokenKind = SqlToken::Kind;

/// Of what is passed over, only keywords matter.
constexpr std::size_t head_limit_bytes = 256;
constexpr const char* too_large_row = "malformed row: it is too large, or its end is missing";

int octal_digit(char c) {
    return c >= '0' && c <= '7' ? c - '0' : -1;
}

/// A field of COPY's text format; nothing is NULL.
std::optional<std::string> copied_value(std::string_view field) {
    if (field == "\\N") return std::nullopt;
    std::string value;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '\\' || i + 1 == field.size()) {
            value += field[i];
            continue;
        }
        const char escaped = field[++i];
        static constexpr std::string_view letters = "bfnrtv";
        static constexpr std::string_view meanings = "\b\f\n\r\t\v";
        if (const auto at = letters.find(escaped); at != std::string_view::npos) {
            value += meanings[at];
        } else if (octal_digit(escaped) >= 0) {
            int code = octal_digit(escaped);
            for (int n = 0; n < 2 && i + 1 < field.size() && octal_digit(field[i + 1]) >= 0; ++n) {
                code = code * 8 + octal_digit(field[++i]);
            }
            value += static_cast<char>(code);
        } else {
            value += escaped;
        }
    }
    return value;
}

std::vector<std::optional<std::string>> copied_values(std::string_view line) {
    std::vector<std::optional<std::string>> values;
    while (true) {
        const auto tab = line.find('\t');
        values.push_back(copied_value(line.substr(0, tab)));
        if (tab == std::string_view::npos) return values;
        line.remove_prefix(tab + 1);
    }
}

}  // namespace

std::optional<ExportRow> DumpReader::next() {
    while (true) {
        if (block_) {
            if (block_->is_copy && !block_->table) {
                skip_copied_rows();
            } else if (auto row = block_->is_copy ? copied_row() : inserted_row()) {
                return checked(std::move(*row));
            }
            block_.reset();
        } else if (!next_statement()) {
            return std::nullopt;
        }
    }
}

ExportRow DumpReader::checked(ExportRow row) const {
    if (row.problem.empty() && row.values.size() != row.columns->size()) {
        row.problem = "malformed row: " + std::to_string(row.values.size()) + " fields instead of " +
                      std::to_string(row.columns->size());
    }
    return row;
}

bool DumpReader::next_statement() {
    tokens_.skip_blanks();
    if (source_.peek() == '\\') {  // a command of psql: \connect, \restrict
        source_.skip_line();
        return true;
    }
    SqlToken first = tokens_.next(head_limit_bytes);
    if (first.kind == TokenKind::end) return false;
    if (first.is_word("copy")) {
        begin_copy();
    } else if (first.is_word("insert")) {
        begin_insert();
    } else {
        skip_statement(std::move(first));
    }
    return true;
}

/// `schema.table (column, …)`, and the token after it.
DumpReader::Block DumpReader::read_target(SqlToken& after) {
    Block block;
    std::string schema;
    std::string table = tokens_.next(head_limit_bytes).text;
    after = tokens_.next(head_limit_bytes);
    if (after.is_symbol('.')) {
        schema = std::move(table);
        table = tokens_.next(head_limit_bytes).text;
        after = tokens_.next(head_limit_bytes);
    }
    block.table = table_named(schema, table);
    std::vector<std::string> columns;
    if (after.is_symbol('(')) {
        while (!after.is_symbol(')') && after.kind != TokenKind::end) {
            after = tokens_.next(head_limit_bytes);
            if (after.kind == TokenKind::word) columns.push_back(after.text);
        }
        after = tokens_.next(head_limit_bytes);
    }
    block.columns = std::make_shared<const std::vector<std::string>>(std::move(columns));
    return block;
}

void DumpReader::begin_copy() {
    SqlToken token;
    Block block = read_target(token);
    bool is_from_here = false;
    while (!token.is_symbol(';') && token.kind != TokenKind::end) {
        is_from_here = is_from_here || token.is_word("stdin");
        token = tokens_.next(head_limit_bytes);
    }
    if (!is_from_here) return;
    source_.skip_line();
    block.is_copy = true;
    block_ = std::move(block);
}

void DumpReader::begin_insert() {
    SqlToken token = tokens_.next(head_limit_bytes);  // INTO
    Block block = read_target(token);
    while (block.table && !token.is_word("values") && !token.is_symbol(';') && token.kind != TokenKind::end) {
        token = tokens_.next(head_limit_bytes);  // OVERRIDING SYSTEM VALUE
    }
    if (block.table && token.is_word("values")) {
        block_ = std::move(block);
    } else {
        skip_statement(std::move(token));
    }
}

void DumpReader::skip_statement(SqlToken token) {
    while (!token.is_symbol(';') && token.kind != TokenKind::end) token = tokens_.next(head_limit_bytes);
}

/// The next line of a COPY block; nothing at its end.
std::optional<std::string> DumpReader::read_copy_line(bool& is_cut) {
    std::string line;
    is_cut = false;
    int c = source_.take();
    if (c == TextSource::end) return std::nullopt;
    for (; c != '\n' && c != TextSource::end; c = source_.take()) {
        if (line.size() < row_limit_bytes) {
            line += static_cast<char>(c);
        } else {
            is_cut = true;
        }
    }
    if (line.ends_with('\r')) line.pop_back();
    return line == "\\." ? std::nullopt : std::optional(std::move(line));
}

void DumpReader::skip_copied_rows() {
    bool is_cut = false;
    while (read_copy_line(is_cut)) {
    }
}

std::optional<ExportRow> DumpReader::copied_row() {
    const std::uint64_t number = source_.line();
    bool is_cut = false;
    const auto line = read_copy_line(is_cut);
    if (!line) return std::nullopt;
    ExportRow row{*block_->table, number, block_->columns};
    if (is_cut) {
        row.problem = too_large_row;
    } else {
        row.values = copied_values(*line);
    }
    return row;
}

/// A literal with what may follow it (a cast) up to the comma or parenthesis that ends it.
void DumpReader::read_value(ExportRow& row, SqlToken& token) {
    std::optional<std::string> value = token.text;
    if (token.is_word("null")) value.reset();
    if (token.is_cut) row.problem = too_large_row;
    if (token.is_symbol('-')) {
        token = tokens_.next(row_limit_bytes);
        value = "-" + token.text;
    }
    int depth = 0;
    while (token.kind != TokenKind::end && (depth > 0 || (!token.is_symbol(',') && !token.is_symbol(')')))) {
        if (token.is_symbol('(') || token.is_symbol('[')) ++depth;
        if (token.is_symbol(')') || token.is_symbol(']')) --depth;
        token = tokens_.next(row_limit_bytes);
    }
    row.values.push_back(std::move(value));
}

std::optional<ExportRow> DumpReader::inserted_row() {
    SqlToken token = tokens_.next(row_limit_bytes);
    if (token.is_symbol(',')) token = tokens_.next(row_limit_bytes);
    if (!token.is_symbol('(')) {  // the end, or ON CONFLICT …
        skip_statement(std::move(token));
        return std::nullopt;
    }
    ExportRow row{*block_->table, source_.line(), block_->columns};
    do {
        token = tokens_.next(row_limit_bytes);
        read_value(row, token);
    } while (token.is_symbol(','));
    if (token.kind == TokenKind::end) row.problem = too_large_row;
    if (row.columns->empty()) row.problem = "INSERT without column names: export with pg_dump --column-inserts";
    return row;
}

}  // namespace tt::auth
