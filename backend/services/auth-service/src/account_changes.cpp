#include "services/auth-service/src/account_changes.hpp"

#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/access_claims.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/domain/phone.hpp"
#include "services/auth-service/src/email.hpp"
#include "services/auth-service/src/identity_linking.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

constexpr std::chrono::hours old_session{24};  // as upstream's secure password change

Error change_refused(Code code, std::string reason, std::string message) {
    return Error{code, std::move(reason), std::move(message)};
}

Error not_while_impersonating() {
    return change_refused(Code::permission_denied, "not_while_impersonating", "Only the person can do this");
}

bool is_recovery_session(const SessionRow& session) {
    return has_authentication_method(session.amr.text, "recovery");
}

AuditEntry change_entry(std::string_view what, UserId user, const Device& device) {
    return {.action = what, .actor = user, .ip = device.ip, .user_agent = device.user_agent};
}

/// The address under which guesses of the person's proofs are counted.
const std::string& proven_address(const UserRow& user) {
    return user.email.empty() ? user.phone : user.email;
}

AuditEntry failed_proof(UserId user, const Device& device, std::string_view method) {
    AuditEntry entry = change_entry(action::verification_attempted, user, device);
    entry.outcome = "failure";
    entry.details = {{"method", method}};
    return entry;
}

}  // namespace

AccountChanges::AccountChanges(AccountParts parts) : parts_(std::move(parts)) {}

Result<UserChange> AccountChanges::normalized(UserChange change, const UserRow& user) const {
    if (change.email) {
        change.email = normalized_email(*change.email);
        if (!change.email) {
            return change_refused(Code::invalid_argument, "validation_failed",
                                  "Unable to validate email address: invalid format");
        }
        if (*change.email == user.email) change.email.reset();
    }
    if (change.phone) {
        change.phone = normalized_phone(*change.phone);
        if (!change.phone) {
            return change_refused(Code::invalid_argument, "validation_failed",
                                  "Invalid phone number format (E.164 required)");
        }
        if (*change.phone == user.phone) change.phone.reset();
    }
    if (change.phone && !parts_.config.phone_enabled) {
        return change_refused(Code::invalid_argument, "phone_provider_disabled", "Phone logins are disabled");
    }
    if (user.is_anonymous && change.password && !change.email && !change.phone) {
        return change_refused(Code::unprocessable, "validation_failed",
                              "Updating password of an anonymous user without an email or phone is not allowed");
    }
    return change;
}

Task<Result<UserView>> AccountChanges::change(Caller caller, UserView view, UserChange change, Device device) {
    auto wish = normalized(std::move(change), view.user);
    if (!wish) co_return wish.error();
    std::optional<std::string> hash;
    if (wish->touches_credentials()) {
        const auto session = co_await parts_.sessions.find(caller.user_id, caller.session_id);
        if (!session) {
            co_return change_refused(Code::permission_denied, "session_not_found",
                                     "Session from session_id claim in JWT does not exist");
        }
        if (session->act_user) co_return not_while_impersonating();
        const auto allowed = co_await check_allowed(view, *session, *wish);
        if (!allowed) co_return allowed.error();
        if (wish->password) {
            // Before a proof is used up for a password that is refused.
            auto normal = co_await check_new_password(view.user, *wish->password);
            if (!normal) co_return normal.error();
            wish->password = std::move(*normal);
        }
        const auto proven = co_await check_proof(view.user, *session, *wish, device);
        if (!proven) co_return proven.error();
    }
    if (wish->password) {
        auto hashed = co_await new_hash(view.user, *wish->password);
        if (!hashed) co_return hashed.error();
        hash = std::move(*hashed);
    }
    co_return co_await apply(caller, std::move(*wish), std::move(hash), std::move(device));
}

Task<Result<void>> AccountChanges::check_allowed(const UserView& view, const SessionRow& session,
                                                 const UserChange& change) {
    if (view.has_second_factor() && session.aal != "aal2") {
        co_return change_refused(Code::unauthenticated, "insufficient_aal",
                                 "AAL2 session is required to update email or password when MFA is enabled.");
    }
    co_return co_await check_free(view.user, change);
}

Task<Result<void>> AccountChanges::check_free(const UserRow& user, const UserChange& change) {
    if (!parts_.config.tells_who_exists) co_return Result<void>();
    db::Tx tx = co_await parts_.database.begin();
    if (change.email) {
        const auto owner = co_await tx.maybe_one<UserId>(sql::user_id_by_email, *change.email);
        if (owner && *owner != user.id) {
            co_return change_refused(Code::unprocessable, "email_exists",
                                     "A user with this email address has already been registered");
        }
    }
    if (change.phone) {
        const auto owner = co_await tx.maybe_one<UserId>(sql::user_id_by_phone, *change.phone);
        if (owner && *owner != user.id) {
            co_return change_refused(Code::unprocessable, "phone_exists",
                                     "A user with this phone number has already been registered");
        }
    }
    co_return Result<void>();
}

Task<Result<void>> AccountChanges::check_proof(UserRow user, SessionRow session, UserChange change, Device device) {
    const Time now = parts_.clock.now();
    if (change.nonce) co_return co_await check_nonce(std::move(user), *change.nonce, std::move(device));
    const bool is_old = now - session.created_at > old_session;
    if (change.password && parts_.config.old_session_needs_nonce && is_old) {
        co_return change_refused(Code::invalid_argument, "reauthentication_needed",
                                 "Password update requires reauthentication");
    }
    if (change.current_password && user.password_hash) {
        co_return co_await check_password(std::move(user), *change.current_password, std::move(device));
    }
    const bool is_fresh = now - session.authenticated_at <= std::chrono::seconds(parts_.config.fresh_sign_in_s);
    const bool is_waived = !parts_.config.change_needs_proof || is_fresh || user.is_anonymous;
    if (is_waived) co_return Result<void>();
    if (change.email || change.phone) {
        co_return change_refused(Code::invalid_argument, "reauthentication_needed",
                                 "Changing the address requires reauthentication");
    }
    if (is_recovery_session(session) || !user.password_hash) co_return Result<void>();
    co_return change_refused(Code::invalid_argument, "current_password_required",
                             "Current password required when setting new password.");
}

Task<Result<void>> AccountChanges::prove(UserRow user, SessionRow session, std::optional<std::string> password,
                                         std::optional<std::string> nonce, Device device) {
    // As strict as a change of address: there is no waiver for accounts without a password.
    UserChange like{.email = user.email, .current_password = std::move(password), .nonce = std::move(nonce)};
    return check_proof(std::move(user), std::move(session), std::move(like), std::move(device));
}

Task<Result<void>> AccountChanges::check_password(UserRow user, std::string password, Device device) {
    const auto admitted = co_await parts_.passwords.admit();
    if (!admitted) co_return admitted.error();
    // Counted with the guesses of sign-ins: whoever holds a stolen session must not guess faster than a stranger.
    const std::string& address = proven_address(user);
    const AttemptOrigin origin{device.ip, device.devices};
    const auto allowed = co_await parts_.lockout.attempt(AttemptKind::password, address, origin);
    if (!allowed) co_return allowed.error();
    const auto is_right = co_await parts_.passwords.verify(std::move(password), user.password_hash);
    if (!is_right) co_return is_right.error();
    db::Tx tx = co_await parts_.database.begin();
    if (*is_right) {
        co_await parts_.lockout.succeed(tx, AttemptKind::password, address, origin);
    } else {
        co_await record(tx, failed_proof(user.id, device, "password"));
    }
    co_await tx.commit();
    if (*is_right) co_return Result<void>();
    co_return change_refused(Code::invalid_argument, "current_password_invalid", "Current password is incorrect.");
}

Task<Result<void>> AccountChanges::check_nonce(UserRow user, std::string nonce, Device device) {
    const std::string& address = proven_address(user);
    const AttemptOrigin origin{device.ip, device.devices};
    const auto allowed = co_await parts_.lockout.attempt(AttemptKind::otp, address, origin);
    if (!allowed) co_return allowed.error();
    db::Tx tx = co_await parts_.database.begin();
    const OneTimeProof proof{.address = address, .code = std::move(nonce)};
    const auto taken = co_await parts_.codes.take(tx, user.id, OneTimeKind::reauthentication, proof);
    if (taken) {
        co_await parts_.lockout.succeed(tx, AttemptKind::otp, address, origin);
    } else {
        co_await record(tx, failed_proof(user.id, device, "nonce"));
    }
    co_await tx.commit();
    if (taken) co_return Result<void>();
    co_return change_refused(Code::unprocessable, "reauthentication_not_valid", "Nonce has expired or is invalid");
}

Task<Result<std::string>> AccountChanges::check_new_password(UserRow user, std::string password) {
    PasswordContext context{user.email, display_name_of(user.user_metadata.text)};
    co_return co_await parts_.passwords.check(std::move(password), std::move(context));
}

Task<Result<std::string>> AccountChanges::new_hash(UserRow user, std::string normal_password) {
    if (user.password_hash) {
        const auto is_same = co_await parts_.passwords.verify(normal_password, user.password_hash);
        if (!is_same) co_return is_same.error();
        if (*is_same) {
            co_return change_refused(Code::unprocessable, "same_password",
                                     "New password should be different from the old password.");
        }
    }
    co_return co_await parts_.passwords.hash(std::move(normal_password));
}

Task<Result<UserView>> AccountChanges::apply(Caller caller, UserChange change, std::optional<std::string> hash,
                                             Device device) {
    db::Tx tx = co_await parts_.database.begin();
    const Time now = parts_.clock.now();
    const auto user = co_await store::lock_user(tx, caller.user_id);
    if (!user) {
        co_return change_refused(Code::permission_denied, "user_not_found",
                                 "User from sub claim in JWT does not exist");
    }
    if (change.data) {
        // Merged under the lock: two tabs may change different members at once.
        const auto metadata = merged_metadata(user->user_metadata.text, *change.data);
        if (!metadata) co_return metadata.error();
        co_await tx.execute(sql::set_user_metadata, caller.user_id, *metadata, now);
    }
    if (hash) co_await set_password(tx, caller, *user, std::move(*hash), device);
    if (change.email) co_await begin_email_change(tx, *user, change);
    if (change.phone) {
        const auto begun = co_await begin_phone_change(tx, *user, change);
        if (!begun) co_return begun.error();
    }
    const UserRow fresh = co_await tx.one<UserRow>(sql::find_user, caller.user_id);
    if (change.data || fresh.email != user->email) {
        co_await events::append(tx, UserUpdated{fresh.id, fresh.email, display_name_of(fresh.user_metadata.text)});
    }
    co_await record(tx, change_entry(action::user_modified, fresh.id, device));
    auto view = co_await store::view_of(tx, fresh);
    co_await tx.commit();
    co_return view;
}

Task<void> AccountChanges::set_password(db::Tx& tx, Caller caller, UserRow user, std::string hash, Device device) {
    co_await tx.execute(sql::set_password, user.id, hash, parts_.clock.now());
    co_await parts_.sessions.end_others(tx, user.id, caller.session_id);
    co_await parts_.codes.forget(tx, user.id);
    co_await parts_.lockout.reset(tx, proven_address(user));
    co_await parts_.mails.notify(tx, user, MailKind::password_changed);
    co_await record(tx, change_entry(action::user_updated_password, user.id, device));
    log::info("password_changed", {{"user_id", to_string(user.id)}});
}

Task<void> AccountChanges::forget_email_change(db::Tx& tx, UserId user) {
    // What was mailed for one new address proves nothing about another.
    co_await parts_.codes.forget(tx, user, OneTimeKind::email_change_current);
    co_await parts_.codes.forget(tx, user, OneTimeKind::email_change_new);
}

Task<void> AccountChanges::begin_email_change(db::Tx& tx, UserRow user, UserChange change) {
    const Time now = parts_.clock.now();
    // A guest's first address is like one of a sign-up.
    if (user.is_anonymous && parts_.config.autoconfirm) {
        const bool is_free = co_await store::change_email(tx, user, *change.email, now);
        if (is_free) co_return;
    }
    if (user.new_email != *change.email) co_await forget_email_change(tx, user.id);
    co_await tx.execute(sql::set_new_email, user.id, *change.email, now);
    user.new_email = *change.email;
    auto owner = co_await store::find_user_by_email(tx, *change.email);
    if (owner) {
        // Answered like any other; only the owner hears that it cannot be.
        co_await parts_.mails.request(tx, std::move(*owner), MailKind::already_registered, change.flow);
        co_return;
    }
    co_await parts_.mails.request_email_change(tx, std::move(user), std::move(change.flow));
}

Task<Result<void>> AccountChanges::begin_phone_change(db::Tx& tx, UserRow user, UserChange change) {
    const Time now = parts_.clock.now();
    if (parts_.config.phone_autoconfirm) {
        const bool is_free = co_await store::change_phone(tx, user, *change.phone, now);
        if (is_free) co_return Result<void>();
        co_return change_refused(Code::unprocessable, "phone_exists",
                                 "A user with this phone number has already been registered");
    }
    co_await tx.execute(sql::set_new_phone, user.id, *change.phone, now);
    user.new_phone = *change.phone;
    const auto owner = co_await tx.maybe_one<UserId>(sql::user_id_by_phone, *change.phone);
    if (owner) co_return Result<void>();
    const auto sent = co_await parts_.phones.request(tx, std::move(user), OneTimeKind::phone_change, change.channel);
    if (!sent) co_return sent.error();
    co_return Result<void>();
}

Task<Result<UserView>> AccountChanges::cancel_email_change(Caller caller, Device device) {
    const auto session = co_await parts_.sessions.find(caller.user_id, caller.session_id);
    if (session && session->act_user) co_return not_while_impersonating();
    db::Tx tx = co_await parts_.database.begin();
    co_await tx.execute(sql::set_new_email, caller.user_id, "", parts_.clock.now());
    co_await forget_email_change(tx, caller.user_id);
    co_await record(tx, change_entry(action::user_modified, caller.user_id, device));
    auto user = co_await tx.one<UserRow>(sql::find_user, caller.user_id);
    auto view = co_await store::view_of(tx, std::move(user));
    co_await tx.commit();
    co_return view;
}

Task<Result<void>> AccountChanges::unlink(Caller caller, Uuid identity_id, Device device) {
    const Time now = parts_.clock.now();
    db::Tx tx = co_await parts_.database.begin();
    // Two at once meet at this lock: the second one finds what the first one left.
    auto user = co_await store::lock_user(tx, caller.user_id);
    const auto standing = co_await standing_of(tx, caller, now);
    if (!standing) co_return standing.error();
    const auto allowed = may_link(*standing, parts_.config, now);
    if (!allowed) co_return allowed.error();
    auto identities = co_await tx.many<IdentityRow>(sql::identities_of, caller.user_id);
    if (identities.size() <= 1) {
        co_return change_refused(Code::unprocessable, "single_identity_not_deletable",
                                 "User must have at least 1 identity after unlinking");
    }
    const auto is_meant = [&identity_id](const IdentityRow& row) { return row.id == identity_id; };
    const auto found = std::find_if(identities.begin(), identities.end(), is_meant);
    if (found == identities.end()) {
        co_return change_refused(Code::unprocessable, "identity_not_found", "Identity doesn't exist");
    }
    const IdentityRow identity = *found;
    identities.erase(found);
    const bool is_free = co_await store::remove_identity(tx, *user, identity, std::move(identities), now);
    if (!is_free) {
        co_return change_refused(Code::unprocessable, "email_conflict_identity_not_deletable",
                                 "Unable to unlink identity due to email conflict");
    }
    // To the address of before, which may have gone with the identity.
    co_await parts_.mails.notify(tx, *user, MailKind::identity_removed, user->email);
    AuditEntry entry = change_entry(action::identity_unlinked, caller.user_id, device);
    entry.details = {{"provider", identity.provider}};
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return Result<void>();
}

}  // namespace tt::auth
