#pragma once

#include "services/auth-service/src/deletion.hpp"
#include "services/auth-service/src/directory.hpp"
#include "services/auth-service/src/impersonation.hpp"
#include "services/auth-service/src/roles.hpp"

namespace tt::auth {

/// What concerns people more than their credentials: what they may do, who may act as them, how they leave, and what
/// other services may know.
class People {
public:
    People(const AccountParts& parts, AccountChanges& changes)
        : roles_(parts.database, parts.revocations, parts.clock),
          impersonation_(parts),
          deletion_(parts, changes),
          directory_(parts.database, parts.revocations) {}

    Roles& roles() { return roles_; }
    Impersonation& impersonation() { return impersonation_; }
    Deletion& deletion() { return deletion_; }
    Directory& directory() { return directory_; }

private:
    Roles roles_;
    Impersonation impersonation_;
    Deletion deletion_;
    Directory directory_;
};

}  // namespace tt::auth
