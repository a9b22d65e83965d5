#pragma once

#include "platform/events/event.hpp"
#include "services/auth-service/contract/account_directory.hpp"
#include "services/auth-service/src/revocations.hpp"

namespace tt::auth {

/// What other services may ask, and what they tell: which organisation a session is in.
class Directory final : public AccountDirectory {
public:
    Directory(db::Database database, Revocations& revocations);

    Task<Result<AccountCard>> account(UserId user) override;
    Task<Result<void>> enter_organization(UserId user, SessionId session, SessionOrganization where) override;

    std::vector<std::string> part_names() const override { return account_part_names(); }
    /// That the data was taken along is in the audit log.
    Task<PersonalData> personal_data(PersonalDataOwner owner) override;

    /// Consumer of organization.member_changed: it is in the audit log; sessions in that organisation say the new role,
    /// or none, and the person's earlier tokens are refused.
    Task<void> follow_member(db::Tx& tx, events::Event event);
    /// Consumer of profile.updated: a changed name is also the one in user_metadata, by which administrators find
    /// people and pages greet them.
    Task<void> follow_profile(db::Tx& tx, events::Event event);

private:
    db::Database database_;
    Revocations& revocations_;
};

}  // namespace tt::auth
