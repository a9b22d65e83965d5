#pragma once

#include <boost/describe/enum.hpp>

namespace tt::user {

/// How pages look for a person; system: as their device does.
enum class Theme { system, light, dark };
BOOST_DESCRIBE_ENUM(Theme, system, light, dark)

}  // namespace tt::user
