#pragma once

#include "platform/core/result.hpp"
#include "platform/db/database.hpp"
#include "services/auth-service/src/store/audit.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What to look for; empty members do not narrow.
struct AuditQuery {
    std::vector<std::string> actions{};
    std::string outcome{};           // success or failure
    std::optional<UserId> person{};  // did it, or it was done to them
    std::optional<Time> from{};
    std::optional<Time> to{};      // before it
    std::optional<Uuid> before{};  // entries older than this one
    std::int64_t limit = 50;
};

/// As GoTrue's admin API searches: by part of the author's address or name, or by actions.
struct AuthoredQuery {
    std::vector<std::string> actions{};
    std::optional<std::string> author{};
    std::uint64_t offset = 0;
    std::uint64_t limit = 50;
};

/// An entry with the names its two people have today; "" for nobody and for deleted accounts.
struct AuditView {
    AuditRow entry;
    std::string actor_name{};
    std::string subject_name{};
};

struct AuditPage {
    std::vector<AuditView> items;
    std::uint64_t total = 0;   // only of find_authored
    std::optional<Uuid> next;  // `before` of the next page, when there is one
};

/// Reads the audit log.
class AuditLog {
public:
    explicit AuditLog(db::Database database) : database_(std::move(database)) {}

    /// The newest first.
    Task<AuditPage> search(AuditQuery query);
    Task<AuditPage> find_authored(AuthoredQuery query);
    /// The oldest first, beginning behind `after`; `before` of the query is not looked at.
    Task<std::vector<AuditRow>> export_page(AuditQuery query, Uuid after);

private:
    Task<std::vector<AuditView>> named(db::Tx& tx, std::vector<AuditRow> rows);

    db::Database database_;
};

}  // namespace tt::auth
