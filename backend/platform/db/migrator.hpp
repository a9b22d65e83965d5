#pragma once

#include "platform/core/result.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::db {

/// One migration file, read and hashed.
struct Migration {
    std::string set;     ///< name of its folder: "platform", "site", "academy"
    std::string name;    ///< "0002_catalogue"
    std::string sha256;  ///< of the file's bytes, hex
    std::string sql;
};

struct MigrationReport {
    std::size_t applied = 0;
    std::size_t total = 0;
};

using MigrationLog = std::function<void(std::string_view line)>;

/// The files of `directory` and, before them, those of its sibling `platform`, in order.
/// Errors: migrations_unreadable (folder missing, a name not of the form NNNN_words.sql, a number twice).
Result<std::vector<Migration>> read_migrations(const std::filesystem::path& directory);

/// Brings a database up to date: forward only, one transaction per file, one runner at a time (advisory lock; others
/// wait for it). `conninfo` is the owner's connection, not the pool's login role. Blocks: run it before serving.
///
/// Errors: migration_changed (a file was edited after it ran), schema_newer (the database has a migration this program
/// does not know), migration_out_of_order (a new file sorts before one that already ran), migration_failed (message
/// has the file, the line and the server's words), database_unavailable, migrations_unreadable.
Result<MigrationReport> migrate(const std::string& conninfo, const std::filesystem::path& directory,
                                const MigrationLog& log = {});

}  // namespace platform::db
