#include "services/user-service/src/organizations.hpp"

#include "platform/json/json.hpp"
#include "services/user-service/src/avatar_url.hpp"
#include "services/user-service/src/profiles.hpp"
#include "services/user-service/src/store/organizations_sql.hpp"

#include <map>

namespace tt::user {
namespace {

/// The session in the caller's token; a token without one cannot be in an organisation.
Result<SessionId> session_of(const Principal& caller) {
    const auto session = SessionId::parse(caller.session_id);
    if (!session) return Error{Code::not_found, "session_not_found", "The token belongs to no session."};
    return *session;
}

}  // namespace

Error organization_not_found() {
    return {Code::not_found, "organization_not_found", "There is no such organisation."};
}

Error member_not_found() {
    return {Code::not_found, "member_not_found", "This person is no member of the organisation."};
}

Error too_many_organizations() {
    return {Code::conflict, "too_many_organizations", "Nobody can be in more than 20 organisations."};
}

Task<Result<MemberRole>> lock_as_member(db::Tx& tx, Uuid organization, UserId caller) {
    const bool exists = co_await store::lock_organization(tx, organization);
    if (!exists) co_return organization_not_found();
    const auto role = co_await store::role_in(tx, organization, caller);
    if (!role) co_return organization_not_found();
    co_return *role;
}

Organizations::Organizations(db::Database site, auth::AccountDirectory& accounts, const Clock& clock,
                             std::string site_url)
    : site_(std::move(site)), accounts_(accounts), clock_(clock), site_url_(std::move(site_url)) {}

Task<OrganizationList> Organizations::list(Principal caller) {
    OrganizationList list;
    list.items = co_await store::organizations_of(site_, *caller.user_id);
    list.current = caller.org_id;
    co_return list;
}

Task<Result<store::OrganizationRow>> Organizations::find(UserId caller, Uuid id) {
    auto row = co_await store::find_organization(site_, id, caller);
    if (!row) co_return organization_not_found();
    co_return std::move(*row);
}

Task<Result<store::OrganizationRow>> Organizations::create(Principal caller, std::string name) {
    const store::Membership owner{uuid_v7(), *caller.user_id, MemberRole::owner};
    const Time now = clock_.now();
    db::Tx tx = co_await site_.begin();
    // Held first: of two at once the second counts the organisation of the first.
    const auto profile = co_await hold_profile(tx, std::move(caller));
    if (!profile) co_return profile.error();
    const auto present = co_await tx.many<Uuid>(sql::organization_ids_of, owner.user_id);
    if (present.size() >= max_per_person) co_return too_many_organizations();
    co_await tx.execute(sql::insert_organization, owner.organization_id, name, now);
    co_await store::add_member(tx, owner, now);
    auto made = co_await store::find_organization(tx, owner.organization_id, owner.user_id);
    co_await tx.commit();
    co_return std::move(made.value());
}

Task<Result<store::OrganizationRow>> Organizations::rename(UserId caller, Uuid id, std::string name) {
    db::Tx tx = co_await site_.begin();
    const auto role = co_await lock_as_member(tx, id, caller);
    if (!role) co_return role.error();
    const auto allowed = may_manage(*role);
    if (!allowed) co_return allowed.error();
    co_await tx.execute(sql::rename_organization, id, name);
    auto renamed = co_await store::find_organization(tx, id, caller);
    co_await tx.commit();
    co_return std::move(renamed.value());
}

Task<Result<void>> Organizations::remove(UserId caller, Uuid id) {
    db::Tx tx = co_await site_.begin();
    const auto role = co_await lock_as_member(tx, id, caller);
    if (!role) co_return role.error();
    const auto allowed = may_delete(*role);
    if (!allowed) co_return allowed.error();
    co_await store::delete_organization(tx, id);
    co_await tx.commit();
    co_return Result<void>();
}

Task<std::vector<Member>> Organizations::shown(std::vector<store::MemberRow> rows, bool shows_email) {
    std::vector<UserId> ids;
    for (const auto& row : rows) ids.push_back(row.user_id);
    const auto people = co_await site_.many<store::PersonRow>(sql::people_by_id, ids);
    std::map<UserId, const store::PersonRow*> by_id;
    for (const auto& person : people) by_id.emplace(person.user_id, &person);

    std::vector<Member> members;
    for (const auto& row : rows) {
        Member member;
        member.user_id = row.user_id;
        member.role = row.role;
        member.joined_at = row.joined_at;
        if (const auto found = by_id.find(row.user_id); found != by_id.end()) {
            member.display_name = found->second->display_name;
            if (shows_email) member.email = found->second->email;
            member.avatar_url = avatar_url(site_url_, found->second->avatar_key);
        }
        members.push_back(std::move(member));
    }
    co_return members;
}

Task<Result<MemberList>> Organizations::members(UserId caller, Uuid id, MemberQuery query) {
    const auto organization = co_await store::find_organization(site_, id, caller);
    if (!organization) co_return organization_not_found();
    const UserId after = query.after.value_or(UserId{});
    auto rows = co_await site_.many<store::MemberRow>(sql::members_page, id, after, query.limit + 1);
    MemberList list;
    if (rows.size() > static_cast<std::size_t>(query.limit)) {
        rows.pop_back();
        list.next = rows.back().user_id;
    }
    list.items = co_await shown(std::move(rows), organization->role >= MemberRole::admin);
    co_return list;
}

Task<Result<Member>> Organizations::change_member(UserId caller, Uuid id, UserId member, MemberRole role) {
    db::Tx tx = co_await site_.begin();
    const auto own_role = co_await lock_as_member(tx, id, caller);
    if (!own_role) co_return own_role.error();
    const auto current = co_await store::role_in(tx, id, member);
    if (!current) co_return member_not_found();
    const auto allowed = may_change_role(*own_role, *current, role);
    if (!allowed) co_return allowed.error();
    const auto counts = co_await tx.one<store::MemberCounts>(sql::count_members, id);
    const auto has_owner = keeps_an_owner(*current, role, counts.owners);
    if (!has_owner) co_return has_owner.error();
    if (*current != role) co_await store::set_role(tx, {id, member, role});
    const auto row = co_await tx.many<store::MemberRow>(sql::member_row, id, member);
    co_await tx.commit();
    auto members = co_await shown(row, true);
    co_return std::move(members.at(0));
}

Task<Result<void>> Organizations::remove_member(UserId caller, Uuid id, UserId member) {
    db::Tx tx = co_await site_.begin();
    const auto own_role = co_await lock_as_member(tx, id, caller);
    if (!own_role) co_return own_role.error();
    const auto current = co_await store::role_in(tx, id, member);
    if (!current) co_return member_not_found();
    const auto allowed = may_remove(*own_role, *current, caller == member);
    if (!allowed) co_return allowed.error();
    const auto counts = co_await tx.one<store::MemberCounts>(sql::count_members, id);
    const auto has_owner = keeps_an_owner(*current, MemberRole::member, counts.owners);
    if (!has_owner) co_return has_owner.error();
    co_await store::remove_member(tx, id, member);
    co_await tx.commit();
    co_return Result<void>();
}

Task<Result<CurrentOrganization>> Organizations::enter(Principal caller, Uuid id) {
    const auto session = session_of(caller);
    if (!session) co_return session.error();
    const auto organization = co_await store::find_organization(site_, id, *caller.user_id);
    if (!organization) co_return organization_not_found();
    auth::SessionOrganization where{.org_id = id, .org_role = boost::describe::enum_to_string(organization->role, "")};
    const auto entered = co_await accounts_.enter_organization(*caller.user_id, *session, std::move(where));
    if (!entered) co_return entered.error();
    // Who lost the membership between the two steps was told so to auth before the session was in the organisation.
    const auto still = co_await store::find_organization(site_, id, *caller.user_id);
    if (still && still->role == organization->role) co_return CurrentOrganization{id, organization->role};
    const auto left = co_await accounts_.enter_organization(*caller.user_id, *session, {});
    if (!left) co_return left.error();
    co_return organization_not_found();
}

Task<Result<void>> Organizations::leave_current(Principal caller) {
    const auto session = session_of(caller);
    if (!session) co_return session.error();
    co_return co_await accounts_.enter_organization(*caller.user_id, *session, {});
}

Task<std::string> Organizations::personal_data(UserId user) {
    const auto organizations = co_await store::organizations_of(site_, user);
    co_return json::write(organizations);
}

Task<void> Organizations::erase(db::Tx& tx, UserId user) {
    const auto ids = co_await tx.many<Uuid>(sql::organization_ids_of, user);
    for (const Uuid& id : ids) {
        const bool exists = co_await store::lock_organization(tx, id);
        if (!exists) continue;
        const auto role = co_await store::role_in(tx, id, user);
        const auto counts = co_await tx.one<store::MemberCounts>(sql::count_members, id);
        if (role && counts.members == 1) {
            co_await store::delete_organization(tx, id);
            continue;
        }
        if (role == MemberRole::owner && counts.owners == 1) {
            const auto heir = co_await tx.one<UserId>(sql::heir_of_organization, id, user);
            co_await store::set_role(tx, {id, heir, MemberRole::owner});
        }
        co_await store::remove_member(tx, id, user);
    }
}

}  // namespace tt::user
