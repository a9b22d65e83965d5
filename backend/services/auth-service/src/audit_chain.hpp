#pragma once

#include "platform/crypto/envelope.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/audit_config.hpp"
#include "services/auth-service/src/store/audit.hpp"

#include <optional>
#include <string>

namespace tt::auth {

/// What a look at a part of the chain found.
struct AuditReport {
    std::int64_t first_seq = 0;  // of the links looked at; 0: none
    std::int64_t last_seq = 0;
    std::int64_t checked = 0;
    std::int64_t unsealed = 0;             // entries that wait for the sealer
    std::string head_hash;                 // hex, of last_seq: note it, and a shortened chain shows
    std::string break_reason;              // "" when everything fits
    std::int64_t break_seq = 0;            // the first link that does not
    std::optional<std::int64_t> next_seq;  // look on after this one
};

/// The hash chain over the audit log: each link is HMAC-SHA-256(key, hash of the link before ‖ number ‖ entry). The key
/// opens only with the master key, so who can write the database but not read that key cannot make links that fit.
class AuditChain {
public:
    AuditChain(db::Database database, const crypto::Envelope& envelope, const AuditConfig& config);

    /// Makes the chain's key and the tables of the next months. Before the first entry, and once a day.
    Task<void> prepare();
    /// Links what has been committed since; one runner at a time, others return at once. Returns the number of links.
    Task<std::size_t> seal();
    /// Lets go of what is older than the retention. The log itself says so, which the chain then proves.
    Task<std::size_t> forget();
    /// Looks at up to verify_limit links after `after_seq` (0: from the beginning).
    Task<AuditReport> verify(std::int64_t after_seq);

    static constexpr std::int64_t verify_limit = 50'000;

private:
    Task<AuditChainRow> chain(db::Tx& tx);
    std::string open_key(const AuditChainRow& chain) const;
    Task<AuditLinkRow> last_link(db::Tx& tx);
    Task<std::size_t> seal_batch();
    Task<std::size_t> forget_batch();
    Task<bool> is_start_known(db::Tx& tx, const AuditChainRow& chain);
    Task<bool> verify_page(db::Tx& tx, std::string key, std::string& previous, AuditReport& report);

    db::Database database_;
    const crypto::Envelope& envelope_;
    const AuditConfig& config_;
};

}  // namespace tt::auth
