#pragma once

#include "services/auth-service/src/account_parts.hpp"
#include "services/auth-service/src/domain/provider_person.hpp"

#include <optional>
#include <string>

namespace tt::auth {

/// The account a provider's person signs in to.
struct ResolvedAccount {
    UserRow user;
    bool is_new = false;
    /// The address has to be proven first; a mail is on its way. Commit, and let nobody in.
    bool needs_verification = false;
};

/// Which account belongs to a person that a provider vouches for:
/// - the one the identity is linked to already; nobody gets in before the account's own address is proven;
/// - else, if the provider has verified the address, the account with that address. When that account has never proven
///   it, everything it was opened with is dropped first;
/// - else a new one. An address that the provider has not verified proves nothing: it is never linked (S025), and a new
///   account has to confirm it like any other. Both cases look alike from outside.
class ProviderAccounts {
public:
    explicit ProviderAccounts(AccountParts parts) : parts_(std::move(parts)) {}

    /// Before the transaction: the account that would have to be made, if any, which the before_user_created hook has
    /// agreed to. Errors: signup_disabled (403), email_address_not_provided, those of the hook.
    Task<Result<std::optional<NewUser>>> ask(ProviderPerson person, std::string ip);
    /// With what ask() gave. Errors: user_banned, user_not_found (403).
    Task<Result<ResolvedAccount>> resolve(db::Tx& tx, ProviderPerson person, std::optional<NewUser> candidate,
                                          std::string redirect_to, Device device);
    /// After the commit, for new accounts.
    Task<void> tell(UserView view, std::string ip);

private:
    NewUser candidate_of(const ProviderPerson& person) const;
    Task<Result<ResolvedAccount>> known(db::Tx& tx, UserId owner, ProviderPerson person, Device device);
    Task<Result<ResolvedAccount>> merged(db::Tx& tx, UserRow user, ProviderPerson person, Device device);
    Task<UserRow> taken_over(db::Tx& tx, UserRow user);
    Task<ResolvedAccount> made(db::Tx& tx, ProviderPerson person, NewUser candidate, std::string redirect_to,
                               Device device);
    Task<ResolvedAccount> told_owner(db::Tx& tx, UserRow owner, std::string redirect_to);

    AccountParts parts_;
};

}  // namespace tt::auth
