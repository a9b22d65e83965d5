#pragma once

#include "platform/core/result.hpp"

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace tt::auth {

/// Larger metadata belongs into a table.
inline constexpr std::size_t metadata_limit_bytes = 64 * 1024;
/// What of it travels in every request, inside the token; beyond that the claim is {} (auth.md §3 row 11).
inline constexpr std::size_t metadata_claim_limit_bytes = 2 * 1024;

/// `current` (JSON object text) with the members of `change`; null deletes.
/// Errors: `validation_failed` when the result is too large.
platform::Result<std::string> merged_metadata(const std::string& current, const boost::json::object& change);

/// display_name, or name, or "".
std::string display_name_of(const std::string& user_metadata);
std::vector<std::string> roles_of(const std::string& app_metadata);
/// `app_metadata` with `provider` added to its providers; the first one is also its `provider`.
std::string with_provider(const std::string& app_metadata, const std::string& provider);
/// `app_metadata` with these providers, of which the first is also its `provider`.
std::string with_providers(const std::string& app_metadata, const std::vector<std::string>& providers);
/// `app_metadata` with `role` added to its roles.
std::string with_role(const std::string& app_metadata, const std::string& role);

}  // namespace tt::auth
