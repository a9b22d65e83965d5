#pragma once

#include "platform/core/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tt::auth {

/// Whether a client may register this address: absolute, without a fragment, https or a scheme of its own; http only on
/// the person's own machine (RFC 8252 §7.3); nothing a browser would run. Error: validation_failed; the message says
/// what is wrong.
platform::Result<void> check_redirect_uri(std::string_view uri);

/// The words of a scope, each once, in their order.
std::vector<std::string> split_scope(std::string_view scope);
std::string join_scope(const std::vector<std::string>& words);
bool has_scope(std::string_view scope, std::string_view word);
/// Error: invalid_scope for a word we do not know.
platform::Result<void> check_scope(std::string_view scope);
/// Whether `granted` has every word of `asked`.
bool covers_scope(const std::vector<std::string>& granted, std::string_view asked);

using QueryMembers = std::vector<std::pair<std::string, std::string>>;
/// name=value&name=value; empty values are left out.
std::string query_text(const QueryMembers& members);
/// `address` with the members added to its query.
std::string with_query(const std::string& address, const QueryMembers& members);

}  // namespace tt::auth
