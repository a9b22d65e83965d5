#pragma once

#include "services/auth-service/src/admin_users.hpp"
#include "services/auth-service/src/audit_chain.hpp"
#include "services/auth-service/src/audit_log.hpp"

namespace tt::auth {

/// What administrators do: accounts and the audit log.
class Administration {
public:
    Administration(db::Database database, Passwords& passwords, Revocations& revocations,
                   const crypto::Envelope& envelope, const Clock& clock, const AuthConfig& config);

    AdminUsers& users() { return users_; }
    AuditLog& audit_log() { return audit_log_; }
    AuditChain& audit_chain() { return audit_chain_; }
    /// That somebody took the log away is in the log.
    Task<void> note_export(AdminActor actor, std::string format);

private:
    db::Database database_;
    AdminUsers users_;
    AuditLog audit_log_;
    AuditChain audit_chain_;
};

}  // namespace tt::auth
