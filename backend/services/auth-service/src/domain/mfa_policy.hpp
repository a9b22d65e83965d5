#pragma once

#include "platform/core/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// What decides whether a session's token carries roles that need a second factor.
struct MfaPolicyInput {
    std::string app_metadata;  // JSON text
    std::string aal;
    bool has_second_factor = false;
    std::optional<platform::Time> grace_since{};  // first seen with such a role and without a factor
    platform::Time now{};
};

/// Whether the metadata names one of `required_roles`.
bool holds_role_of(const std::string& app_metadata, const std::vector<std::string>& required_roles);

/// The app_metadata for the token, as JSON text: without the roles that need a second factor when this session has not
/// shown one, unless the person has none and is still within the grace. Then `mfa_required` says why: "verify" (a
/// factor waits to be used) or "enroll" (one must be set up), and within the grace `mfa_enroll_by` (Unix seconds).
/// Withholding the role at the source is what makes the policy hold at every gateway and every service. Pure.
std::string metadata_under_policy(const MfaPolicyInput& input, const std::vector<std::string>& required_roles,
                                  std::chrono::seconds grace);

}  // namespace tt::auth
