#include "services/auth-service/src/audit_chain.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/log/log.hpp"
#include "platform/metrics/metrics.hpp"
#include "services/auth-service/src/domain/audit_link.hpp"
#include "services/auth-service/src/domain/audit_time.hpp"
#include "services/auth-service/src/store/audit_sql.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <map>

namespace tt::auth {
namespace {

constexpr const char* chain_key_context = "auth.audit_chain.key";
constexpr std::size_t chain_key_bytes = 32;
constexpr std::int64_t seal_batch_entries = 1000;
constexpr std::int64_t verify_page_links = 1000;
constexpr std::int64_t forget_batch_links = 20'000;
constexpr std::chrono::minutes overdue{10};  // a sealer that is away this long is an alarm anyway
constexpr unsigned least_retention_days = 30;

/// Now, by the clock that the ids come from.
Time audit_now() {
    return SystemClock().now();
}

std::vector<std::string> fields_of(const AuditRow& row) {
    return {to_string(row.id),
            std::to_string(row.created_at.time_since_epoch().count()),
            row.action,
            row.outcome,
            row.actor_kind,
            row.actor_id ? to_string(*row.actor_id) : "",
            row.subject_id ? to_string(*row.subject_id) : "",
            row.target,
            row.ip,
            row.user_agent,
            row.details.text};
}

}  // namespace

AuditChain::AuditChain(db::Database database, const crypto::Envelope& envelope, const AuditConfig& config)
    : database_(std::move(database)), envelope_(envelope), config_(config) {}

Task<void> AuditChain::prepare() {
    const std::string month = to_rfc3339(audit_now()).substr(0, 10);
    co_await database_.run(db::Context{database_.role()}, sql::create_audit_partitions, db::make_params(month));
    const db::Bytea key{envelope_.seal(crypto::random_bytes(chain_key_bytes), chain_key_context)};
    const db::Bytea start_hash{crypto::random_bytes(chain_key_bytes)};
    co_await database_.execute(sql::insert_audit_chain, key, start_hash);
}

Task<AuditChainRow> AuditChain::chain(db::Tx& tx) {
    return tx.one<AuditChainRow>(sql::audit_chain);
}

std::string AuditChain::open_key(const AuditChainRow& chain) const {
    auto key = envelope_.open(chain.key.bytes, chain_key_context);
    if (!key) throw std::runtime_error("the master key does not open the key of the audit chain");
    return std::move(*key);
}

Task<AuditLinkRow> AuditChain::last_link(db::Tx& tx) {
    auto last = co_await tx.maybe_one<AuditLinkRow>(sql::last_audit_link);
    if (last) co_return std::move(*last);
    const auto row = co_await chain(tx);
    co_return AuditLinkRow{row.start_seq, Uuid{}, row.start_hash};
}

Task<std::size_t> AuditChain::seal() {
    std::size_t sealed = 0;
    for (;;) {
        const std::size_t batch = co_await seal_batch();
        sealed += batch;
        if (batch < static_cast<std::size_t>(seal_batch_entries)) co_return sealed;
    }
}

Task<std::size_t> AuditChain::seal_batch() {
    db::Tx tx = co_await database_.begin();
    const bool is_ours = co_await tx.one<bool>(sql::try_audit_lock);
    if (!is_ours) co_return 0;
    const auto taken = co_await tx.many<Uuid>(sql::take_audit_pending, seal_batch_entries);
    if (taken.empty()) co_return 0;
    const auto row = co_await chain(tx);
    const std::string key = open_key(row);
    AuditLinkRow last = co_await last_link(tx);
    const auto entries = co_await tx.many<AuditRow>(sql::audit_entries_by_id, taken);
    if (entries.size() != taken.size()) {
        log::error("audit_entry_missing", {{"entries", taken.size() - entries.size()}});
    }
    std::vector<std::int64_t> numbers;
    std::vector<Uuid> ids;
    std::vector<db::Bytea> hashes;
    for (const AuditRow& entry : entries) {
        ++last.seq;
        last.hash.bytes = audit_link_hash(key, last.hash.bytes, last.seq, fields_of(entry));
        numbers.push_back(last.seq);
        ids.push_back(entry.id);
        hashes.push_back(last.hash);
    }
    co_await tx.execute(sql::insert_audit_links, numbers, ids, hashes);
    co_await tx.commit();
    metrics::counter("auth_audit_links_total").add(entries.size());
    // The head goes to the log files, which whoever rewrites the database cannot reach.
    log::info("audit_sealed",
              {{"seq", last.seq}, {"links", entries.size()}, {"hash", crypto::hex_encode(last.hash.bytes)}});
    co_return taken.size();
}

Task<std::size_t> AuditChain::forget() {
    std::size_t forgotten = 0;
    for (;;) {
        const std::size_t batch = co_await forget_batch();
        if (batch == 0) co_return forgotten;
        forgotten += batch;
    }
}

Task<std::size_t> AuditChain::forget_batch() {
    const std::chrono::days keep(std::max(config_.retention_days, least_retention_days));
    const Uuid oldest_kept = audit_id_floor(audit_now() - keep);
    db::Tx tx = co_await database_.begin();
    const auto row = co_await chain(tx);
    const auto last = co_await last_link(tx);
    const auto kept = co_await tx.maybe_one<AuditLinkRow>(sql::first_audit_link_since, oldest_kept);
    const std::int64_t wanted = kept ? kept->seq - 1 : last.seq;
    const std::int64_t through = std::min(wanted, row.start_seq + forget_batch_links);
    const auto link = co_await tx.maybe_one<AuditLinkRow>(sql::audit_link, through);
    if (!link) co_return 0;
    const auto removed = co_await tx.one<std::int64_t>(sql::forget_audit_through, through);
    if (removed == 0) co_return 0;
    AuditEntry entry{.action = action::audit_forgotten, .actor_kind = "system"};
    entry.details = {{"through", through}, {"hash", crypto::hex_encode(link->hash.bytes)}, {"entries", removed}};
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    log::info("audit_forgotten", {{"through", through}, {"entries", removed}});
    co_return static_cast<std::size_t>(removed);
}

Task<bool> AuditChain::is_start_known(db::Tx& tx, const AuditChainRow& chain) {
    if (chain.start_seq == 0) co_return true;
    const auto entry = co_await tx.maybe_one<AuditRow>(sql::last_audit_forgetting);
    if (!entry) co_return false;
    const auto details = boost::json::parse(entry->details.text).as_object();
    const auto* through = details.if_contains("through");
    const auto* hash = details.if_contains("hash");
    co_return through&& hash && *through == chain.start_seq &&
        *hash == boost::json::value(crypto::hex_encode(chain.start_hash.bytes));
}

Task<bool> AuditChain::verify_page(db::Tx& tx, std::string key, std::string& previous, AuditReport& report) {
    const auto links = co_await tx.many<AuditLinkRow>(sql::audit_links_after, report.last_seq, verify_page_links);
    std::vector<Uuid> ids;
    for (const AuditLinkRow& link : links) ids.push_back(link.entry_id);
    auto rows = co_await tx.many<AuditRow>(sql::audit_entries_by_id, ids);
    std::map<Uuid, AuditRow> entries;
    for (AuditRow& row : rows) entries.emplace(row.id, std::move(row));
    for (const AuditLinkRow& link : links) {
        const auto entry = entries.find(link.entry_id);
        if (link.seq != report.last_seq + 1) {
            report.break_reason = "link_missing";
        } else if (entry == entries.end()) {
            report.break_reason = "entry_missing";
        } else if (audit_link_hash(key, previous, link.seq, fields_of(entry->second)) != link.hash.bytes) {
            report.break_reason = "hash_differs";
        }
        if (!report.break_reason.empty()) {
            report.break_seq = link.seq;
            co_return false;
        }
        previous = link.hash.bytes;
        report.last_seq = link.seq;
        if (report.checked++ == 0) report.first_seq = link.seq;
    }
    co_return links.size() == static_cast<std::size_t>(verify_page_links);
}

Task<AuditReport> AuditChain::verify(std::int64_t after_seq) {
    db::Tx tx = co_await database_.begin();
    AuditReport report;
    const auto row = co_await chain(tx);
    const std::string key = open_key(row);
    report.unsealed = co_await tx.one<std::int64_t>(sql::count_audit_pending);
    std::string previous = row.start_hash.bytes;
    report.last_seq = row.start_seq;
    if (after_seq > row.start_seq) {
        const auto link = co_await tx.maybe_one<AuditLinkRow>(sql::audit_link, after_seq);
        if (!link) {
            report.break_reason = "link_missing";
            report.break_seq = after_seq;
            co_return report;
        }
        previous = link->hash.bytes;
        report.last_seq = after_seq;
    } else if (!co_await is_start_known(tx, row)) {
        report.break_reason = "start_unknown";
        report.break_seq = row.start_seq;
    }
    bool has_more = report.break_reason.empty();
    while (has_more && report.checked < verify_limit) has_more = co_await verify_page(tx, key, previous, report);
    report.head_hash = crypto::hex_encode(previous);
    if (!report.break_reason.empty()) co_return report;
    if (has_more) {
        report.next_seq = report.last_seq;
        co_return report;
    }
    const Uuid due = audit_id_floor(audit_now() - overdue);
    const bool has_unlinked = co_await tx.one<bool>(sql::has_unlinked_audit_entry, due);
    if (has_unlinked) report.break_reason = "entry_unlinked";
    co_return report;
}

}  // namespace tt::auth
