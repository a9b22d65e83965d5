#pragma once

#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"

namespace tt::auth {

/// The smallest id that an entry of this moment or later can have (auth.uuid_v7_floor in the database).
platform::Uuid audit_id_floor(platform::Time moment);

}  // namespace tt::auth
