#pragma once

#include "services/auth-service/src/admin_users.hpp"

namespace tt::auth {

/// What administrators do: accounts, links, the audit log.
class Administration {
public:
    Administration(db::Database database, Passwords& passwords, Revocations& revocations, const Clock& clock,
                   const AuthConfig& config)
        : users_(std::move(database), passwords, revocations, clock, config) {}

    AdminUsers& users() { return users_; }

private:
    AdminUsers users_;
};

}  // namespace tt::auth
