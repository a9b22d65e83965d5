#pragma once

#include "platform/db/tx.hpp"
#include "platform/json/type_info.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace tt::auth {

struct AuditRow {
    Uuid id;
    Time created_at{};
    std::string action;
    std::string outcome;
    std::string actor_kind;
    std::optional<UserId> actor_id;
    std::optional<UserId> subject_id;
    std::string target;
    std::string ip;
    std::string user_agent;
    json::Raw details;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (),
                      (id, created_at, action, outcome, actor_kind, actor_id, subject_id, target, ip, user_agent,
                       details))

struct AuditLinkRow {
    std::int64_t seq = 0;
    Uuid entry_id;
    db::Bytea hash;
};
BOOST_DESCRIBE_STRUCT(AuditLinkRow, (), (seq, entry_id, hash))

struct AuditChainRow {
    db::Bytea key;  // sealed
    std::int64_t start_seq = 0;
    db::Bytea start_hash;
};
BOOST_DESCRIBE_STRUCT(AuditChainRow, (), (key, start_seq, start_hash))

}  // namespace tt::auth
