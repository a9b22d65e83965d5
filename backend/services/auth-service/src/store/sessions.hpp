#pragma once

#include "platform/db/tx.hpp"
#include "platform/json/type_info.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace tt::auth {

/// What a session's tokens say beyond the person.
struct SessionContext {
    std::optional<Uuid> org_id{};
    std::optional<std::string> org_role{};
    std::optional<UserId> act_user{};  // who acts as this person
    std::optional<Uuid> client_id{};   // the OAuth client it was opened for
    std::optional<std::string> scope{};
};
BOOST_DESCRIBE_STRUCT(SessionContext, (), (org_id, org_role, act_user, client_id, scope))

struct SessionRow : SessionContext {
    UserId user_id;
    SessionId id;
    db::Bytea refresh_key;  // sealed
    std::int64_t counter = 0;
    std::string aal;
    json::Raw amr;
    Time authenticated_at{};
    Time created_at{};
    Time refreshed_at{};
    Time not_after{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (SessionContext),
                      (user_id, id, refresh_key, counter, aal, amr, authenticated_at, created_at, refreshed_at,
                       not_after))

/// What the request tells about where it comes from; shown in the list of sessions.
struct Device {
    std::string user_agent;
    std::string ip;
    std::string devices{};  // cookie tt_devices: which accounts this browser has signed in to
};

struct HandoffRow {
    SessionId session_id;
    Time expires_at{};
};
BOOST_DESCRIBE_STRUCT(HandoffRow, (), (session_id, expires_at))

namespace store {

db::Statement insertion_of(const SessionRow& session, const Device& device);
Task<std::optional<SessionRow>> find_session(db::Tx& tx, UserId user_id, SessionId id);

}  // namespace store
}  // namespace tt::auth
