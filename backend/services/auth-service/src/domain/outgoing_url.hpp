#pragma once

#include "platform/core/allowed_peers.hpp"

#include <string_view>

namespace tt::auth {

/// Whether this is an address that we may call: https to a public name or address, no user information. Loopback, also
/// over http, only where `peers` allow it (development and tests). This refuses early and in clear words what is wrong
/// on its face; what a name leads to is judged by the client that connects, with the same rules.
bool may_call(std::string_view url, const platform::AllowedPeers& peers);

}  // namespace tt::auth
