#include "services/auth-service/src/accounts.hpp"

#include "platform/events/outbox.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/domain/credentials.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/email.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"

namespace tt::auth {
namespace {

constexpr int sign_up_attempts = 3;

Error invalid_credentials() {
    return Error{Code::invalid_argument, "invalid_credentials", "Invalid login credentials"};
}

// What a stranger sees who signs up with an address that is taken: shaped like an account, but nobody's.
UserView obfuscated(const std::string& email, const std::string& metadata, Time now) {
    UserView view;
    view.user.id = UserId{uuid_v7()};
    view.user.email = email;
    view.user.app_metadata.text = R"({"provider":"email","providers":["email"]})";
    view.user.user_metadata.text = metadata;
    view.user.confirmation_sent_at = now;
    view.user.created_at = now;
    view.user.updated_at = now;
    return view;
}

bool is_recovery(const SessionRow& session) {
    return session.amr.text.find("\"recovery\"") != std::string::npos;
}

Error unknown_user() {
    return Error{Code::permission_denied, "user_not_found", "User from sub claim in JWT does not exist"};
}

}  // namespace

Accounts::Accounts(db::Database database, Sessions& sessions, AuthMails& mails, crypto::PasswordHasher& hasher,
                   const Clock& clock, const AuthConfig& config)
    : database_(std::move(database)),
      sessions_(sessions),
      mails_(mails),
      hasher_(hasher),
      clock_(clock),
      config_(config) {}

Task<Result<SignedUp>> Accounts::sign_up(SignUp wish, Device device) {
    if (!config_.is_signup_open) {
        co_return Error{Code::unprocessable, "signup_disabled", "Signups not allowed for this instance"};
    }
    if (wish.password.empty()) {
        co_return Error{Code::invalid_argument, "validation_failed", "Signup requires a valid password"};
    }
    const auto email = normalized_email(wish.email);
    if (!email) {
        co_return Error{Code::invalid_argument, "validation_failed",
                        "Unable to validate email address: invalid format"};
    }
    const auto password = check_password(wish.password, config_.password_min);
    if (!password) co_return password.error();
    const auto metadata = merged_metadata("{}", wish.data);
    if (!metadata) co_return metadata.error();
    // Hashed before anybody looks whether the address is taken, so that time does not tell.
    const auto hash = co_await hasher_.hash(*password);
    if (!hash) co_return hash.error();

    for (int attempt = 0; attempt < sign_up_attempts; ++attempt) {
        const Time now = clock_.now();
        NewUser user{.email = *email, .password_hash = *hash, .user_metadata = *metadata, .now = now};
        if (config_.autoconfirm) user.email_confirmed_at = now;
        auto created = co_await create(user, device, wish.redirect_to);
        if (created) co_return std::move(*created);
        auto known = co_await sign_up_again(wish, *email);
        // The other sign-up may have rolled back between the two looks.
        if (known || known.error().reason != "user_not_found") co_return known;
    }
    throw Unavailable("sign-ups of one address keep failing");
}

Task<std::optional<SignedUp>> Accounts::create(NewUser user, Device device, std::string redirect_to) {
    db::Tx tx = co_await database_.begin();
    const auto row = co_await store::create_user(tx, user);
    if (!row) co_return std::nullopt;
    const UserCreated created{row->id, row->email, display_name_of(row->user_metadata.text)};
    SignedUp done;
    if (config_.autoconfirm) {
        done.session = co_await sessions_.open(tx, row->id, "password", device);
        done.view = done.session->view;
    } else {
        co_await mails_.request(tx, *row, MailKind::confirmation, redirect_to);
        done.view = co_await store::view_of(tx, *row);
        done.view.user.confirmation_sent_at = user.now;
    }
    co_await events::append(tx, created);
    co_await tx.commit();
    log::info("user_signed_up", {{"user_id", to_string(created.user_id)}});
    co_return done;
}

Task<Result<SignedUp>> Accounts::sign_up_again(SignUp wish, std::string email) {
    if (config_.autoconfirm) co_return Error{Code::unprocessable, "user_already_exists", "User already registered"};
    db::Tx tx = co_await database_.begin();
    auto user = co_await store::find_user_by_email(tx, email);
    if (!user) co_return Error{Code::not_found, "user_not_found", "User not found"};
    const bool is_confirmed = user->email_confirmed_at.has_value();
    const MailKind kind = is_confirmed ? MailKind::already_registered : MailKind::confirmation;
    co_await mails_.request(tx, *user, kind, wish.redirect_to);
    co_await tx.commit();
    // The caller's own data comes back, never what is stored: they have not proven to be this person.
    const auto metadata = merged_metadata("{}", wish.data);
    co_return SignedUp{std::nullopt, obfuscated(email, metadata.value(), clock_.now())};
}

Task<Result<UserRow>> Accounts::check_credentials(std::string email, std::string password) {
    const auto normal = normalized_email(email);
    std::optional<UserRow> user;
    if (normal) {
        db::Tx tx = co_await database_.begin();
        user = co_await store::find_user_by_email(tx, *normal);
        co_await tx.commit();  // no connection is held while the password is hashed
    }
    Result<bool> is_right = false;
    if (user && user->password_hash) {
        is_right = co_await hasher_.verify(password, *user->password_hash);
    } else {
        is_right = co_await hasher_.verify_nobody(password);
    }
    if (!is_right) co_return is_right.error();
    if (!*is_right) {
        log::warn("sign_in_failed", {{"user_id", user ? to_string(user->id) : std::string("unknown")}});
        co_return invalid_credentials();
    }
    co_return std::move(*user);
}

Task<Result<IssuedSession>> Accounts::sign_in(std::string email, std::string password, Device device) {
    password = normal_password(password);
    auto user = co_await check_credentials(std::move(email), password);
    if (!user) co_return user.error();
    if (user->banned_until && *user->banned_until > clock_.now()) {
        co_return Error{Code::invalid_argument, "user_banned", "User is banned"};
    }
    if (!user->email_confirmed_at) {
        co_return Error{Code::invalid_argument, "email_not_confirmed", "Email not confirmed"};
    }
    std::optional<std::string> fresh_hash;
    if (hasher_.needs_rehash(*user->password_hash)) {
        auto hash = co_await hasher_.hash(std::move(password));
        if (hash) fresh_hash = std::move(*hash);  // a full pool only postpones it
    }
    const UserId user_id = user->id;
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    if (fresh_hash) co_await tx.execute(sql::set_password, user_id, *fresh_hash, now);
    auto issued = co_await sessions_.open(tx, user_id, "password", std::move(device));
    co_await tx.commit();
    log::info("user_signed_in", {{"user_id", to_string(user_id)}});
    co_return issued;
}

Task<Result<UserView>> Accounts::find(Caller caller) {
    db::Tx tx = co_await database_.begin();
    const auto session = co_await store::find_session(tx, caller.user_id, caller.session_id);
    auto user = co_await store::find_user(tx, caller.user_id);
    if (!user) co_return unknown_user();
    if (!session) {
        co_return Error{Code::permission_denied, "session_not_found",
                        "Session from session_id claim in JWT does not exist"};
    }
    if (user->banned_until && *user->banned_until > clock_.now()) {
        co_return Error{Code::permission_denied, "user_banned", "User is banned"};
    }
    auto view = co_await store::view_of(tx, std::move(*user));
    co_await tx.commit();
    co_return view;
}

Task<Result<UserView>> Accounts::change(Caller caller, UserChange change) {
    auto view = co_await find(caller);
    if (!view) co_return view;
    if (change.email && normalized_email(*change.email) != view->user.email) {
        co_return Error{Code::unprocessable, "feature_disabled", "Changing the email address is disabled"};
    }
    std::optional<std::string> hash;
    if (change.password) {
        auto password = check_password(*change.password, config_.password_min);
        if (!password) co_return password.error();
        change.password = std::move(*password);
        const auto session = co_await sessions_.find(caller.user_id, caller.session_id);
        const auto allowed = co_await check_password_change(view->user, session.value_or(SessionRow{}), change);
        if (!allowed) co_return allowed.error();
        auto hashed = co_await hasher_.hash(*change.password);
        if (!hashed) co_return hashed.error();
        hash = std::move(*hashed);
    }
    co_return co_await apply(caller, std::move(change), std::move(hash));
}

Task<Result<void>> Accounts::check_password_change(UserRow user, SessionRow session, UserChange change) {
    const bool is_fresh = clock_.now() - session.authenticated_at <= std::chrono::seconds(config_.fresh_sign_in_s);
    const bool may_omit_current = is_fresh || is_recovery(session) || !user.password_hash;
    if (!change.current_password && !may_omit_current) {
        co_return Error{Code::invalid_argument, "current_password_required",
                        "Current password required when setting new password."};
    }
    if (!user.password_hash) co_return Result<void>();
    if (change.current_password) {
        const auto is_right = co_await hasher_.verify(normal_password(*change.current_password), *user.password_hash);
        if (!is_right) co_return is_right.error();
        if (!*is_right) {
            co_return Error{Code::invalid_argument, "current_password_invalid", "Current password is incorrect."};
        }
    }
    const auto is_same = co_await hasher_.verify(*change.password, *user.password_hash);
    if (!is_same) co_return is_same.error();
    if (*is_same) {
        co_return Error{Code::unprocessable, "same_password",
                        "New password should be different from the old password."};
    }
    co_return Result<void>();
}

Task<Result<UserView>> Accounts::apply(Caller caller, UserChange change, std::optional<std::string> password_hash) {
    db::Tx tx = co_await database_.begin();
    const Time now = clock_.now();
    const auto user = co_await store::lock_user(tx, caller.user_id);
    if (!user) co_return unknown_user();
    if (change.data) {
        // Merged under the lock: two tabs may change different members at once.
        const auto metadata = merged_metadata(user->user_metadata.text, *change.data);
        if (!metadata) co_return metadata.error();
        co_await tx.execute(sql::set_user_metadata, caller.user_id, *metadata, now);
    }
    if (password_hash) {
        co_await tx.execute(sql::set_password, caller.user_id, *password_hash, now);
        co_await tx.execute(sql::delete_other_sessions, caller.user_id, caller.session_id);
        co_await tx.execute(sql::delete_all_one_time, caller.user_id);
        log::info("password_changed", {{"user_id", to_string(caller.user_id)}});
    }
    const UserRow fresh = co_await tx.one<UserRow>(sql::find_user, caller.user_id);
    if (change.data) {
        const UserUpdated updated{fresh.id, fresh.email, display_name_of(fresh.user_metadata.text)};
        co_await events::append(tx, updated);
    }
    auto view = co_await store::view_of(tx, fresh);
    co_await tx.commit();
    co_return view;
}

}  // namespace tt::auth
