#pragma once

#include "services/auth-service/src/admin_actor.hpp"
#include "services/auth-service/src/auth_mails.hpp"
#include "services/auth-service/src/hooks.hpp"
#include "services/auth-service/src/passwords.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace tt::auth {

struct LinkWish {
    std::string type;  // signup, invite, magiclink, recovery, email_change_current, email_change_new
    std::string email;
    std::string new_email{};
    std::string password{};
    boost::json::object data{};
    std::string redirect_to{};  // checked already
};

struct GeneratedLink {
    UserView view;
    MintedLink link;
    std::string verification_type;
};

/// Links that an administrator hands out, and invitations by mail (auth.md §1.10).
class AdminLinks {
public:
    AdminLinks(db::Database database, AuthMails& mails, Hooks& hooks, Passwords& passwords, const Clock& clock);

    /// Errors: validation_failed (400), user_not_found (404), email_exists, weak_password (422), those of the
    /// before_user_created hook.
    Task<Result<GeneratedLink>> generate(AdminActor actor, LinkWish wish);
    /// Errors: validation_failed (400), email_exists (422), those of the hook.
    Task<Result<UserView>> invite(AdminActor actor, std::string email, boost::json::object data,
                                  std::string redirect_to);

private:
    using PasswordHash = std::optional<std::string>;

    Task<Result<PasswordHash>> hash_of(LinkWish wish);
    Task<Result<UserRow>> find_or_make(AdminActor actor, LinkWish& wish, PasswordHash hash, bool& is_new);
    Task<Result<UserRow>> make(AdminActor actor, LinkWish wish, PasswordHash hash);
    Task<Result<void>> prepare(db::Tx& tx, UserRow& user, const LinkWish& wish);
    Task<Result<void>> sign_up_again(db::Tx& tx, UserRow& user, LinkWish wish, PasswordHash hash);
    Task<UserRow> invited(db::Tx& tx, UserRow user);
    Task<void> tell_hook(UserView view, std::string ip);

    db::Database database_;
    AuthMails& mails_;
    Hooks& hooks_;
    Passwords& passwords_;
    const Clock& clock_;
};

}  // namespace tt::auth
