#pragma once

#include "platform/db/tx.hpp"

#include <boost/describe/class.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace tt::auth {

/// A name in app_metadata.roles and what it allows.
struct Role {
    std::string name;
    std::string description;
    std::vector<std::string> permissions;
    bool is_builtin = false;
    std::int64_t row_version = 0;
};
BOOST_DESCRIBE_STRUCT(Role, (), (name, description, permissions, is_builtin, row_version))

namespace store {

/// What these roles allow together, each permission once, in order. Asks nobody when there are no roles. They cannot
/// change before the transaction ends: whoever changes one revokes what was signed before, this token too.
platform::Task<std::vector<std::string>> permissions_of(platform::db::Tx& tx, std::vector<std::string> roles);

/// Those of the roles that allow everything.
platform::Task<std::vector<std::string>> almighty_among(platform::db::Tx& tx, std::vector<std::string> roles);

}  // namespace store
}  // namespace tt::auth
