#pragma once

#include "platform/core/error.hpp"
#include "platform/core/result.hpp"
#include "platform/core/task.hpp"
#include "platform/core/time.hpp"
#include "platform/core/uuid.hpp"

/// Product code lives in tt and speaks the platform's vocabulary unqualified: Task, Result, db::Tx, http::Request.
namespace platform {}
namespace tt {
using namespace platform;
}
