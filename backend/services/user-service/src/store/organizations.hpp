#pragma once

#include "platform/db/database.hpp"
#include "services/user-service/src/domain/organization_rules.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::user::store {

/// An organisation as one of its members sees it.
struct OrganizationRow {
    Uuid id;
    std::string name;
    MemberRole role = MemberRole::member;
    std::int64_t member_count = 0;
    Time created_at{};
    std::int64_t row_version = 0;
};
BOOST_DESCRIBE_STRUCT(OrganizationRow, (), (id, name, role, member_count, created_at, row_version))

struct MemberRow {
    UserId user_id;
    MemberRole role = MemberRole::member;
    Time joined_at{};
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (user_id, role, joined_at))

struct PersonRow {
    UserId user_id;
    std::optional<std::string> display_name;
    std::string email;
    std::optional<std::string> avatar_key;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (user_id, display_name, email, avatar_key))

struct MemberCounts {
    std::int64_t members = 0;
    std::int64_t owners = 0;
};
BOOST_DESCRIBE_STRUCT(MemberCounts, (), (members, owners))

struct Membership {
    Uuid organization_id;
    UserId user_id;
    MemberRole role = MemberRole::member;
};

Task<std::vector<OrganizationRow>> organizations_of(db::Database site, UserId user);
Task<std::optional<OrganizationRow>> find_organization(db::Database site, Uuid id, UserId member);
Task<std::optional<OrganizationRow>> find_organization(db::Tx& tx, Uuid id, UserId member);

/// Holds the organisation until the transaction ends; false when there is none.
Task<bool> lock_organization(db::Tx& tx, Uuid id);
Task<std::optional<MemberRole>> role_in(db::Tx& tx, Uuid organization, UserId user);
/// Writes both sides of the membership and tells auth. False when the person is a member already.
Task<bool> add_member(db::Tx& tx, Membership membership, Time now);
Task<void> set_role(db::Tx& tx, Membership membership);
Task<void> remove_member(db::Tx& tx, Uuid organization, UserId user);
/// With all its members and invitations.
Task<void> delete_organization(db::Tx& tx, Uuid id);

}  // namespace tt::user::store
