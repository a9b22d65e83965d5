#pragma once

#include "platform/core/result.hpp"
#include "shared/types/prelude.hpp"

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace tt::auth {

/// What a hook says about an attempt that was checked already.
struct HookDecision {
    bool is_rejected = false;
    std::string message;
    bool should_logout_user = false;  ///< password_verification_attempt: end all sessions of the person
};

/// What a hook answered. Errors: hook_rejected with the status nearest to `error.http_code` when it has an `error`
/// with a message; unexpected_failure (500) for what is no JSON object.
Result<boost::json::object> parse_hook_answer(std::string_view text);

/// `claims` of the answer, with the ones that say who the token is for as they were. Error: unexpected_failure when
/// one that the platform relies on is missing or of another type, or the token would live longer.
Result<boost::json::object> claims_of_hook(const boost::json::object& before, const boost::json::object& answer);

/// Error: unexpected_failure for a decision other than continue and reject.
Result<HookDecision> decision_of_hook(const boost::json::object& answer, std::string default_message);

}  // namespace tt::auth
