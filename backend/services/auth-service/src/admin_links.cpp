#include "services/auth-service/src/admin_links.hpp"

#include "platform/events/outbox.hpp"
#include "services/auth-service/contract/events.hpp"
#include "services/auth-service/src/audit.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/email.hpp"
#include "services/auth-service/src/role_rules.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/admin_sql.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"
#include "services/auth-service/src/user_json.hpp"

#include <array>

namespace tt::auth {
namespace {

struct LinkType {
    std::string_view name;
    MailKind kind;
};

constexpr std::array<LinkType, 6> link_types{{{"signup", MailKind::confirmation},
                                              {"invite", MailKind::invite},
                                              {"magiclink", MailKind::magiclink},
                                              {"recovery", MailKind::recovery},
                                              {"email_change_current", MailKind::email_change_current},
                                              {"email_change_new", MailKind::email_change_new}}};

Error bad_link(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

Error email_taken() {
    return Error{Code::unprocessable, "email_exists", "A user with this email address has already been registered"};
}

std::optional<MailKind> kind_of_link(std::string_view type) {
    for (const LinkType& one : link_types) {
        if (one.name == type) return one.kind;
    }
    return std::nullopt;
}

bool is_email_change(const LinkWish& wish) {
    return wish.type == "email_change_current" || wish.type == "email_change_new";
}

}  // namespace

AdminLinks::AdminLinks(db::Database database, AuthMails& mails, Hooks& hooks, Passwords& passwords, const Clock& clock)
    : database_(std::move(database)), mails_(mails), hooks_(hooks), passwords_(passwords), clock_(clock) {}

Task<Result<AdminLinks::PasswordHash>> AdminLinks::hash_of(LinkWish wish) {
    if (wish.type != "signup" || wish.password.empty()) co_return PasswordHash();
    PasswordContext context{wish.email, {}};
    const auto normal = co_await passwords_.check(wish.password, std::move(context));
    if (!normal) co_return normal.error();
    auto hash = co_await passwords_.hash(*normal);
    if (!hash) co_return hash.error();
    co_return PasswordHash(std::move(*hash));
}

Task<Result<UserRow>> AdminLinks::make(AdminActor actor, LinkWish wish, PasswordHash hash) {
    const auto metadata = merged_metadata("{}", wish.data);
    if (!metadata) co_return metadata.error();
    const NewUser user{.id = UserId::make(),
                       .email = wish.email,
                       .password_hash = std::move(hash),
                       .user_metadata = *metadata,
                       .now = clock_.now()};
    const auto allowed = co_await hooks_.before_user_created(user_json(preview_of(user)), actor.device.ip);
    if (!allowed) co_return allowed.error();
    db::Tx tx = co_await database_.begin();
    const auto row = co_await store::create_user(tx, user);
    if (!row) co_return email_taken();  // made meanwhile by somebody else
    const UserCreated created{row->id, row->email, display_name_of(row->user_metadata.text)};
    co_await events::append(tx, created);
    co_await record(tx, by(actor, action::user_signedup, row->id));
    co_await tx.commit();
    co_return *row;
}

Task<Result<UserRow>> AdminLinks::find_or_make(AdminActor actor, LinkWish& wish, PasswordHash hash, bool& is_new) {
    db::Tx tx = co_await database_.begin();
    auto user = co_await store::find_user_by_email(tx, wish.email);
    co_await tx.commit();
    is_new = !user;
    if (user) co_return std::move(*user);
    if (wish.type == "recovery" || is_email_change(wish)) {
        co_return Error{Code::not_found, "user_not_found", "User with this email not found"};
    }
    if (wish.type == "magiclink") {
        wish.type = "signup";
    } else if (wish.type == "signup" && !hash) {
        co_return bad_link("Signup requires a valid password");
    }
    co_return co_await make(actor, wish, std::move(hash));
}

Task<UserRow> AdminLinks::invited(db::Tx& tx, UserRow user) {
    const Time now = clock_.now();
    user.invited_at = now;
    co_await tx.execute(sql::set_invited, user.id, now);
    co_return user;
}

Task<Result<void>> AdminLinks::sign_up_again(db::Tx& tx, UserRow& user, LinkWish wish, PasswordHash hash) {
    // What somebody else chose who signed up with this address must not be confirmed by the administrator's link.
    const bool is_strangers = user.sign_up_id.has_value();
    const auto metadata = merged_metadata(is_strangers ? "{}" : user.user_metadata.text, wish.data);
    if (!metadata) co_return metadata.error();
    if (!hash && !is_strangers) hash = user.password_hash;
    const NewUser claimed{
        .password_hash = std::move(hash), .user_metadata = *metadata, .sign_up_id = uuid_v4(), .now = clock_.now()};
    co_await store::begin_sign_up_again(tx, user, claimed);
    user.sign_up_id = claimed.sign_up_id;
    co_return Result<void>();
}

Task<Result<void>> AdminLinks::prepare(db::Tx& tx, UserRow& user, const LinkWish& wish) {
    const bool is_for_new = wish.type == "signup" || wish.type == "invite";
    if (is_for_new && user.email_confirmed_at) co_return email_taken();
    if (wish.type == "invite") user = co_await invited(tx, std::move(user));
    if (!is_email_change(wish)) co_return Result<void>();
    const auto owner = co_await store::find_user_by_email(tx, wish.new_email);
    if (owner) co_return email_taken();
    if (user.new_email != wish.new_email) {
        // What was mailed for another new address proves nothing about this one.
        co_await tx.execute(sql::delete_one_time, user.id, "email_change_current");
        co_await tx.execute(sql::delete_one_time, user.id, "email_change_new");
        co_await tx.execute(sql::admin_set_new_email, user.id, wish.new_email, clock_.now());
        user.new_email = wish.new_email;
    }
    co_return Result<void>();
}

Task<Result<GeneratedLink>> AdminLinks::generate(AdminActor actor, LinkWish wish) {
    const auto email = normalized_email(wish.email);
    if (!email) co_return bad_link("Unable to validate email address: invalid format");
    wish.email = *email;
    if (!kind_of_link(wish.type)) co_return bad_link("Invalid email action link type requested: " + wish.type);
    if (is_email_change(wish)) {
        const auto new_email = normalized_email(wish.new_email);
        if (!new_email) co_return bad_link("Unable to validate email address: invalid format");
        wish.new_email = *new_email;
    }
    auto hash = co_await hash_of(wish);
    if (!hash) co_return hash.error();
    bool is_new = false;
    const auto known = co_await find_or_make(actor, wish, *hash, is_new);
    if (!known) co_return known.error();

    db::Tx tx = co_await database_.begin();
    auto user = co_await store::lock_user(tx, known->id);
    if (!user) co_return Error{Code::not_found, "user_not_found", "User with this email not found"};
    const auto allowed = co_await check_rank(tx, actor, user->app_metadata.text);
    if (!allowed) co_return allowed.error();
    auto prepared = co_await prepare(tx, *user, wish);
    if (prepared && wish.type == "signup" && !is_new) {
        prepared = co_await sign_up_again(tx, *user, wish, std::move(*hash));
    }
    if (!prepared) co_return prepared.error();
    const MailKind kind = *kind_of_link(wish.type);
    MailFlow flow{wish.redirect_to, {}};
    const std::string address = wish.type == "email_change_new" ? wish.new_email : user->email;
    GeneratedLink made;
    made.verification_type = wish.type;
    made.link = co_await mails_.mint(tx, *user, kind, address, std::move(flow));
    AuditEntry entry = by(actor, wish.type == "invite" ? action::user_invited : action::link_generated, user->id);
    entry.details["type"] = wish.type;
    co_await record(tx, std::move(entry));
    UserRow fresh = co_await tx.one<UserRow>(sql::find_user, user->id);
    made.view = co_await store::view_of(tx, std::move(fresh));
    co_await tx.commit();
    if (is_new) co_await tell_hook(made.view, actor.device.ip);
    co_return made;
}

Task<void> AdminLinks::tell_hook(UserView view, std::string ip) {
    if (!hooks_.has(HookPoint::after_user_created)) co_return;
    co_await hooks_.after_user_created(user_json(view), std::move(ip));
}

Task<Result<UserView>> AdminLinks::invite(AdminActor actor, std::string address, boost::json::object data,
                                          std::string redirect_to) {
    const auto email = normalized_email(address);
    if (!email) co_return bad_link("Unable to validate email address: invalid format");
    LinkWish wish{.type = "invite", .email = *email, .data = std::move(data), .redirect_to = std::move(redirect_to)};
    bool is_new = false;
    const auto known = co_await find_or_make(actor, wish, std::nullopt, is_new);
    if (!known) co_return known.error();

    db::Tx tx = co_await database_.begin();
    auto user = co_await store::lock_user(tx, known->id);
    if (!user || user->email_confirmed_at) co_return email_taken();
    UserRow row = co_await invited(tx, std::move(*user));
    MailFlow flow{wish.redirect_to, {}};
    co_await mails_.request(tx, row, MailKind::invite, std::move(flow));
    co_await record(tx, by(actor, action::user_invited, row.id));
    UserRow fresh = co_await tx.one<UserRow>(sql::find_user, row.id);
    auto view = co_await store::view_of(tx, std::move(fresh));
    co_await tx.commit();
    if (is_new) co_await tell_hook(view, actor.device.ip);
    co_return view;
}

}  // namespace tt::auth
