#include "services/auth-service/src/audit.hpp"

#include "services/auth-service/src/store/audit_sql.hpp"

#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

// As the columns; what comes from outside may be longer.
constexpr std::size_t audit_ip_limit = 64;
constexpr std::size_t audit_text_limit = 256;

db::Params audit_params(const AuditEntry& entry) {
    const auto subject = entry.subject ? entry.subject : entry.actor;
    const bool is_nobody = !entry.actor && entry.actor_kind == "user";
    return db::make_params(uuid_v7(), entry.action, entry.outcome, is_nobody ? "anonymous" : entry.actor_kind,
                           entry.actor, subject, entry.target.substr(0, audit_text_limit),
                           entry.ip.substr(0, audit_ip_limit), entry.user_agent.substr(0, audit_text_limit),
                           boost::json::serialize(entry.details));
}

}  // namespace

Task<void> record(db::Tx& tx, AuditEntry entry) {
    const auto params = audit_params(entry);
    co_await tx.query(sql::insert_audit_entry, params);
}

Task<void> record(db::Database database, AuditEntry entry) {
    const auto params = audit_params(entry);
    co_await database.run(db::Context{database.role()}, sql::insert_audit_entry, params);
}

}  // namespace tt::auth
