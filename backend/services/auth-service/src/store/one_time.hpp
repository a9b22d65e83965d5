#pragma once

#include "platform/db/tx.hpp"
#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <optional>
#include <string>

namespace tt::auth {

/// What a mailed or messaged secret proves; one of a kind per person, so a newer one voids the older.
enum class OneTimeKind {
    confirmation,
    recovery,
    magiclink,
    invite,
    email_change_current,
    email_change_new,
    reauthentication,
    phone_confirmation,
    phone_change,
};
BOOST_DESCRIBE_ENUM(OneTimeKind, confirmation, recovery, magiclink, invite, email_change_current, email_change_new,
                    reauthentication, phone_confirmation, phone_change)

struct OneTimeRow {
    UserId user_id;
    OneTimeKind kind = OneTimeKind::confirmation;
    db::Bytea link_hash;
    db::Bytea code_hash;
    int attempts = 0;
    std::string address;  // where it was sent; "" for rows older than the column
    std::optional<std::string> code_challenge;
    std::optional<std::string> challenge_method;
    std::optional<Uuid> sign_up_id;  // that asked for it
    std::optional<Time> used_at;
    std::optional<db::Bytea> browser_hash;
    Time created_at{};
};
BOOST_DESCRIBE_STRUCT(OneTimeRow, (),
                      (user_id, kind, link_hash, code_hash, attempts, address, code_challenge, challenge_method,
                       sign_up_id, used_at, browser_hash, created_at))

}  // namespace tt::auth
