#pragma once

#include "platform/jobs/jobs.hpp"
#include "platform/mail/mailer.hpp"
#include "services/user-service/src/organizations.hpp"

namespace tt::user {

/// Invitations into an organisation, by mail. A request only queues the wish; the worker makes the token, stores its
/// hash and sends it, so no secret waits in a queue.
class Invitations {
public:
    static constexpr const char* queue = "user.invitation";
    static constexpr std::chrono::days lifetime{7};
    static constexpr std::int64_t max_waiting = 50;
    static constexpr std::int64_t max_per_day = 50;         ///< of an organisation
    static constexpr std::int64_t max_per_person_day = 50;  ///< to whatever organisations, also deleted ones

    Invitations(db::Database site, auth::AccountDirectory& accounts, mail::Mailer& mailer, const Clock& clock,
                std::string site_url);

    /// Errors of all that take an organisation: organization_not_found (404), organization_role_required (403).
    Task<Result<InvitationList>> list(UserId caller, Uuid organization);
    /// Further errors: validation_failed (400) for a bad address, already_member, already_invited, organization_full
    /// (409), too_many_invitations (429).
    Task<Result<store::InvitationRow>> invite(UserId caller, Uuid organization, InvitationWish wish);
    /// Further error: invitation_not_found (404).
    Task<Result<void>> take_back(UserId caller, Uuid organization, Uuid id);

    /// Errors: invitation_not_found (404), invitation_expired, invitation_used (410).
    Task<Result<InvitationPreview>> preview(std::string token);
    /// By the same person again: the same. Further errors: invitation_for_other_address (403), organization_full,
    /// too_many_organizations (409), those of hold_profile.
    Task<Result<store::OrganizationRow>> accept(Principal caller, std::string token);

    /// Handles a job of `queue`. Who wants no mails of organisations gets none.
    Task<void> send(jobs::Job job);
    /// Forgets old ones.
    Task<void> clean_up();

private:
    Result<void> is_open(const store::FullInvitation& invitation) const;
    Task<Result<void>> has_room(db::Tx& tx, Uuid organization, std::string email);
    Task<Result<void>> count(db::Tx& tx, UserId inviter);
    Task<Result<store::OrganizationRow>> take_place(Principal caller, InvitationKey key, bool is_invited);
    Task<Result<store::FullInvitation>> by_token(std::string token);
    Task<Result<void>> join(db::Tx& tx, store::FullInvitation invitation, UserId person);

    db::Database site_;
    auth::AccountDirectory& accounts_;
    mail::Mailer& mailer_;
    const Clock& clock_;
    std::string site_url_;
};

}  // namespace tt::user
