#include "services/auth-service/src/accounts.hpp"

#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/account_removal.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/standing.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/user_json.hpp"

namespace tt::auth {
namespace {

constexpr int sign_up_attempts = 3;
constexpr int sign_in_attempts = 3;  // a hash is renewed once; the next look settles it

Error invalid_credentials() {
    return Error{Code::invalid_argument, "invalid_credentials", "Invalid login credentials"};
}

Error signup_disabled() {
    return Error{Code::unprocessable, "signup_disabled", "Signups not allowed for this instance"};
}

/// What somebody sees who has signed up and is to confirm it. With an address that is taken it is nobody's, and tells
/// so (no identities, no role) only when answers may tell who exists (S006).
UserView unconfirmed_view(const NewUser& user, bool is_taken, const AuthConfig& config) {
    UserView view = is_taken && config.tells_who_exists ? preview_of(user) : likeness_of(user);
    view.user.confirmation_sent_at = user.now;
    return view;
}

AttemptOrigin origin_of(const Device& device) {
    return {device.ip, device.devices};
}

AuditEntry sign_in_entry(UserId user, const Device& device, std::string_view outcome) {
    return {.action = action::login,
            .actor = user,
            .ip = device.ip,
            .user_agent = device.user_agent,
            .outcome = outcome,
            .details = {{"method", "password"}}};
}

/// The password was right, and still nobody is let in.
AuditEntry refused_sign_in(UserId user, const Device& device, std::string_view why) {
    AuditEntry entry = sign_in_entry(user, device, "failure");
    entry.details["reason"] = why;
    return entry;
}

Result<void> check_open(const UserRow& user, const Identifier& who, Time now) {
    if (user.is_banned(now)) return Error{Code::invalid_argument, "user_banned", "User is banned"};
    if (who.is_email() && !user.email_confirmed_at) {
        return Error{Code::invalid_argument, "email_not_confirmed", "Email not confirmed"};
    }
    if (!who.is_email() && !user.phone_confirmed_at) {
        return Error{Code::invalid_argument, "phone_not_confirmed", "Phone not confirmed"};
    }
    return {};
}

}  // namespace

Accounts::Accounts(AccountParts parts) : parts_(std::move(parts)) {}

Task<Result<NewUser>> Accounts::candidate_of(SignUp wish, Identifier who) {
    auto metadata = merged_metadata("{}", wish.data);
    if (!metadata) co_return metadata.error();
    auto password = co_await parts_.passwords.check(wish.password, {who.email, display_name_of(*metadata)});
    if (!password) co_return password.error();
    // Hashed before anybody looks whether the address is taken, so that time does not tell.
    auto hash = co_await parts_.passwords.hash(std::move(*password));
    if (!hash) co_return hash.error();
    NewUser user{.id = UserId::make(),
                 .email = who.email,
                 .phone = who.phone,
                 .password_hash = std::move(*hash),
                 .user_metadata = std::move(*metadata),
                 .now = parts_.clock.now()};
    if (who.is_email() && parts_.config.autoconfirm) user.email_confirmed_at = user.now;
    if (!who.is_email() && parts_.config.phone_autoconfirm) user.phone_confirmed_at = user.now;
    const bool is_proven = user.email_confirmed_at || user.phone_confirmed_at;
    if (!is_proven) user.sign_up_id = co_await sign_up_id_of(std::move(who), std::move(wish.password));
    co_return user;
}

Task<Uuid> Accounts::sign_up_id_of(Identifier who, std::string password) {
    // The same sign-up twice (a double click) is one; compared at the same cost for everybody.
    const auto known = co_await find_by(who);
    const bool is_open = known && !known->is_confirmed();
    const auto is_same =
        co_await parts_.passwords.verify(std::move(password), is_open ? known->password_hash : std::nullopt);
    if (is_open && is_same && *is_same && known->sign_up_id) co_return *known->sign_up_id;
    co_return uuid_v4();
}

Task<Result<void>> Accounts::ask_hook(NewUser user, Identifier who, std::string ip) {
    if (!parts_.hooks.has(HookPoint::before_user_created)) co_return Result<void>();
    if (!who.text().empty()) {
        const auto known = co_await find_by(who);
        if (known) co_return Result<void>();
    }
    co_return co_await parts_.hooks.before_user_created(user_json(preview_of(user)), std::move(ip));
}

Task<Result<SignedUp>> Accounts::sign_up(SignUp wish, Device device) {
    if (!parts_.config.is_signup_open) co_return signup_disabled();
    if (wish.password.empty()) {
        co_return Error{Code::invalid_argument, "validation_failed", "Signup requires a valid password"};
    }
    const auto who = identifier_of(wish.email, wish.phone, parts_.config);
    if (!who) co_return who.error();
    const auto user = co_await candidate_of(wish, *who);
    if (!user) co_return user.error();
    if (!who->is_email() && !parts_.config.phone_autoconfirm) {
        const auto reached = parts_.phones.check_reach(who->phone);
        if (!reached) co_return reached.error();
    }
    const auto agreed = co_await ask_hook(*user, *who, device.ip);
    if (!agreed) co_return agreed.error();

    for (int attempt = 0; attempt < sign_up_attempts; ++attempt) {
        auto created = co_await create(*user, wish, device);
        if (created) co_return std::move(*created);
        auto known = co_await sign_up_again(wish, *who, *user, device);
        // The other sign-up may have rolled back between the two looks.
        if (known || known.error().reason != "user_not_found") co_return known;
    }
    throw Unavailable("sign-ups of one address keep failing");
}

Task<std::optional<Result<SignedUp>>> Accounts::create(NewUser user, SignUp wish, Device device) {
    db::Tx tx = co_await parts_.database.begin();
    const auto row = co_await store::create_user(tx, user);
    if (!row) co_return std::nullopt;
    const UserCreated created{row->id, row->email, display_name_of(row->user_metadata.text)};
    SignedUp done;
    if (row->is_confirmed()) {
        done.session = co_await parts_.sessions.open(tx, row->id, "password", device);
        const std::string& address = row->email.empty() ? row->phone : row->email;
        done.session->devices = co_await parts_.lockout.remember(tx, address, origin_of(device));
        done.view = done.session->view;
    } else {
        if (user.phone.empty()) {
            co_await parts_.mails.request(tx, *row, MailKind::confirmation, wish.flow);
        } else {
            const auto sent = co_await parts_.phones.request(tx, *row, OneTimeKind::phone_confirmation, wish.channel);
            if (!sent) co_return Result<SignedUp>(sent.error());
        }
        done.view = unconfirmed_view(user, false, parts_.config);
    }
    co_await events::append(tx, created);
    co_await record(tx, {.action = action::user_signedup,
                         .actor = row->id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .details = {{"provider", user.phone.empty() ? "email" : "phone"}}});
    co_await tx.commit();
    log::info("user_signed_up", {{"user_id", to_string(created.user_id)}});
    co_await parts_.hooks.after_user_created(user_json(done.view), device.ip);
    if (done.session) {
        auto finished = co_await parts_.sessions.finish(std::move(*done.session));
        if (!finished) co_return Result<SignedUp>(finished.error());
        done.session = std::move(*finished);
    }
    co_return Result<SignedUp>(std::move(done));
}

Task<Result<SignedUp>> Accounts::sign_up_again(SignUp wish, Identifier who, NewUser claimed, Device device) {
    const bool signs_in_at_once = who.is_email() ? parts_.config.autoconfirm : parts_.config.phone_autoconfirm;
    if (signs_in_at_once) co_return Error{Code::unprocessable, "user_already_exists", "User already registered"};
    db::Tx tx = co_await parts_.database.begin();
    // Locked: an account that is confirmed this moment keeps its password.
    auto user = co_await lock_user_by(tx, who);
    if (!user) co_return Error{Code::not_found, "user_not_found", "User not found"};
    co_await record(tx, {.action = action::user_repeated_signup,
                         .subject = user->id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .actor_kind = "anonymous"});
    if (!user->is_confirmed()) {
        co_await store::begin_sign_up_again(tx, *user, claimed);
        user->sign_up_id = claimed.sign_up_id;
    }
    if (who.is_email()) {
        const bool is_confirmed = user->email_confirmed_at.has_value();
        const MailKind kind = is_confirmed ? MailKind::already_registered : MailKind::confirmation;
        co_await parts_.mails.request(tx, *user, kind, wish.flow);
    } else if (!user->phone_confirmed_at) {
        const auto sent = co_await parts_.phones.request(tx, *user, OneTimeKind::phone_confirmation, wish.channel);
        if (!sent) co_return sent.error();
    }
    co_await tx.commit();
    // The caller's own data comes back, never what is stored: they have not proven to be this person.
    co_return SignedUp{std::nullopt, unconfirmed_view(claimed, true, parts_.config)};
}

Task<Result<IssuedSession>> Accounts::sign_up_anonymously(boost::json::object data, Device device) {
    if (!parts_.config.is_signup_open) co_return signup_disabled();
    if (!parts_.config.anonymous_enabled) {
        co_return Error{Code::unprocessable, "anonymous_provider_disabled", "Anonymous sign-ins are disabled"};
    }
    const auto allowed = parts_.limits.take(Limit::anonymous_sign_up, device.ip);
    if (!allowed) co_return allowed.error();
    const auto metadata = merged_metadata("{}", data);
    if (!metadata) co_return metadata.error();
    const NewUser user{
        .id = UserId::make(), .user_metadata = *metadata, .is_anonymous = true, .now = parts_.clock.now()};
    const auto agreed = co_await ask_hook(user, {}, device.ip);
    if (!agreed) co_return agreed.error();

    db::Tx tx = co_await parts_.database.begin();
    const auto row = co_await store::create_user(tx, user);
    auto issued = co_await parts_.sessions.open(tx, row->id, "anonymous", device);
    co_await events::append(tx, UserCreated{row->id, "", display_name_of(*metadata)});
    co_await record(tx, {.action = action::user_signedup,
                         .actor = row->id,
                         .ip = device.ip,
                         .user_agent = device.user_agent,
                         .details = {{"provider", "anonymous"}}});
    co_await tx.commit();
    co_await parts_.hooks.after_user_created(user_json(issued.view), device.ip);
    co_return co_await parts_.sessions.finish(std::move(issued));
}

Task<std::optional<UserRow>> Accounts::find_by(Identifier who) {
    db::Tx tx = co_await parts_.database.begin();
    auto user = co_await find_user_by(tx, who);
    co_await tx.commit();  // no connection is held while a password is hashed or a hook is asked
    co_return user;
}

Task<Result<UserRow>> Accounts::check_credentials(Identifier who, std::string password, Device device) {
    const auto admitted = co_await parts_.passwords.admit();
    if (!admitted) co_return admitted.error();
    // Counted before anybody looks, for unknown accounts, too (S009, S010).
    const auto allowed = co_await parts_.lockout.attempt(AttemptKind::password, who.text(), origin_of(device));
    if (!allowed) co_return allowed.error();
    auto user = co_await find_by(who);
    const auto stored = user ? user->password_hash : std::nullopt;
    const auto is_right = co_await parts_.passwords.verify(std::move(password), stored);
    if (!is_right) co_return is_right.error();
    const auto judged = co_await judge_attempt(user, *is_right, device);
    if (!judged) co_return judged.error();
    co_return std::move(*user);
}

Task<Result<void>> Accounts::judge_attempt(const std::optional<UserRow>& user, bool is_right, Device device) {
    if (user && parts_.hooks.has(HookPoint::password_verification_attempt)) {
        const auto decision = co_await parts_.hooks.password_verification_attempt(user->id, is_right, device.ip);
        if (!decision) co_return decision.error();
        if (decision->is_rejected) {
            if (decision->should_logout_user) co_await parts_.sessions.end_all(user->id);
            co_await record(parts_.database, refused_sign_in(user->id, device, "rejected_by_hook"));
            co_return Error{Code::invalid_argument, "invalid_credentials", decision->message};
        }
    }
    if (is_right) co_return Result<void>();
    log::warn("sign_in_failed", {{"user_id", user ? to_string(user->id) : std::string("unknown")}});
    AuditEntry entry = sign_in_entry(user ? user->id : UserId{}, device, "failure");
    if (!user) entry.actor.reset();
    co_await record(parts_.database, std::move(entry));
    co_return invalid_credentials();
}

Task<Result<IssuedSession>> Accounts::sign_in(PasswordSignIn wish, Device device) {
    auto who = identifier_of(wish.email, wish.phone, parts_.config);
    if (!who) {
        // A malformed address is answered like an unknown one, at the same cost.
        if (who.error().reason != "validation_failed") co_return who.error();
        const auto hashed = co_await parts_.passwords.verify(wish.password, std::nullopt);
        co_return hashed ? invalid_credentials() : hashed.error();
    }
    auto user = co_await check_credentials(*who, wish.password, device);
    if (!user) co_return user.error();
    const auto open = check_open(*user, *who, parts_.clock.now());
    if (!open) {
        co_await record(parts_.database, refused_sign_in(user->id, device, open.error().reason));
        co_return open.error();
    }
    const PasswordContext context{user->email, display_name_of(user->user_metadata.text)};
    auto reasons = co_await parts_.passwords.reasons_against(wish.password, context);
    auto issued = co_await open_session(std::move(*user), *who, std::move(wish.password), std::move(device));
    if (!issued) co_return issued.error();
    issued->weak_password_reasons = std::move(reasons);
    co_return co_await parts_.sessions.finish(std::move(*issued));
}

Task<Result<IssuedSession>> Accounts::open_session(UserRow user, Identifier who, std::string password, Device device) {
    std::optional<std::string> fresh_hash;
    const std::string normal = parts_.passwords.normal(password);
    if (!normal.empty() && parts_.passwords.needs_rehash(*user.password_hash)) {
        auto hash = co_await parts_.passwords.hash(normal);
        if (hash) fresh_hash = std::move(*hash);  // a full pool only postpones it
    }
    for (int attempt = 0; attempt < sign_in_attempts; ++attempt) {
        std::optional<std::string> other_hash;
        auto issued = co_await let_in(user, who, fresh_hash, device, other_hash);
        if (issued || !other_hash) co_return issued;
        // Another sign-in has renewed the hash, or the password is another one now.
        const auto is_right = co_await parts_.passwords.verify(password, other_hash);
        if (!is_right) co_return is_right.error();
        if (!*is_right) break;
        user.password_hash = std::move(other_hash);
        fresh_hash.reset();
    }
    co_await record(parts_.database, refused_sign_in(user.id, device, "password_changed"));
    co_return invalid_credentials();
}

Task<Result<IssuedSession>> Accounts::let_in(const UserRow& proven, Identifier who,
                                             std::optional<std::string> fresh_hash, Device device,
                                             std::optional<std::string>& other_hash) {
    const Time now = parts_.clock.now();
    db::Tx tx = co_await parts_.database.begin();
    // Looking at a password takes its time: whoever was banned, removed or given another one meanwhile stays out.
    const auto user = co_await store::lock_user(tx, proven.id);
    if (!user || user->deleted_at || !user->password_hash) co_return invalid_credentials();
    if (user->password_hash != proven.password_hash) {
        other_hash = user->password_hash;
        co_return invalid_credentials();
    }
    const auto open = check_open(*user, who, now);
    if (!open) co_return open.error();
    if (fresh_hash) co_await tx.execute(sql::set_password, user->id, *fresh_hash, now);
    auto cookie = co_await parts_.lockout.welcome(tx, AttemptKind::password, who.text(), origin_of(device));
    const bool is_known_browser = cookie == device.devices;
    if (!is_known_browser) co_await parts_.mails.notify_of_sign_in(tx, *user, device);
    auto issued = co_await parts_.sessions.open(tx, user->id, "password", device);
    co_await record(tx, sign_in_entry(user->id, device, "success"));
    co_await tx.commit();
    log::info("user_signed_in", {{"user_id", to_string(user->id)}});
    issued.devices = std::move(cookie);
    co_return issued;
}

Task<Result<UserView>> Accounts::find(Caller caller) {
    db::Tx tx = co_await parts_.database.begin();
    co_return co_await standing_view_of(tx, caller, parts_.clock.now());
}

Task<void> Accounts::clean_up() {
    co_await parts_.codes.clean_up(parts_.database);
    if (parts_.config.anonymous_days == 0) co_return;
    const Time oldest = parts_.clock.now() - std::chrono::days(parts_.config.anonymous_days);
    for (;;) {
        const auto guests = co_await parts_.database.many<UserId>(sql::old_anonymous_users, oldest, clean_up_batch);
        int gone = 0;
        for (const UserId id : guests) {
            const bool is_gone = co_await remove_guest(id);
            if (is_gone) ++gone;
        }
        // Without one that is gone the next look would find the same ones.
        if (guests.size() < clean_up_batch || gone == 0) co_return;
    }
}

Task<bool> Accounts::remove_guest(UserId id) {
    db::Tx tx = co_await parts_.database.begin();
    auto user = co_await store::lock_user(tx, id);
    if (!user || !user->is_anonymous) co_return false;  // upgraded meanwhile
    co_await remove_account(tx, parts_.revocations, std::move(*user));
    AuditEntry entry{.action = action::user_deleted, .subject = id};
    entry.actor_kind = "system";
    co_await record(tx, std::move(entry));
    co_await tx.commit();
    co_return true;
}

}  // namespace tt::auth
