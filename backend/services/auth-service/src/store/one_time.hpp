#pragma once

#include "platform/db/tx.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <string>

namespace tt::auth {

struct OneTimeRow {
    UserId user_id;
    std::string kind;  // confirmation, recovery
    db::Bytea link_hash;
    db::Bytea code_hash;
    int attempts = 0;
    Time created_at{};
};
BOOST_DESCRIBE_STRUCT(OneTimeRow, (), (user_id, kind, link_hash, code_hash, attempts, created_at))

}  // namespace tt::auth
