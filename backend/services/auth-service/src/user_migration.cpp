#include "services/auth-service/src/user_migration.hpp"

#include "platform/db/errors.hpp"
#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/migration/export_file.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/identities_sql.hpp"
#include "services/auth-service/src/store/migration_sql.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace tt::auth {
namespace {

db::Statement insert_of(const ImportedUser& user) {
    return {sql::import_user,
            db::make_params(user.id, user.email, user.phone, user.password_hash, user.app_metadata, user.user_metadata,
                            user.email_confirmed_at, user.phone_confirmed_at, user.invited_at, user.last_sign_in_at,
                            user.banned_until, user.is_anonymous, user.created_at, user.updated_at)};
}

}  // namespace

/// One import: its files, whom it tells, and what it has done so far.
struct UserMigration::Run {
    std::vector<std::filesystem::path> files;
    Listener tell;
    MigrationReport report{};
    std::filesystem::path file{};  // being read

    void say(std::uint64_t line, const std::string& who, const std::string& what) const {
        const std::string account = who.empty() ? "" : "account " + who + ": ";
        tell(file.filename().string() + ":" + std::to_string(line) + ": " + account + what);
    }
    void skip_user(std::uint64_t line, const std::string& who, const std::string& why) {
        ++report.users_skipped;
        say(line, who, "skipped: " + why);
    }
    void skip_identity(std::uint64_t line, const std::string& who, const std::string& why) {
        ++report.identities_skipped;
        say(line, who, "identity skipped: " + why);
    }
};

Task<MigrationReport> UserMigration::run(std::vector<std::filesystem::path> files, Listener tell) {
    Run run{std::move(files), std::move(tell)};
    // Dumps have the identities first, which belong to accounts: so the files are read twice.
    co_await read_users(run);
    co_await read_identities(run);
    co_await add_missing_identities(run);
    log::info("users_migrated", {{"imported", run.report.users_imported}, {"skipped", run.report.users_skipped}});
    co_return run.report;
}

Task<void> UserMigration::read_users(Run& run) {
    for (const auto& file : run.files) {
        run.file = file;
        const auto reader = open_export(file);
        UserRows rows;
        while (const auto row = reader->next()) {
            if (row->table != ExportTable::users) continue;
            auto user = imported_user(*row, clock_.now());
            if (user) {
                rows.push_back({row->line, std::move(*user)});
            } else {
                run.skip_user(row->line, row->problem.empty() ? row->get("id").value_or("") : "", user.error().message);
            }
            if (rows.size() == batch_rows) co_await import_users(run, std::exchange(rows, {}));
        }
        co_await import_users(run, std::move(rows));
    }
}

Task<void> UserMigration::read_identities(Run& run) {
    for (const auto& file : run.files) {
        run.file = file;
        const auto reader = open_export(file);
        IdentityRows rows;
        while (const auto row = reader->next()) {
            if (row->table != ExportTable::identities) continue;
            auto identity = imported_identity(*row, clock_.now());
            if (identity) {
                rows.push_back({row->line, std::move(*identity)});
            } else {
                run.skip_identity(row->line, row->problem.empty() ? row->get("user_id").value_or("") : "",
                                  identity.error().message);
            }
            if (rows.size() == batch_rows) co_await import_identities(run, std::exchange(rows, {}));
        }
        co_await import_identities(run, std::move(rows));
    }
}

/// All at once; when the database refuses a row that looked well, one by one, so that the others do not suffer.
Task<void> UserMigration::import_users(Run& run, UserRows rows) {
    const MigrationReport before = run.report;
    std::string why;
    try {
        co_await import_user_batch(run, rows);
        co_return;
    } catch (const db::SqlError& error) {
        why = "the database refuses it (" + error.sqlstate + ")";
    }
    run.report = before;
    if (rows.size() == 1) {
        run.skip_user(rows[0].line, to_string(rows[0].account.id), why);
        co_return;
    }
    for (auto& row : rows) {
        UserRows one;
        one.push_back(std::move(row));
        co_await import_users(run, std::move(one));
    }
}

Task<void> UserMigration::import_user_batch(Run& run, UserRows rows) {
    if (rows.empty()) co_return;
    db::Tx tx = co_await database_.begin();
    std::vector<UserId> ids;
    for (const auto& row : rows) ids.push_back(row.account.id);
    const auto existing = co_await tx.many<UserId>(sql::existing_users, ids);
    std::set<UserId> known(existing.begin(), existing.end());
    for (auto& [line, user] : rows) {
        if (!known.insert(user.id).second) {
            ++run.report.users_unchanged;
            continue;
        }
        const bool is_taken = !user.email.empty() && co_await tx.execute(sql::claim_email, user.email, user.id) == 0;
        if (is_taken) {
            run.skip_user(line, to_string(user.id), "duplicate address: it belongs to another account");
            continue;
        }
        if (!user.phone.empty() && co_await tx.execute(sql::claim_phone, user.phone, user.id) == 0) {
            user.phone.clear();
            user.phone_confirmed_at.reset();
            user.remarks.emplace_back("taken over without its phone number: it belongs to another account");
        }
        const db::Statement insert = insert_of(user);
        co_await tx.query(insert.query, insert.params);
        const UserCreated created{user.id, user.email, display_name_of(user.user_metadata)};
        co_await events::append(tx, created);
        ++run.report.users_imported;
        if (user.is_password_left_out) ++run.report.passwords_left_out;
        for (const std::string& remark : user.remarks) run.say(line, to_string(user.id), remark);
    }
    co_await tx.commit();
}

Task<void> UserMigration::import_identities(Run& run, IdentityRows rows) {
    const MigrationReport before = run.report;
    std::string why;
    try {
        co_await import_identity_batch(run, rows);
        co_return;
    } catch (const db::SqlError& error) {
        why = "the database refuses it (" + error.sqlstate + ")";
    }
    run.report = before;
    if (rows.size() == 1) {
        run.skip_identity(rows[0].line, to_string(rows[0].account.user_id), why);
        co_return;
    }
    for (auto& row : rows) {
        IdentityRows one;
        one.push_back(std::move(row));
        co_await import_identities(run, std::move(one));
    }
}

/// Whether the provider's subject is, now or since before, this person's.
Task<bool> UserMigration::claim_identity(db::Tx& tx, ImportedIdentity identity) {
    if (identity.provider == "email" || identity.provider == "phone") co_return true;
    const auto claimed =
        co_await tx.execute(sql::claim_identity, identity.provider_id, identity.provider, identity.user_id);
    if (claimed == 1) co_return true;
    const auto owner = co_await tx.maybe_one<UserId>(sql::owner_of_identity, identity.provider_id, identity.provider);
    co_return owner == identity.user_id;
}

Task<void> UserMigration::import_identity_batch(Run& run, IdentityRows rows) {
    if (rows.empty()) co_return;
    db::Tx tx = co_await database_.begin();
    std::vector<UserId> ids;
    for (const auto& row : rows) ids.push_back(row.account.user_id);
    const auto existing = co_await tx.many<UserId>(sql::existing_users, ids);
    const std::set<UserId> known(existing.begin(), existing.end());
    for (const auto& [line, identity] : rows) {
        const std::string who = to_string(identity.user_id);
        if (!known.contains(identity.user_id)) {
            run.skip_identity(line, who, "there is no such account");
            continue;
        }
        const bool is_own = co_await claim_identity(tx, identity);
        if (!is_own) {
            run.skip_identity(line, who, "at its provider it belongs to another account");
            continue;
        }
        const auto inserted = co_await tx.execute(sql::import_identity, identity.user_id, identity.id,
                                                  identity.provider, identity.provider_id, identity.data,
                                                  identity.last_sign_in_at, identity.created_at, identity.updated_at);
        ++(inserted == 1 ? run.report.identities_imported : run.report.identities_unchanged);
    }
    co_await tx.commit();
}

Task<void> UserMigration::add_missing_identities(Run& run) {
    while (true) {
        const auto added = co_await database_.execute(sql::add_missing_identities);
        if (added == 0) co_return;
        run.report.identities_added += added;
    }
}

}  // namespace tt::auth
