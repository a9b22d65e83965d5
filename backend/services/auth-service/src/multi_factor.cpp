#include "services/auth-service/src/multi_factor.hpp"

namespace tt::auth {

MultiFactor::MultiFactor(AccountParts parts, const crypto::Envelope& envelope)
    : attempts_(parts.database, parts.sessions, parts.lockout, parts.hooks),
      factors_(parts.database, attempts_, parts.phones, parts.hooks, parts.mails, parts.revocations, envelope,
               parts.clock, parts.config),
      recovery_codes_(parts.database, attempts_, parts.mails, envelope, parts.clock, parts.config),
      passkeys_(parts.database, parts.sessions, parts.lockout, parts.mails, parts.clock, parts.config) {}

Task<void> MultiFactor::clean_up() {
    co_await factors_.clean_up();
    co_await passkeys_.clean_up();
}

}  // namespace tt::auth
