#include "services/user-service/src/invitations.hpp"

#include "platform/core/text.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "services/user-service/src/profiles.hpp"
#include "services/user-service/src/store/invitations_sql.hpp"
#include "services/user-service/src/store/organizations_sql.hpp"
#include "services/user-service/src/store/preferences.hpp"
#include "shared/utils/letter.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace tt::user {
namespace {

constexpr std::chrono::days remembered{90};  // after the end: long enough to answer "who invited whom"
constexpr int day_seconds = 24 * 3600;
constexpr int seconds_per_invitation = day_seconds / static_cast<int>(Invitations::max_per_person_day);

struct InvitationJob {
    Uuid organization_id;
    Uuid id;
};
BOOST_DESCRIBE_STRUCT(InvitationJob, (), (organization_id, id))

Error invitation_not_found() {
    return {Code::not_found, "invitation_not_found", "This invitation does not exist or was taken back."};
}

Error conflict(std::string reason, std::string message) {
    return {Code::conflict, std::move(reason), std::move(message)};
}

Error bad_address() {
    return {Code::invalid_argument,
            "validation_failed",
            "The request has a member that is not allowed.",
            {{"/email", "must be one e-mail address"}}};
}

bool has_token(const store::FullInvitation& invitation, const std::string& token) {
    return invitation.token_hash && crypto::constant_time_equal(invitation.token_hash->bytes, crypto::sha256(token));
}

Letter invitation_letter(const store::FullInvitation& invitation, const std::string& link) {
    const std::string role = boost::describe::enum_to_string(invitation.role, "");
    const std::string article = invitation.role == MemberRole::member ? "a " : "an ";
    return {.subject = "You are invited to an organisation on TrendTactics",
            .heading = "Join " + invitation.organization_name,
            .lead = "You are invited to " + invitation.organization_name + " as " + article + role +
                    ". The invitation is good for seven days.",
            .button = "See the invitation",
            .link = link,
            .footer = "If you do not know this organisation, ignore this mail: nothing will happen."};
}

}  // namespace

Invitations::Invitations(db::Database site, auth::AccountDirectory& accounts, mail::Mailer& mailer, const Clock& clock,
                         std::string site_url)
    : site_(std::move(site)), accounts_(accounts), mailer_(mailer), clock_(clock), site_url_(std::move(site_url)) {}

Task<Result<InvitationList>> Invitations::list(UserId caller, Uuid organization) {
    const auto seen = co_await store::find_organization(site_, organization, caller);
    if (!seen) co_return organization_not_found();
    const auto allowed = may_manage(seen->role);
    if (!allowed) co_return allowed.error();
    const Time now = clock_.now();
    InvitationList list;
    list.items = co_await site_.many<store::InvitationRow>(sql::waiting_invitations, organization, now);
    co_return list;
}

Task<Result<void>> Invitations::has_room(db::Tx& tx, Uuid organization, std::string email) {
    const Time now = clock_.now();
    const Time a_day_ago = now - std::chrono::days(1);
    const auto waiting = co_await tx.maybe_one<Uuid>(sql::waiting_invitation_to, organization, email, now);
    if (waiting) co_return conflict("already_invited", "This address is invited already.");
    const auto counts = co_await tx.one<store::InvitationCounts>(sql::count_invitations, organization, now, a_day_ago);
    if (counts.waiting >= max_waiting || counts.recent >= max_per_day) {
        co_return Error{Code::rate_limited,
                        "too_many_invitations",
                        "The organisation has sent many invitations today; go on tomorrow.",
                        {},
                        day_seconds};
    }
    const auto members = co_await tx.one<store::MemberCounts>(sql::count_members, organization);
    if (members.members >= Organizations::max_members) {
        co_return conflict("organization_full", "An organisation has at most 500 members.");
    }
    co_return Result<void>();
}

/// Error: too_many_invitations.
Task<Result<void>> Invitations::count(db::Tx& tx, UserId inviter) {
    const Time now = clock_.now();
    const auto counted = co_await tx.execute(sql::count_inviter, inviter, now, seconds_per_invitation, day_seconds);
    if (counted == 1) co_return Result<void>();
    co_return Error{Code::rate_limited,
                    "too_many_invitations",
                    "You have sent many invitations today; go on later.",
                    {},
                    seconds_per_invitation};
}

Task<Result<store::InvitationRow>> Invitations::invite(UserId caller, Uuid organization, InvitationWish wish) {
    const std::string email = lower_ascii(wish.email);
    if (!mail::is_plain_address(email)) co_return bad_address();
    const Time now = clock_.now();
    db::Tx tx = co_await site_.begin();
    const auto role = co_await lock_as_member(tx, organization, caller);
    if (!role) co_return role.error();
    const auto allowed = may_grant(*role, wish.role);
    if (!allowed) co_return allowed.error();
    const auto has_place = co_await has_room(tx, organization, email);
    if (!has_place) co_return has_place.error();
    const auto is_member = co_await tx.many<UserId>(sql::member_by_email, organization, email);
    if (!is_member.empty()) co_return conflict("already_member", "This person is a member already.");
    const auto counted = co_await count(tx, caller);
    if (!counted) co_return counted.error();

    const store::InvitationRow invitation{.id = uuid_v7(),
                                          .email = email,
                                          .role = wish.role,
                                          .any_address = wish.any_address,
                                          .invited_by = caller,
                                          .created_at = now,
                                          .expires_at = now + lifetime};
    co_await store::insert_invitation(tx, organization, invitation);
    const InvitationJob payload{organization, invitation.id};
    jobs::NewJob job{.queue = queue, .payload = json::write(payload)};
    co_await jobs::enqueue(tx, std::move(job));
    co_await tx.commit();
    co_return invitation;
}

Task<Result<void>> Invitations::take_back(UserId caller, Uuid organization, Uuid id) {
    const Time now = clock_.now();
    db::Tx tx = co_await site_.begin();
    const auto role = co_await lock_as_member(tx, organization, caller);
    if (!role) co_return role.error();
    const auto allowed = may_manage(*role);
    if (!allowed) co_return allowed.error();
    const auto revoked = co_await tx.execute(sql::revoke_invitation, organization, id, now);
    if (revoked == 0) co_return invitation_not_found();
    co_await tx.commit();
    co_return Result<void>();
}

Result<void> Invitations::is_open(const store::FullInvitation& invitation) const {
    if (invitation.revoked_at) return invitation_not_found();
    if (invitation.accepted_at) return Error{Code::gone, "invitation_used", "This invitation was used already."};
    if (invitation.expires_at <= clock_.now()) {
        return Error{Code::gone, "invitation_expired", "This invitation is older than seven days; ask for a new one."};
    }
    return {};
}

Task<Result<store::FullInvitation>> Invitations::by_token(std::string token) {
    const auto key = key_of_invitation_token(token);
    if (!key) co_return invitation_not_found();
    auto invitation = co_await store::find_invitation(site_, *key);
    if (!invitation || !has_token(*invitation, token)) co_return invitation_not_found();
    co_return std::move(*invitation);
}

Task<Result<InvitationPreview>> Invitations::preview(std::string token) {
    const auto invitation = co_await by_token(std::move(token));
    if (!invitation) co_return invitation.error();
    const auto open = is_open(*invitation);
    if (!open) co_return open.error();
    co_return InvitationPreview{invitation->organization_name, invitation->role, email_hint(invitation->email),
                                invitation->expires_at};
}

Task<Result<store::OrganizationRow>> Invitations::accept(Principal caller, std::string token) {
    const auto found = co_await by_token(std::move(token));
    if (!found) co_return found.error();
    // Asked before the transaction opens; the address in the token may be older than the last change of it.
    const auto account = co_await accounts_.account(*caller.user_id);
    if (!account) co_return account.error();
    const bool is_invited = account->is_email_confirmed && account->email == found->email;
    const InvitationKey key{found->organization_id, found->id};
    co_return co_await take_place(std::move(caller), key, is_invited);
}

Task<Result<store::OrganizationRow>> Invitations::take_place(Principal caller, InvitationKey key, bool is_invited) {
    const UserId person = *caller.user_id;
    db::Tx tx = co_await site_.begin();
    // Before the organisation, as everywhere: of two at once the second counts the organisation of the first.
    const auto profile = co_await hold_profile(tx, std::move(caller));
    if (!profile) co_return profile.error();
    const bool exists = co_await store::lock_organization(tx, key.organization_id);
    if (!exists) co_return invitation_not_found();
    auto invitation = co_await store::find_invitation(tx, key);
    if (!invitation) co_return invitation_not_found();
    if (invitation->accepted_by != person) {
        const auto open = is_open(*invitation);
        if (!open) co_return open.error();
        if (!is_invited && !invitation->any_address) {
            co_return Error{Code::permission_denied, "invitation_for_other_address",
                            "This invitation is for " + email_hint(invitation->email) +
                                ". Sign in with that address, or confirm it first."};
        }
        const auto joined = co_await join(tx, *invitation, person);
        if (!joined) co_return joined.error();
    }
    auto organization = co_await store::find_organization(tx, key.organization_id, person);
    // Accepted once, but removed since: the link does not bring anybody back.
    if (!organization) co_return Error{Code::gone, "invitation_used", "This invitation was used already."};
    co_await tx.commit();
    co_return std::move(*organization);
}

Task<Result<void>> Invitations::join(db::Tx& tx, store::FullInvitation invitation, UserId person) {
    const auto own = co_await tx.many<Uuid>(sql::organization_ids_of, person);
    if (own.size() >= Organizations::max_per_person) co_return too_many_organizations();
    const auto counts = co_await tx.one<store::MemberCounts>(sql::count_members, invitation.organization_id);
    if (counts.members >= Organizations::max_members) {
        co_return conflict("organization_full", "An organisation has at most 500 members.");
    }
    const Time now = clock_.now();
    co_await tx.execute(sql::accept_invitation, invitation.organization_id, invitation.id, now, person);
    // Who is a member already keeps the role they have.
    const store::Membership membership{invitation.organization_id, person, invitation.role};
    co_await store::add_member(tx, membership, now);
    co_return Result<void>();
}

Task<void> Invitations::send(jobs::Job job) {
    const auto wish = json::parse<InvitationJob>(job.payload).value();
    const InvitationKey key{wish.organization_id, wish.id};
    const auto invitation = co_await store::find_invitation(site_, key);
    if (!invitation || !is_open(*invitation)) co_return;
    const bool is_unwanted = co_await store::refuses_organization_mail(site_, invitation->email);
    if (is_unwanted) co_return;
    const std::string token = make_invitation_token(key);
    const db::Bytea hash{crypto::sha256(token)};
    co_await site_.execute(sql::set_invitation_token, key.organization_id, key.id, hash);
    auto message =
        letter_to(invitation->email, invitation_letter(*invitation, site_url_ + "/invitations#token=" + token));
    bool is_refused = false;
    try {
        co_await mailer_.send(std::move(message));
    } catch (const mail::MailError& error) {
        if (!error.is_permanent()) throw;
        is_refused = true;  // trying again would not help, and must not block the queue
    }
    log::info(is_refused ? "invitation_refused" : "invitation_sent",
              {{"organization_id", to_string(key.organization_id)}, {"invitation_id", to_string(key.id)}});
}

Task<void> Invitations::clean_up() {
    const Time now = clock_.now();
    const Time forgotten = now - remembered;
    co_await site_.execute(sql::delete_old_invitations, forgotten);
    co_await site_.execute(sql::forget_inviters, now);
}

}  // namespace tt::user
