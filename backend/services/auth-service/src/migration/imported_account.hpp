#pragma once

#include "services/auth-service/src/migration/export_row.hpp"
#include "shared/types/ids.hpp"
#include "shared/types/prelude.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tt::auth {

/// A row of auth.users as we keep it.
struct ImportedUser {
    UserId id;
    std::string email;  // normalised, or ""
    std::string phone;  // digits, or ""
    std::optional<std::string> password_hash{};
    std::string app_metadata;   // JSON object text
    std::string user_metadata;  // JSON object text
    std::optional<Time> email_confirmed_at{};
    std::optional<Time> phone_confirmed_at{};
    std::optional<Time> invited_at{};
    std::optional<Time> last_sign_in_at{};
    std::optional<Time> banned_until{};
    Time created_at{};
    Time updated_at{};
    bool is_anonymous = false;
    bool is_password_left_out = false;
    std::vector<std::string> remarks{};  // what of it could not be kept
};

/// A row of auth.identities as we keep it.
struct ImportedIdentity {
    UserId user_id;
    Uuid id;
    std::string provider;
    std::string provider_id;
    std::string data;  // JSON object text
    std::optional<Time> last_sign_in_at{};
    Time created_at{};
    Time updated_at{};
};

/// Pure but for the id of an identity that has none. Error: import_refused; its message says why, without the person's
/// address.
Result<ImportedUser> imported_user(const ExportRow& row, Time now);
Result<ImportedIdentity> imported_identity(const ExportRow& row, Time now);

}  // namespace tt::auth
