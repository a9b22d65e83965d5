#pragma once

#include "services/auth-service/tests/auth_world.hpp"

#include <string>

namespace tt::auth {

/// A key that may do everything, as supabase-js carries it.
std::string service_key();
/// Makes the person an administrator and returns a token that says so.
std::string administrator_token(AuthWorld& world, const std::string& email);
/// The text of a member of a member: value_at(answer.body, "user", "id").
std::string text_at(const boost::json::value& body, std::string_view pointer);

}  // namespace tt::auth
