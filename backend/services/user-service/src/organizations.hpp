#pragma once

#include "services/auth-service/contract/account_directory.hpp"
#include "services/user-service/src/api/organization_bodies.hpp"
#include "shared/types/principal.hpp"

namespace tt::user {

/// Organisations and who belongs to them. What the caller is no member of does not exist for them:
/// organization_not_found (404) is an error of everything here that takes an organisation.
class Organizations {
public:
    Organizations(db::Database site, auth::AccountDirectory& accounts, const Clock& clock, std::string site_url);

    Task<OrganizationList> list(Principal caller);
    Task<Result<store::OrganizationRow>> find(UserId caller, Uuid id);
    /// Errors: too_many_organizations (409), those of hold_profile.
    Task<Result<store::OrganizationRow>> create(Principal caller, std::string name);
    /// Error: organization_role_required (403).
    Task<Result<store::OrganizationRow>> rename(UserId caller, Uuid id, std::string name);
    /// Error: organization_role_required (403).
    Task<Result<void>> remove(UserId caller, Uuid id);

    Task<Result<MemberList>> members(UserId caller, Uuid id, MemberQuery query);
    /// Errors: member_not_found (404), organization_role_required (403), last_owner (409).
    Task<Result<Member>> change_member(UserId caller, Uuid id, UserId member, MemberRole role);
    /// Errors: those of change_member.
    Task<Result<void>> remove_member(UserId caller, Uuid id, UserId member);

    /// The session's next tokens name the organisation. Error: session_not_found (404).
    Task<Result<CurrentOrganization>> enter(Principal caller, Uuid id);
    Task<Result<void>> leave_current(Principal caller);

    /// What belongs to a person here, for the export of their data.
    Task<std::string> personal_data(UserId user);
    /// The account is gone: no memberships, and nothing is left without an owner.
    Task<void> erase(db::Tx& tx, UserId user);

    static constexpr std::size_t max_per_person = 20;
    static constexpr std::int64_t max_members = 500;

private:
    Task<std::vector<Member>> shown(std::vector<store::MemberRow> rows, bool shows_email);

    db::Database site_;
    auth::AccountDirectory& accounts_;
    const Clock& clock_;
    std::string site_url_;
};

Error organization_not_found();
Error member_not_found();
Error too_many_organizations();
/// Holds the organisation and says what the caller is there. Error: organization_not_found.
Task<Result<MemberRole>> lock_as_member(db::Tx& tx, Uuid organization, UserId caller);

}  // namespace tt::user
