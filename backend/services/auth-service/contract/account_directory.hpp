#pragma once

#include "platform/http/signing_client.hpp"
#include "shared/types/ids.hpp"
#include "shared/types/personal_data.hpp"
#include "shared/types/prelude.hpp"

#include <boost/describe.hpp>
#include <memory>
#include <optional>
#include <string>

namespace tt::auth {

/// What other services may know of an account.
struct AccountCard {
    UserId user_id;
    std::string email;  ///< "" when it has none
    bool is_email_confirmed = false;
};
BOOST_DESCRIBE_STRUCT(AccountCard, (), (user_id, email, is_email_confirmed))

/// The organisation a session is in, and as what; absent: in none.
struct SessionOrganization {
    std::optional<Uuid> org_id;
    std::string org_role;
};
BOOST_DESCRIBE_STRUCT(SessionOrganization, (), (org_id, org_role))

/// What other services may ask of auth-service, which alone knows accounts and sessions.
class AccountDirectory : public PersonalDataSource {
public:
    /// Error: user_not_found (404).
    virtual Task<Result<AccountCard>> account(UserId user) = 0;
    /// The session's tokens name the organisation from their next refresh on. The caller vouches for the membership.
    /// Error: session_not_found (404).
    virtual Task<Result<void>> enter_organization(UserId user, SessionId session, SessionOrganization where) = 0;
};

/// The names of auth's parts of an export.
std::vector<std::string> account_part_names();

/// Over HTTP, for an auth-service in another process.
std::unique_ptr<AccountDirectory> make_http_account_directory(http::SigningClient client, std::string auth_url);

}  // namespace tt::auth
