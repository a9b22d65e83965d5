#pragma once

#include "platform/db/database.hpp"
#include "services/auth-service/src/migration/imported_account.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe/class.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tt::auth {

/// What an import did.
struct MigrationReport {
    std::int64_t users_imported = 0;
    std::int64_t users_unchanged = 0;  ///< their ids were here already; nothing of them was touched
    std::int64_t users_skipped = 0;
    std::int64_t passwords_left_out = 0;
    std::int64_t identities_imported = 0;
    std::int64_t identities_unchanged = 0;
    std::int64_t identities_skipped = 0;
    std::int64_t identities_added = 0;  ///< for accounts that came without any
};
BOOST_DESCRIBE_STRUCT(MigrationReport, (),
                      (users_imported, users_unchanged, users_skipped, passwords_left_out, identities_imported,
                       identities_unchanged, identities_skipped, identities_added))

/// Takes accounts over from another Supabase project: ids, password hashes, metadata, what was confirmed, identities.
/// Reads exports of auth.users and auth.identities (CSV with header, or a plain pg_dump) of any size, in batches of one
/// transaction each. What is here already stays as it is, so an import that was interrupted is simply run again.
class UserMigration {
public:
    static constexpr std::size_t batch_rows = 200;
    /// Told a line per row that was not, or not wholly, taken over: where it stands, whose it is, why.
    using Listener = std::function<void(const std::string& line)>;

    UserMigration(db::Database database, const Clock& clock) : database_(std::move(database)), clock_(clock) {}

    /// Throws std::runtime_error for a file that cannot be read.
    Task<MigrationReport> run(std::vector<std::filesystem::path> files, Listener tell);

private:
    struct Run;
    template <class T>
    struct Row {
        std::uint64_t line;
        T account;
    };
    using UserRows = std::vector<Row<ImportedUser>>;
    using IdentityRows = std::vector<Row<ImportedIdentity>>;

    Task<void> read_users(Run& run);
    Task<void> read_identities(Run& run);
    Task<void> import_users(Run& run, UserRows rows);
    Task<void> import_user_batch(Run& run, UserRows rows);
    Task<void> import_identities(Run& run, IdentityRows rows);
    Task<void> import_identity_batch(Run& run, IdentityRows rows);
    Task<bool> claim_identity(db::Tx& tx, ImportedIdentity identity);
    Task<void> add_missing_identities(Run& run);

    db::Database database_;
    const Clock& clock_;
};

}  // namespace tt::auth
