#include "services/auth-service/src/audit_log.hpp"

#include "services/auth-service/src/domain/audit_time.hpp"
#include "services/auth-service/src/domain/like_pattern.hpp"
#include "services/auth-service/src/store/admin_sql.hpp"
#include "services/auth-service/src/store/audit_sql.hpp"

#include <map>
#include <set>

namespace tt::auth {
namespace {

struct NamedUser {
    UserId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedUser, (), (id, name))

Uuid largest_audit_id() {
    Uuid id;
    id.bytes.fill(0xff);
    return id;
}

Uuid lower_bound_of(const AuditQuery& query) {
    return query.from ? audit_id_floor(*query.from) : Uuid{};
}

Uuid upper_bound_of(const AuditQuery& query) {
    Uuid upper = query.to ? audit_id_floor(*query.to) : largest_audit_id();
    return query.before ? std::min(upper, *query.before) : upper;
}

}  // namespace

Task<std::vector<AuditView>> AuditLog::named(db::Tx& tx, std::vector<AuditRow> rows) {
    std::set<UserId> ids;
    for (const AuditRow& row : rows) {
        if (row.actor_id) ids.insert(*row.actor_id);
        if (row.subject_id) ids.insert(*row.subject_id);
    }
    const std::vector<UserId> people(ids.begin(), ids.end());
    const auto users = co_await tx.many<NamedUser>(sql::usernames_of, people);
    std::map<UserId, std::string> names;
    for (const NamedUser& user : users) names.emplace(user.id, user.name);
    const auto name_of = [&names](const std::optional<UserId>& id) {
        const auto name = id ? names.find(*id) : names.end();
        return name == names.end() ? std::string() : name->second;
    };
    std::vector<AuditView> views;
    for (AuditRow& row : rows) {
        std::string actor = name_of(row.actor_id);
        std::string subject = name_of(row.subject_id);
        views.push_back({std::move(row), std::move(actor), std::move(subject)});
    }
    co_return views;
}

Task<AuditPage> AuditLog::search(AuditQuery query) {
    db::Tx tx = co_await database_.begin();
    const Uuid lower = lower_bound_of(query);
    const Uuid upper = upper_bound_of(query);
    std::vector<AuditRow> rows;
    if (query.person) {
        rows = co_await tx.many<AuditRow>(sql::search_audit_of_person, query.actions, query.outcome, lower, upper,
                                          query.limit + 1, *query.person);
    } else {
        const std::vector<UserId> anybody;
        rows = co_await tx.many<AuditRow>(sql::search_audit, query.actions, query.outcome, lower, upper,
                                          query.limit + 1, anybody, false, 0);
    }
    AuditPage page;
    if (rows.size() > static_cast<std::size_t>(query.limit)) {
        rows.resize(static_cast<std::size_t>(query.limit));
        page.next = rows.back().id;
    }
    page.items = co_await named(tx, std::move(rows));
    co_await tx.commit();
    co_return page;
}

Task<AuditPage> AuditLog::find_authored(AuthoredQuery query) {
    db::Tx tx = co_await database_.begin();
    std::vector<UserId> authors;
    if (query.author) {
        const std::string pattern = like_pattern(*query.author);
        authors = co_await tx.many<UserId>(sql::user_ids_like, pattern);
    }
    const bool has_author = query.author.has_value();
    AuditPage page;
    page.total =
        static_cast<std::uint64_t>(co_await tx.one<std::int64_t>(sql::count_audit, query.actions, authors, has_author));
    auto rows = co_await tx.many<AuditRow>(sql::search_audit, query.actions, "", Uuid{}, largest_audit_id(),
                                           query.limit, authors, has_author, query.offset);
    page.items = co_await named(tx, std::move(rows));
    co_await tx.commit();
    co_return page;
}

Task<std::vector<AuditRow>> AuditLog::export_page(AuditQuery query, Uuid after) {
    const Uuid lower = std::max(lower_bound_of(query), after);
    const Uuid upper = query.to ? audit_id_floor(*query.to) : largest_audit_id();
    co_return co_await database_.many<AuditRow>(sql::export_audit, query.actions, query.outcome, lower, upper,
                                                query.limit, query.person);
}

}  // namespace tt::auth
