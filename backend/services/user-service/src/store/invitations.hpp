#pragma once

#include "platform/db/database.hpp"
#include "services/user-service/src/domain/invitation_token.hpp"
#include "services/user-service/src/domain/organization_rules.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::user::store {

/// As those who manage an organisation see it.
struct InvitationRow {
    Uuid id;
    std::string email;
    MemberRole role = MemberRole::member;
    bool any_address = false;
    UserId invited_by;
    Time created_at{};
    Time expires_at{};
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (), (id, email, role, any_address, invited_by, created_at, expires_at))

/// All that accepting one needs.
struct FullInvitation : InvitationRow {
    Uuid organization_id;
    std::string organization_name;
    std::optional<db::Bytea> token_hash;
    std::optional<Time> accepted_at;
    std::optional<UserId> accepted_by;
    std::optional<Time> revoked_at;
};
BOOST_DESCRIBE_STRUCT(FullInvitation, (InvitationRow),
                      (organization_id, organization_name, token_hash, accepted_at, accepted_by, revoked_at))

struct InvitationCounts {
    std::int64_t waiting = 0;
    std::int64_t recent = 0;
};
BOOST_DESCRIBE_STRUCT(InvitationCounts, (), (waiting, recent))

Task<std::optional<FullInvitation>> find_invitation(db::Database site, InvitationKey key);
Task<std::optional<FullInvitation>> find_invitation(db::Tx& tx, InvitationKey key);
Task<void> insert_invitation(db::Tx& tx, Uuid organization, InvitationRow invitation);

}  // namespace tt::user::store
