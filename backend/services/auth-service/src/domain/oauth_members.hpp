#pragma once

#include <string_view>

namespace tt::auth {

/// Whether a member of the request to a provider is ours to set (GoTrue's list, and what could replace the others:
/// RFC 9101's request objects, another way back). Upper and lower case alike.
bool is_reserved_oauth_member(std::string_view name);

}  // namespace tt::auth
