#pragma once

#include "platform/db/database.hpp"
#include "shared/types/ids.hpp"

#include <optional>
#include <string>

namespace tt::content::store {

struct ContactMessage {
    Uuid id;
    std::string name, email, subject, message;
    std::string status;  ///< new or spam
    std::optional<UserId> user_id;
};

/// Whether the id was new.
Task<bool> save_message(db::Tx& tx, ContactMessage message);

}  // namespace tt::content::store
