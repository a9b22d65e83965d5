#pragma once

#include "services/auth-service/src/migration/export_row.hpp"
#include "services/auth-service/src/migration/sql_tokens.hpp"
#include "services/auth-service/src/migration/text_source.hpp"

namespace tt::auth {

/// A plain pg_dump: COPY blocks and INSERT statements of auth.users and auth.identities; everything else is passed
/// over. INSERTs must name their columns (pg_dump --column-inserts).
class DumpReader final : public ExportReader {
public:
    /// Throws std::runtime_error when the file cannot be read.
    explicit DumpReader(const std::filesystem::path& path) : source_(path), tokens_(source_) {}
    std::optional<ExportRow> next() override;

private:
    using Columns = std::shared_ptr<const std::vector<std::string>>;
    /// Where rows come from until they end.
    struct Block {
        bool is_copy = false;
        std::optional<ExportTable> table{};  // nothing: rows of a table that nobody wants
        Columns columns{};
    };
    bool next_statement();
    void begin_copy();
    void begin_insert();
    Block read_target(SqlToken& after);
    void skip_statement(SqlToken token);
    std::optional<ExportRow> copied_row();
    std::optional<ExportRow> inserted_row();
    void read_value(ExportRow& row, SqlToken& token);
    void skip_copied_rows();
    std::optional<std::string> read_copy_line(bool& is_cut);
    ExportRow checked(ExportRow row) const;

    TextSource source_;
    SqlTokens tokens_;
    std::optional<Block> block_;
};

}  // namespace tt::auth
