#include "services/auth-service/src/provider_accounts.hpp"

#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/identity_linking.hpp"
#include "services/auth-service/src/session_ends.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/admin_sql.hpp"
#include "services/auth-service/src/store/identities_sql.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"
#include "services/auth-service/src/user_json.hpp"

#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

Error sign_ups_closed() {
    return Error{Code::permission_denied, "signup_disabled", "Signups not allowed for this instance"};
}

AuditEntry provider_entry(std::string_view what, UserId user, const ProviderPerson& person, const Device& device) {
    AuditEntry entry{.action = what, .actor = user, .ip = device.ip, .user_agent = device.user_agent};
    entry.details["provider"] = person.provider;
    return entry;
}

}  // namespace

Task<Result<std::optional<NewUser>>> ProviderAccounts::ask(ProviderPerson person, std::string ip) {
    db::Tx tx = co_await parts_.database.begin();
    const auto owner = co_await tx.maybe_one<UserId>(sql::owner_of_identity, person.subject, person.provider);
    std::optional<UserRow> same_address;
    if (!person.email.empty()) same_address = co_await store::find_user_by_email(tx, person.email);
    co_await tx.commit();
    if (owner) co_return std::optional<NewUser>();
    if (person.email.empty() && !person.may_lack_email) {
        co_return Error{Code::unprocessable, "email_address_not_provided", "The provider gave no email address"};
    }
    if (same_address) co_return std::optional<NewUser>();
    if (!parts_.config.is_signup_open) co_return sign_ups_closed();
    NewUser candidate = candidate_of(person);
    if (parts_.hooks.has(HookPoint::before_user_created)) {
        const auto agreed = co_await parts_.hooks.before_user_created(user_json(preview_of(candidate)), std::move(ip));
        if (!agreed) co_return agreed.error();
    }
    co_return std::optional(std::move(candidate));
}

NewUser ProviderAccounts::candidate_of(const ProviderPerson& person) const {
    NewUser user{.id = UserId::make(),
                 .email = person.email,
                 .provider = person.provider,
                 .user_metadata = boost::json::serialize(person.data),
                 .now = parts_.clock.now()};
    if (person.email.empty()) return user;
    if (person.is_email_verified || parts_.config.autoconfirm) {
        user.email_confirmed_at = user.now;
    } else {
        user.sign_up_id = uuid_v4();
    }
    return user;
}

Task<Result<ResolvedAccount>> ProviderAccounts::resolve(db::Tx& tx, ProviderPerson person,
                                                        std::optional<NewUser> candidate, std::string redirect_to,
                                                        Device device) {
    const auto owner = co_await tx.maybe_one<UserId>(sql::owner_of_identity, person.subject, person.provider);
    if (owner) co_return co_await known(tx, *owner, std::move(person), std::move(device));
    std::optional<UserRow> same_address;
    if (!person.email.empty()) same_address = co_await store::lock_user_by_email(tx, person.email);
    if (!same_address) {
        if (!candidate) throw Unavailable("the account went away a moment ago");
        co_return co_await made(tx, std::move(person), std::move(*candidate), std::move(redirect_to),
                                std::move(device));
    }
    if (same_address->is_banned(parts_.clock.now())) {
        co_return Error{Code::permission_denied, "user_banned", "User is banned"};
    }
    if (!person.is_email_verified) {
        co_return co_await told_owner(tx, std::move(*same_address), std::move(redirect_to));
    }
    co_return co_await merged(tx, std::move(*same_address), std::move(person), std::move(device));
}

Task<Result<ResolvedAccount>> ProviderAccounts::known(db::Tx& tx, UserId owner, ProviderPerson person, Device device) {
    const Time now = parts_.clock.now();
    auto user = co_await store::lock_user(tx, owner);
    if (!user || user->deleted_at) co_return Error{Code::permission_denied, "user_not_found", "User not found"};
    if (user->is_banned(now)) co_return Error{Code::permission_denied, "user_banned", "User is banned"};
    const std::string data = boost::json::serialize(person.data);
    const auto updated = co_await tx.execute(sql::update_identity, owner, person.provider, person.subject, data, now);
    // The owner of the address has come meanwhile, and this identity was not theirs.
    if (updated == 0) co_return Error{Code::permission_denied, "user_not_found", "User not found"};
    const bool proves_own = person.is_email_verified && !user->email.empty() && person.email == user->email;
    ResolvedAccount account{std::move(*user)};
    if (account.user.is_unproven()) {
        if (proves_own) co_return co_await merged(tx, std::move(account.user), std::move(person), std::move(device));
        account.needs_verification = !parts_.config.autoconfirm;
        if (account.needs_verification) co_await parts_.mails.request(tx, account.user, MailKind::confirmation);
    } else if (proves_own && !account.user.email_confirmed_at) {
        co_await store::confirm_email(tx, owner, now);
    }
    co_return account;
}

Task<UserRow> ProviderAccounts::taken_over(db::Tx& tx, UserRow user) {
    const Time now = parts_.clock.now();
    const UserId id = user.id;
    if (!user.phone.empty()) co_await tx.execute(sql::release_phone, user.phone, id);
    co_await store::release_identities(tx, id);
    co_await tx.execute(sql::delete_identities, id);
    co_await tx.execute(sql::drop_unproven_parts, id, now);
    co_await store::settle_owner(tx, std::move(user), std::nullopt, now);
    co_await end_sessions(tx, parts_.revocations, id, SessionId{}, now);
    co_await tx.execute(sql::delete_all_one_time, id);
    co_await parts_.revocations.revoke_user(tx, id);
    log::warn("unproven_account_taken_over_by_owner", {{"user_id", to_string(id)}});
    UserRow left = co_await tx.one<UserRow>(sql::find_user, id);
    // What administrators gave was meant for the owner of the address.
    left.app_metadata.text = with_providers(left.app_metadata.text, {});
    left.user_metadata.text = "{}";
    co_return left;
}

Task<Result<ResolvedAccount>> ProviderAccounts::merged(db::Tx& tx, UserRow user, ProviderPerson person, Device device) {
    const Time now = parts_.clock.now();
    Result<UserRow> linked = UserRow();
    if (user.email_confirmed_at) {
        linked = co_await add_identity(tx, parts_.mails, std::move(user), person, now);
    } else {
        user = co_await taken_over(tx, std::move(user));
        linked = co_await link_identity(tx, std::move(user), person, now);
    }
    if (!linked) co_return linked.error();
    co_await record(tx, provider_entry(action::login, linked->id, person, device));
    co_return ResolvedAccount{std::move(*linked)};
}

Task<ResolvedAccount> ProviderAccounts::told_owner(db::Tx& tx, UserRow owner, std::string redirect_to) {
    // A link to sign in: the mail of a confirmation would confirm what an earlier sign-up chose, and this one chose
    // nothing.
    const MailKind kind = owner.email_confirmed_at ? MailKind::already_registered : MailKind::magiclink;
    MailFlow flow{std::move(redirect_to), {}};
    co_await parts_.mails.request(tx, owner, kind, std::move(flow));
    ResolvedAccount account{std::move(owner)};
    account.needs_verification = true;
    co_return account;
}

Task<ResolvedAccount> ProviderAccounts::made(db::Tx& tx, ProviderPerson person, NewUser candidate,
                                             std::string redirect_to, Device device) {
    auto row = co_await store::create_user(tx, candidate);
    if (!row) throw Unavailable("the address was taken a moment ago");
    auto linked = co_await link_identity(tx, std::move(*row), person, candidate.now);
    if (!linked) throw Unavailable("the identity was taken a moment ago");
    ResolvedAccount account{std::move(linked.value()), true};
    const UserCreated created{account.user.id, account.user.email, display_name_of(account.user.user_metadata.text)};
    co_await events::append(tx, created);
    co_await record(tx, provider_entry(action::user_signedup, account.user.id, person, device));
    if (account.user.is_unproven()) {
        MailFlow flow{std::move(redirect_to), {}};
        co_await parts_.mails.request(tx, account.user, MailKind::confirmation, std::move(flow));
        account.needs_verification = true;
    }
    co_return account;
}

Task<void> ProviderAccounts::tell(UserView view, std::string ip) {
    if (!parts_.hooks.has(HookPoint::after_user_created)) co_return;
    co_await parts_.hooks.after_user_created(user_json(view), std::move(ip));
}

}  // namespace tt::auth
