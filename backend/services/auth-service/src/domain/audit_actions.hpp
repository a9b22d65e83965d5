#pragma once

#include <string_view>

namespace tt::auth {

/// The words of the log. Those GoTrue has too are spelled as there; searches and alerts depend on them.
namespace action {
inline constexpr std::string_view login = "login";
inline constexpr std::string_view logout = "logout";
inline constexpr std::string_view user_signedup = "user_signedup";
inline constexpr std::string_view user_repeated_signup = "user_repeated_signup";
inline constexpr std::string_view user_invited = "user_invited";
inline constexpr std::string_view invite_accepted = "invite_accepted";
inline constexpr std::string_view user_deleted = "user_deleted";
inline constexpr std::string_view user_deletion_requested = "user_deletion_requested";
inline constexpr std::string_view user_restored = "user_restored";
inline constexpr std::string_view user_modified = "user_modified";
inline constexpr std::string_view user_banned = "user_banned";
inline constexpr std::string_view user_unbanned = "user_unbanned";
inline constexpr std::string_view user_recovery_requested = "user_recovery_requested";
inline constexpr std::string_view user_confirmation_requested = "user_confirmation_requested";
inline constexpr std::string_view user_reauthenticate_requested = "user_reauthenticate_requested";
inline constexpr std::string_view user_updated_password = "user_updated_password";
inline constexpr std::string_view user_updated_email = "user_updated_email";
inline constexpr std::string_view link_generated = "link_generated";
inline constexpr std::string_view token_reused = "token_reused";
inline constexpr std::string_view session_revoked = "session_revoked";
inline constexpr std::string_view session_handed_off = "session_handed_off";
inline constexpr std::string_view factor_in_progress = "factor_in_progress";
inline constexpr std::string_view factor_unenrolled = "factor_unenrolled";
inline constexpr std::string_view factor_updated = "factor_updated";
inline constexpr std::string_view factor_deleted = "factor_deleted";
inline constexpr std::string_view challenge_created = "challenge_created";
inline constexpr std::string_view verification_attempted = "verification_attempted";
inline constexpr std::string_view recovery_codes_generated = "recovery_codes_generated";
inline constexpr std::string_view recovery_codes_deleted = "recovery_codes_deleted";
inline constexpr std::string_view passkey_created = "passkey_created";
inline constexpr std::string_view passkey_updated = "passkey_updated";
inline constexpr std::string_view passkey_deleted = "passkey_deleted";
inline constexpr std::string_view identity_linked = "identity_linked";
inline constexpr std::string_view identity_unlinked = "identity_unlinked";
inline constexpr std::string_view role_granted = "role_granted";
inline constexpr std::string_view role_revoked = "role_revoked";
inline constexpr std::string_view role_changed = "role_changed";
inline constexpr std::string_view impersonation_started = "impersonation_started";
inline constexpr std::string_view organization_changed = "organization_changed";
inline constexpr std::string_view api_key_created = "api_key_created";
inline constexpr std::string_view api_key_changed = "api_key_changed";
inline constexpr std::string_view api_key_rotated = "api_key_rotated";
inline constexpr std::string_view api_key_revoked = "api_key_revoked";
inline constexpr std::string_view signing_key_rotated = "signing_key_rotated";
inline constexpr std::string_view oauth_client_changed = "oauth_client_changed";
inline constexpr std::string_view custom_provider_changed = "custom_provider_changed";
inline constexpr std::string_view oauth_consent_granted = "oauth_consent_granted";
inline constexpr std::string_view oauth_consent_revoked = "oauth_consent_revoked";
inline constexpr std::string_view data_exported = "data_exported";
inline constexpr std::string_view audit_exported = "audit_exported";
inline constexpr std::string_view audit_forgotten = "audit_forgotten";
}  // namespace action

}  // namespace tt::auth
