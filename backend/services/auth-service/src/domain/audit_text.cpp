#include "services/auth-service/src/domain/audit_text.hpp"

#include "platform/core/text.hpp"
#include "services/auth-service/src/domain/audit_actions.hpp"

#include <array>
#include <utility>

namespace tt::auth {
namespace {

using Kind = std::pair<std::string_view, std::string_view>;

// As GoTrue sorts its own; ours by what they are nearest to.
constexpr std::array audit_kinds{
    Kind{action::login, "account"},
    Kind{action::logout, "account"},
    Kind{action::invite_accepted, "account"},
    Kind{action::session_revoked, "account"},
    Kind{action::session_handed_off, "account"},
    Kind{action::impersonation_started, "account"},
    Kind{action::user_signedup, "team"},
    Kind{action::user_invited, "team"},
    Kind{action::user_deleted, "team"},
    Kind{action::user_restored, "team"},
    Kind{action::user_deletion_requested, "team"},
    Kind{action::role_changed, "team"},
    Kind{action::api_key_changed, "team"},
    Kind{action::role_granted, "team"},
    Kind{action::role_revoked, "team"},
    Kind{action::organization_changed, "team"},
    Kind{action::api_key_created, "team"},
    Kind{action::api_key_rotated, "team"},
    Kind{action::api_key_revoked, "team"},
    Kind{action::signing_key_rotated, "team"},
    Kind{action::oauth_client_changed, "team"},
    Kind{action::audit_exported, "team"},
    Kind{action::audit_forgotten, "team"},
    Kind{action::token_reused, "token"},
    Kind{action::user_modified, "user"},
    Kind{action::user_banned, "user"},
    Kind{action::user_unbanned, "user"},
    Kind{action::user_recovery_requested, "user"},
    Kind{action::user_confirmation_requested, "user"},
    Kind{action::user_reauthenticate_requested, "user"},
    Kind{action::user_repeated_signup, "user"},
    Kind{action::user_updated_password, "user"},
    Kind{action::user_updated_email, "user"},
    Kind{action::link_generated, "user"},
    Kind{action::identity_linked, "user"},
    Kind{action::identity_unlinked, "user"},
    Kind{action::passkey_created, "user"},
    Kind{action::passkey_updated, "user"},
    Kind{action::passkey_deleted, "user"},
    Kind{action::oauth_consent_granted, "user"},
    Kind{action::oauth_consent_revoked, "user"},
    Kind{action::data_exported, "user"},
    Kind{action::factor_in_progress, "factor"},
    Kind{action::factor_unenrolled, "factor"},
    Kind{action::factor_updated, "factor"},
    Kind{action::factor_deleted, "factor"},
    Kind{action::challenge_created, "factor"},
    Kind{action::verification_attempted, "factor"},
    Kind{action::recovery_codes_generated, "factor"},
    Kind{action::recovery_codes_deleted, "factor"},
};

}  // namespace

std::string_view audit_log_type(std::string_view action) {
    for (const auto& [name, kind] : audit_kinds) {
        if (name == action) return kind;
    }
    return "account";
}

std::vector<std::string> audit_actions_of_type(std::string_view type) {
    std::vector<std::string> actions;
    for (const auto& [name, kind] : audit_kinds) {
        if (kind.find(type) != std::string_view::npos) actions.emplace_back(name);
    }
    return actions;
}

std::vector<std::string> audit_actions_like(std::string_view text) {
    const std::string part = platform::lower_ascii(text);
    std::vector<std::string> actions;
    for (const auto& [name, kind] : audit_kinds) {
        if (name.find(part) != std::string_view::npos) actions.emplace_back(name);
    }
    return actions;
}

std::string audit_csv_value(std::string_view value) {
    std::string text(value);
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(0, "'");
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace tt::auth
