#pragma once

// Private to this module: what RegistrationResponseJSON and AuthenticationResponseJSON have in common.

#include "platform/core/result.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace platform::webauthn {

Error malformed_response(std::string why);

/// A member of base64url text, decoded; nothing when it is missing, empty or not base64url.
std::optional<std::string> decoded_member(const boost::json::object& object, std::string_view name);

/// The credential's id: `id` and `rawId` agree and `type` is public-key. Error: webauthn_malformed.
Result<std::string> credential_id_of(const boost::json::object& json);
/// The member `response`. Error: webauthn_malformed.
Result<boost::json::object> inner_response(const boost::json::object& json);

}  // namespace platform::webauthn
