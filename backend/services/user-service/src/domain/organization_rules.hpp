#pragma once

#include "shared/types/prelude.hpp"

#include <boost/describe/enum.hpp>

namespace tt::user {

/// What somebody is in an organisation. The order is the rank.
enum class MemberRole { member, admin, owner };
BOOST_DESCRIBE_ENUM(MemberRole, member, admin, owner)

/// Who may do what in an organisation. Pure. Error of all: organization_role_required (403).
Result<void> may_manage(MemberRole caller);
Result<void> may_delete(MemberRole caller);
/// Owners make anybody anything, admins nobody an owner; this is also the rule of invitations.
Result<void> may_grant(MemberRole caller, MemberRole wanted);
Result<void> may_change_role(MemberRole caller, MemberRole current, MemberRole wanted);
/// Everybody may leave.
Result<void> may_remove(MemberRole caller, MemberRole member, bool is_self);

/// An organisation must keep an owner. Error: last_owner (409).
Result<void> keeps_an_owner(MemberRole current, MemberRole wanted, std::int64_t owners);

}  // namespace tt::user
