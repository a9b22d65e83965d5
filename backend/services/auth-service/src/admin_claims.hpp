#pragma once

#include "services/auth-service/src/accounts.hpp"

#include <string>
#include <vector>

namespace tt::auth {

/// How the first administrator comes to be: whoever can read the server's console gets a link that works once.
class AdminClaims {
public:
    static constexpr std::chrono::hours lifetime{24};

    AdminClaims(db::Database database, const Clock& clock);

    /// A fresh token; earlier unused ones are void.
    Task<std::string> create();
    Task<bool> was_ever_used();
    /// Makes the caller an administrator; the role is in their tokens from the next refresh on.
    /// Errors: admin_claim_invalid (403) for wrong, used and old alike; user_not_found (401).
    Task<Result<std::vector<std::string>>> use(UserId user_id, std::string token);

private:
    db::Database database_;
    const Clock& clock_;
};

}  // namespace tt::auth
