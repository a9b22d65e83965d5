#include "services/user-service/src/store/organizations.hpp"

#include "platform/events/outbox.hpp"
#include "services/user-service/contract/events.hpp"
#include "services/user-service/src/store/organizations_sql.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace tt::user::store {
namespace {

Task<void> tell_member_change(db::Tx& tx, Uuid organization, UserId user, std::string role) {
    const OrganizationMemberChanged event{user, organization, std::move(role)};
    co_await events::append(tx, event);
}

std::string name_of(MemberRole role) {
    return boost::describe::enum_to_string(role, "");
}

}  // namespace

Task<std::vector<OrganizationRow>> organizations_of(db::Database site, UserId user) {
    const auto ids = co_await site.many<Uuid>(sql::organization_ids_of, user);
    if (ids.empty()) co_return std::vector<OrganizationRow>();
    co_return co_await site.many<OrganizationRow>(sql::organizations_by_id, ids, user);
}

Task<std::optional<OrganizationRow>> find_organization(db::Database site, Uuid id, UserId member) {
    const std::vector<Uuid> ids{id};
    return site.maybe_one<OrganizationRow>(sql::organizations_by_id, ids, member);
}

Task<std::optional<OrganizationRow>> find_organization(db::Tx& tx, Uuid id, UserId member) {
    const std::vector<Uuid> ids{id};
    return tx.maybe_one<OrganizationRow>(sql::organizations_by_id, ids, member);
}

Task<bool> lock_organization(db::Tx& tx, Uuid id) {
    const auto locked = co_await tx.maybe_one<Uuid>(sql::lock_organization, id);
    co_return locked.has_value();
}

Task<std::optional<MemberRole>> role_in(db::Tx& tx, Uuid organization, UserId user) {
    return tx.maybe_one<MemberRole>(sql::role_in_organization, organization, user);
}

Task<bool> add_member(db::Tx& tx, Membership membership, Time now) {
    const auto added =
        co_await tx.execute(sql::insert_member, membership.organization_id, membership.user_id, membership.role, now);
    if (added == 0) co_return false;
    co_await tx.execute(sql::insert_membership, membership.user_id, membership.organization_id);
    co_await tell_member_change(tx, membership.organization_id, membership.user_id, name_of(membership.role));
    co_return true;
}

Task<void> set_role(db::Tx& tx, Membership membership) {
    co_await tx.execute(sql::set_member_role, membership.organization_id, membership.user_id, membership.role);
    co_await tell_member_change(tx, membership.organization_id, membership.user_id, name_of(membership.role));
}

Task<void> remove_member(db::Tx& tx, Uuid organization, UserId user) {
    co_await tx.execute(sql::delete_member, organization, user);
    co_await tx.execute(sql::delete_membership, user, organization);
    co_await tell_member_change(tx, organization, user, "");
}

Task<void> delete_organization(db::Tx& tx, Uuid id) {
    const auto members = co_await tx.many<UserId>(sql::delete_members, id);
    co_await tx.execute(sql::delete_memberships, members, id);
    std::vector<OrganizationMemberChanged> changes;
    for (const UserId member : members) changes.push_back({member, id, ""});
    co_await events::append_all(tx, std::move(changes));
    co_await tx.execute(sql::delete_organization, id);
}

}  // namespace tt::user::store
