#include "services/auth-service/src/provider_accounts.hpp"

#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/identity_linking.hpp"
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

Task<Result<void>> ProviderAccounts::ask(ProviderPerson person, std::string ip) {
    db::Tx tx = co_await parts_.database.begin();
    const auto owner = co_await tx.maybe_one<UserId>(sql::owner_of_identity, person.subject, person.provider);
    std::optional<UserRow> same_address;
    if (!person.email.empty()) same_address = co_await store::find_user_by_email(tx, person.email);
    co_await tx.commit();
    if (owner) co_return Result<void>();
    if (person.email.empty() && !person.may_lack_email) {
        co_return Error{Code::unprocessable, "email_address_not_provided", "The provider gave no email address"};
    }
    if (same_address) co_return Result<void>();
    if (!parts_.config.is_signup_open) co_return sign_ups_closed();
    if (!parts_.hooks.has(HookPoint::before_user_created)) co_return Result<void>();
    UserView preview;
    preview.user.id = UserId::make();
    preview.user.email = person.email;
    preview.user.app_metadata.text = with_provider("{}", person.provider);
    preview.user.user_metadata.text = boost::json::serialize(person.data);
    preview.user.created_at = preview.user.updated_at = parts_.clock.now();
    co_return co_await parts_.hooks.before_user_created(user_json(preview), std::move(ip));
}

Task<Result<ResolvedAccount>> ProviderAccounts::resolve(db::Tx& tx, ProviderPerson person, std::string redirect_to,
                                                        Device device) {
    const auto owner = co_await tx.maybe_one<UserId>(sql::owner_of_identity, person.subject, person.provider);
    if (owner) co_return co_await known(tx, *owner, std::move(person));
    std::optional<UserRow> same_address;
    if (!person.email.empty()) same_address = co_await store::find_user_by_email(tx, person.email);
    if (!same_address) {
        if (!parts_.config.is_signup_open) co_return sign_ups_closed();
        co_return co_await made(tx, std::move(person), std::move(redirect_to), std::move(device));
    }
    if (same_address->is_banned(parts_.clock.now())) {
        co_return Error{Code::permission_denied, "user_banned", "User is banned"};
    }
    if (!person.is_email_verified) {
        co_return co_await told_owner(tx, std::move(*same_address), std::move(redirect_to));
    }
    co_return co_await merged(tx, std::move(*same_address), std::move(person), std::move(device));
}

Task<Result<ResolvedAccount>> ProviderAccounts::known(db::Tx& tx, UserId owner, ProviderPerson person) {
    const Time now = parts_.clock.now();
    auto user = co_await store::lock_user(tx, owner);
    if (!user || user->deleted_at) co_return Error{Code::permission_denied, "user_not_found", "User not found"};
    if (user->is_banned(now)) co_return Error{Code::permission_denied, "user_banned", "User is banned"};
    const std::string data = boost::json::serialize(person.data);
    co_await tx.execute(sql::update_identity, owner, person.provider, person.subject, data, now);
    ResolvedAccount account{std::move(*user)};
    const bool has_none = account.user.email.empty();
    const bool has_proven =
        has_none || account.user.is_confirmed() || person.is_email_verified || parts_.config.autoconfirm;
    if (!has_proven) {
        co_await parts_.mails.request(tx, account.user, MailKind::confirmation);
        account.needs_verification = true;
    } else if (!has_none && !account.user.email_confirmed_at && person.email == account.user.email) {
        co_await store::settle_owner(tx, owner, std::nullopt);
        co_await tx.execute(sql::confirm_email, owner, now);
    }
    co_return account;
}

Task<ResolvedAccount> ProviderAccounts::merged(db::Tx& tx, UserRow user, ProviderPerson person, Device device) {
    const Time now = parts_.clock.now();
    if (!user.email_confirmed_at) {
        if (!user.phone.empty()) co_await tx.execute(sql::release_phone, user.phone, user.id);
        co_await tx.execute(sql::drop_unproven_parts, user.id, now);
        co_await tx.execute(sql::delete_identities, user.id);
        co_await store::settle_owner(tx, user.id, std::nullopt);
        co_await tx.execute(sql::delete_all_sessions, user.id);
        co_await tx.execute(sql::delete_all_one_time, user.id);
        co_await parts_.revocations.revoke_user(tx, user.id);
        log::warn("unproven_account_taken_over_by_owner", {{"user_id", to_string(user.id)}});
        user = co_await tx.one<UserRow>(sql::find_user, user.id);
        user.app_metadata.text = "{}";
        user.user_metadata.text = "{}";
    }
    auto linked = co_await link_identity(tx, std::move(user), person, now);
    co_await record(tx, provider_entry(action::login, linked->id, person, device));
    co_return ResolvedAccount{std::move(*linked)};
}

Task<ResolvedAccount> ProviderAccounts::told_owner(db::Tx& tx, UserRow owner, std::string redirect_to) {
    const MailKind kind = owner.email_confirmed_at ? MailKind::already_registered : MailKind::confirmation;
    MailFlow flow{std::move(redirect_to), {}};
    co_await parts_.mails.request(tx, owner, kind, std::move(flow));
    ResolvedAccount account{std::move(owner)};
    account.needs_verification = true;
    co_return account;
}

Task<ResolvedAccount> ProviderAccounts::made(db::Tx& tx, ProviderPerson person, std::string redirect_to,
                                             Device device) {
    const Time now = parts_.clock.now();
    const bool has_email = !person.email.empty();
    const bool is_proven = !has_email || person.is_email_verified || parts_.config.autoconfirm;
    NewUser wish{.email = person.email, .user_metadata = boost::json::serialize(person.data), .now = now};
    if (has_email && is_proven) wish.email_confirmed_at = now;
    auto row = co_await store::create_user(tx, wish);
    if (!row) throw Unavailable("the address was taken a moment ago");
    // The address is known through the provider; a way in by password there is not.
    co_await tx.execute(sql::delete_identities, row->id);
    row->app_metadata.text = "{}";
    auto linked = co_await link_identity(tx, std::move(*row), person, now);
    if (!linked) throw Unavailable("the identity was taken a moment ago");
    ResolvedAccount account{std::move(linked.value()), true};
    const UserCreated created{account.user.id, account.user.email, display_name_of(account.user.user_metadata.text)};
    co_await events::append(tx, created);
    co_await record(tx, provider_entry(action::user_signedup, account.user.id, person, device));
    if (!is_proven) {
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
