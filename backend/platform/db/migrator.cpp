#include "platform/db/migrator.hpp"

#include "platform/core/sha256.hpp"
#include "platform/db/admin_connection.hpp"
#include "platform/db/errors.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <regex>

namespace platform::db {
namespace {

namespace fs = std::filesystem;

// Any fixed number: it names the lock "migrations of this database" among advisory locks.
constexpr const char* lock_sql = "SELECT pg_advisory_lock(778102001)";

// Citus refuses ADD COLUMN and ADD FOREIGN KEY of one table in one transaction otherwise; elsewhere a custom name.
constexpr const char* begin_sql = "BEGIN; SET LOCAL citus.multi_shard_modify_mode TO 'sequential'";

constexpr const char* table_sql = R"(
    CREATE SCHEMA IF NOT EXISTS migrations;
    CREATE TABLE IF NOT EXISTS migrations.applied (
        set         text NOT NULL,
        name        text NOT NULL,
        sha256      text NOT NULL,
        applied_at  timestamptz NOT NULL DEFAULT now(),
        duration_ms integer NOT NULL,
        PRIMARY KEY (set, name)
    );
    COMMENT ON TABLE migrations.applied IS 'placement: local. Migrations this database has had.')";

struct Applied {
    std::string set;
    std::string name;
    std::string sha256;
};

Error failure(std::string reason, std::string message) {
    return Error{Code::conflict, std::move(reason), std::move(message)};
}

/// Appends the files of one folder, in order.
Result<void> read_set(const fs::path& directory, std::vector<Migration>& found) {
    static const std::regex name_form("[0-9]{4}_[a-z0-9_]+");
    std::error_code error;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(directory, error)) {
        if (entry.path().extension() == ".sql") files.push_back(entry.path());
    }
    if (error) return failure("migrations_unreadable", directory.string() + ": " + error.message());
    std::sort(files.begin(), files.end());
    std::string number;
    for (const auto& file : files) {
        const std::string name = file.stem();
        if (!std::regex_match(name, name_form)) {
            return failure("migrations_unreadable", file.string() + ": the name must be like 0001_words.sql");
        }
        if (name.substr(0, 4) == number) return failure("migrations_unreadable", file.string() + ": number used twice");
        number = name.substr(0, 4);
        std::ifstream stream(file, std::ios::binary);
        std::string sql((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        if (!stream.good() && !stream.eof()) return failure("migrations_unreadable", file.string());
        found.push_back(Migration{directory.filename(), name, sha256_hex(sql), std::move(sql)});
    }
    return {};
}

std::vector<Applied> read_applied(AdminConnection& connection) {
    std::vector<Applied> applied;
    for (auto& row : connection.query("SELECT set, name, sha256 FROM migrations.applied ORDER BY set, name")) {
        applied.push_back(Applied{*row[0], *row[1], *row[2]});
    }
    return applied;
}

/// Compares what ran with what there is; all that is wrong is found before anything is changed.
Result<void> check_history(const std::vector<Migration>& known, const std::vector<Applied>& applied) {
    for (const auto& done : applied) {
        const auto file = std::find_if(known.begin(), known.end(), [&](const Migration& migration) {
            return migration.set == done.set && migration.name == done.name;
        });
        const std::string name = done.set + "/" + done.name;
        if (file == known.end()) {
            return failure("schema_newer", "The database has migration " + name +
                                               ", which this program does not know: it was upgraded by a newer "
                                               "version. Run that version, or restore a backup from before.");
        }
        if (file->sha256 != done.sha256) {
            return failure("migration_changed", "Migration " + name +
                                                    " was edited after it had run here. Undo the edit and put the "
                                                    "change into a new migration.");
        }
    }
    return {};
}

bool is_applied(const Migration& migration, const std::vector<Applied>& applied) {
    return std::any_of(applied.begin(), applied.end(),
                       [&](const Applied& done) { return done.set == migration.set && done.name == migration.name; });
}

Result<void> check_order(const std::vector<Migration>& known, const std::vector<Applied>& applied) {
    for (const auto& migration : known) {
        if (is_applied(migration, applied)) continue;
        for (const auto& done : applied) {
            if (done.set == migration.set && done.name > migration.name) {
                return failure("migration_out_of_order", "Migration " + migration.set + "/" + migration.name +
                                                             " is new but sorts before " + done.name +
                                                             ", which has already run. Give it the next number.");
            }
        }
    }
    return {};
}

Result<void> apply(AdminConnection& connection, const Migration& migration) {
    const auto start = std::chrono::steady_clock::now();
    try {
        connection.exec(begin_sql);
        connection.exec(migration.sql);
        if (!connection.is_in_transaction()) {
            return failure("migration_failed", migration.set + "/" + migration.name +
                                                   ".sql ended the transaction it ran in: it must not contain COMMIT");
        }
        const auto took = std::chrono::steady_clock::now() - start;
        const auto took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
        connection.query("INSERT INTO migrations.applied (set, name, sha256, duration_ms) VALUES ($1, $2, $3, $4)",
                         {migration.set, migration.name, migration.sha256, std::to_string(took_ms)});
        connection.exec("COMMIT");
        return {};
    } catch (const SqlError& error) {
        connection.exec("ROLLBACK");
        return failure("migration_failed", migration.set + "/" + migration.name + ".sql, " + error.what() +
                                               (error.detail.empty() ? "" : ": " + error.detail));
    }
}

Result<MigrationReport> apply_all(AdminConnection& connection, const std::vector<Migration>& known,
                                  const MigrationLog& log) {
    connection.exec(lock_sql);
    connection.exec(table_sql);
    const auto applied = read_applied(connection);
    if (auto checked = check_history(known, applied); checked.has_error()) return checked.error();
    if (auto checked = check_order(known, applied); checked.has_error()) return checked.error();
    MigrationReport report{.applied = 0, .total = known.size()};
    for (const auto& migration : known) {
        if (is_applied(migration, applied)) continue;
        if (log) log("migrating " + migration.set + "/" + migration.name);
        if (auto outcome = apply(connection, migration); outcome.has_error()) return outcome.error();
        ++report.applied;
    }
    return report;
}

}  // namespace

Result<std::vector<Migration>> read_migrations(const fs::path& directory) {
    std::vector<Migration> found;
    const auto platform = directory.parent_path() / "platform";
    if (directory.filename() != "platform" && fs::exists(platform)) {
        if (auto read = read_set(platform, found); read.has_error()) return read.error();
    }
    if (auto read = read_set(directory, found); read.has_error()) return read.error();
    return found;
}

Result<MigrationReport> migrate(const std::string& conninfo, const fs::path& directory, const MigrationLog& log) {
    const auto known = read_migrations(directory);
    if (known.has_error()) return known.error();
    try {
        AdminConnection connection(conninfo);
        return apply_all(connection, *known, log);
    } catch (const Unavailable& error) {
        return Error{Code::unavailable, "database_unavailable", error.what()};
    } catch (const SqlError& error) {
        return failure("migration_failed", error.what());
    }
}

}  // namespace platform::db
