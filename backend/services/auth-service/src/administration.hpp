#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/admin_links.hpp"
#include "services/auth-service/src/admin_users.hpp"
#include "services/auth-service/src/audit_chain.hpp"
#include "services/auth-service/src/audit_log.hpp"

namespace tt::auth {

/// What administrators do: accounts, links and the audit log.
class Administration {
public:
    Administration(const AccountParts& parts, const crypto::Envelope& envelope);

    AdminUsers& users() { return users_; }
    AdminLinks& links() { return links_; }
    AuditLog& audit_log() { return audit_log_; }
    AuditChain& audit_chain() { return audit_chain_; }
    /// The person of a session, fit to administer: it lives, it is their own, and it is aal2 when they have a second
    /// factor. Errors (403): session_not_found, user_not_found, user_banned, impersonation_forbidden, insufficient_aal.
    Task<Result<AdminActor>> admit(Caller caller, AdminActor person);
    /// That somebody took the log away is in the log.
    Task<void> note_export(AdminActor actor, std::string format);

private:
    db::Database database_;
    const Clock& clock_;
    AdminUsers users_;
    AdminLinks links_;
    AuditLog audit_log_;
    AuditChain audit_chain_;
};

}  // namespace tt::auth
