#include "services/user-service/src/store/invitations.hpp"

#include "services/user-service/src/store/invitations_sql.hpp"

namespace tt::user::store {

Task<std::optional<FullInvitation>> find_invitation(db::Database site, InvitationKey key) {
    return site.maybe_one<FullInvitation>(sql::find_invitation, key.organization_id, key.id);
}

Task<std::optional<FullInvitation>> find_invitation(db::Tx& tx, InvitationKey key) {
    return tx.maybe_one<FullInvitation>(sql::find_invitation, key.organization_id, key.id);
}

Task<void> insert_invitation(db::Tx& tx, Uuid organization, InvitationRow invitation) {
    co_await tx.execute(sql::insert_invitation, organization, invitation.id, invitation.email, invitation.role,
                        invitation.any_address, invitation.invited_by, invitation.created_at, invitation.expires_at);
}

}  // namespace tt::user::store
