#include "services/auth-service/src/account_parts.hpp"

#include "services/auth-service/src/domain/phone.hpp"
#include "services/auth-service/src/email.hpp"

namespace tt::auth {
namespace {

Error invalid_identifier(std::string message) {
    return Error{Code::invalid_argument, "validation_failed", std::move(message)};
}

}  // namespace

Result<Identifier> identifier_of(const std::string& email, const std::string& phone, const AuthConfig& config) {
    if (!email.empty()) {
        if (!config.email_enabled) {
            return Error{Code::invalid_argument, "email_provider_disabled", "Email logins are disabled"};
        }
        auto normal = normalized_email(email);
        if (!normal) return invalid_identifier("Unable to validate email address: invalid format");
        return Identifier{.email = std::move(*normal)};
    }
    if (!config.phone_enabled) {
        return Error{Code::invalid_argument, "phone_provider_disabled", "Phone logins are disabled"};
    }
    auto normal = normalized_phone(phone);
    if (!normal) return invalid_identifier("Invalid phone number format (E.164 required)");
    return Identifier{.phone = std::move(*normal)};
}

Task<std::optional<UserRow>> find_user_by(db::Tx& tx, Identifier who) {
    if (who.is_email()) co_return co_await store::find_user_by_email(tx, std::move(who.email));
    co_return co_await store::find_user_by_phone(tx, std::move(who.phone));
}

Task<std::optional<UserRow>> lock_user_by(db::Tx& tx, Identifier who) {
    if (who.is_email()) co_return co_await store::lock_user_by_email(tx, std::move(who.email));
    co_return co_await store::lock_user_by_phone(tx, std::move(who.phone));
}

}  // namespace tt::auth
