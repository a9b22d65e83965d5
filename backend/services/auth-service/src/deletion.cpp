#include "services/auth-service/src/deletion.hpp"

#include "platform/log/log.hpp"
#include "services/auth-service/src/account_removal.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/role_rules.hpp"
#include "services/auth-service/src/session_ends.hpp"
#include "services/auth-service/src/standing.hpp"
#include "services/auth-service/src/store/deletion_sql.hpp"

namespace tt::auth {
namespace {

constexpr std::string_view deletion_member = "deletion_at";

AuditEntry deletion_entry(std::string_view what, UserId user, const Device& device) {
    return {.action = what, .actor = user, .ip = device.ip, .user_agent = device.user_agent};
}

}  // namespace

Deletion::Deletion(AccountParts parts, AccountChanges& changes) : parts_(std::move(parts)), changes_(changes) {}

Task<Result<Time>> Deletion::request(Caller caller, Proofs proofs, Device device) {
    db::Tx looking = co_await parts_.database.begin();
    const auto standing = co_await standing_of(looking, caller, parts_.clock.now());
    co_await looking.commit();  // no connection is held while the password is hashed
    if (!standing) co_return standing.error();
    if (standing->has_second_factor && !standing->is_aal2()) {
        co_return Error{Code::permission_denied, "insufficient_aal", "AAL2 session is required to delete the account"};
    }
    const auto proven =
        co_await changes_.prove(standing->user, standing->session, proofs.password, proofs.nonce, device);
    if (!proven) co_return proven.error();

    const Time now = parts_.clock.now();
    db::Tx tx = co_await parts_.database.begin();
    auto user = co_await store::lock_user(tx, caller.user_id);
    if (!user) co_return Error{Code::permission_denied, "user_not_found", "User from sub claim in JWT does not exist"};
    const RoleStep leaving{roles_of(user->app_metadata.text), {}};
    const auto allowed = co_await check_administrators(tx, user->id, leaving, now);
    if (!allowed) co_return allowed.error();
    const Time due = now + grace;
    const auto metadata = merged_metadata(user->app_metadata.text, {{deletion_member, to_rfc3339(due)}});
    if (!metadata) co_return metadata.error();
    const auto requested = co_await tx.execute(sql::request_deletion, user->id, due, *metadata, now);
    const auto day = co_await tx.one<Time>(sql::deletion_due_of, user->id);
    if (requested == 1) {
        co_await end_sessions(tx, parts_.revocations, user->id, SessionId{}, now);
        co_await parts_.revocations.revoke_user(tx, user->id);
        co_await record(tx, deletion_entry(action::user_deletion_requested, user->id, device));
        co_await parts_.mails.notify(tx, std::move(*user), MailKind::deletion_requested);
    }
    co_await tx.commit();
    log::info("deletion_requested", {{"user_id", to_string(caller.user_id)}});
    co_return day;
}

Task<Result<UserView>> Deletion::restore(Caller caller, Device device) {
    const Time now = parts_.clock.now();
    db::Tx tx = co_await parts_.database.begin();
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    auto user = co_await store::lock_user(tx, caller.user_id);
    if (!user) co_return Error{Code::permission_denied, "user_not_found", "User from sub claim in JWT does not exist"};
    const auto metadata = merged_metadata(user->app_metadata.text, {{deletion_member, nullptr}});
    if (!metadata) co_return metadata.error();
    const auto cancelled = co_await tx.execute(sql::cancel_deletion, user->id, *metadata, now);
    if (cancelled == 1) {
        user->app_metadata.text = *metadata;
        co_await record(tx, deletion_entry(action::user_restored, user->id, device));
        co_await parts_.mails.notify(tx, *user, MailKind::deletion_cancelled);
        log::info("account_restored", {{"user_id", to_string(user->id)}});
    }
    auto view = co_await store::view_of(tx, std::move(*user));
    co_await tx.commit();
    co_return view;
}

Task<bool> Deletion::erase(UserId user_id) {
    const Time now = parts_.clock.now();
    db::Tx tx = co_await parts_.database.begin();
    // Whoever restores the account at this moment holds the row; then it is not due any more.
    const auto due = co_await tx.maybe_one<UserId>(sql::lock_if_due, user_id, now);
    auto user = co_await store::find_user(tx, user_id);
    if (!due || !user) co_return false;
    co_await remove_account(tx, parts_.revocations, std::move(*user));
    AuditEntry entry{.action = action::user_deleted, .subject = user_id};
    entry.actor_kind = "system";
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    log::info("account_erased", {{"user_id", to_string(user_id)}});
    co_return true;
}

Task<int> Deletion::erase_due() {
    const Time now = parts_.clock.now();
    int erased = 0;
    for (;;) {
        const auto due = co_await parts_.database.many<UserId>(sql::accounts_due, now, clean_up_batch);
        int gone = 0;
        for (const UserId user : due) {
            const bool is_gone = co_await erase(user);
            if (is_gone) ++gone;
        }
        erased += gone;
        // Without one that is gone the next look would find the same ones.
        if (due.size() < clean_up_batch || gone == 0) co_return erased;
    }
}

}  // namespace tt::auth
