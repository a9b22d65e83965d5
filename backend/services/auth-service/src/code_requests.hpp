#pragma once

#include "services/auth-service/src/account_parts.hpp"

#include <boost/json/object.hpp>
#include <string>

namespace tt::auth {

struct CodeWish {
    std::string email{};
    std::string phone{};
    bool create_user = true;
    boost::json::object data{};  // user_metadata of an account that is made
    std::string channel = "sms";
    MailFlow flow{};
};

enum class ResendType { signup, email_change, sms, phone_change };

/// Asking for mails and messages with a link or a code. Nothing in the answers tells whether an address has an account,
/// unless tells_who_exists; what comes too early after the last one is silently the same as that.
class CodeRequests {
public:
    explicit CodeRequests(AccountParts parts);

    /// A link and code to sign in with (POST /otp, /magiclink); makes the account when there is none. With
    /// tells_who_exists the id of the message for phones, else "". Errors: validation_failed, email_provider_disabled,
    /// phone_provider_disabled, weak ones of the before_user_created hook, otp_disabled (422, only with
    /// tells_who_exists), sms_send_failed.
    Task<Result<std::string>> send_sign_in(CodeWish wish, Device device);
    Task<Result<void>> recover(std::string email, MailFlow flow, Device device);
    /// What sign-up or a change of address sent, again. Answers as send_sign_in. Error: sms_send_failed.
    Task<Result<std::string>> resend(ResendType type, Identifier who, MailFlow flow);
    /// A nonce for PUT /user. Errors: validation_failed (400) without an address, email_not_confirmed,
    /// phone_not_confirmed (422), sms_send_failed.
    Task<Result<std::string>> reauthenticate(UserRow user, Device device);

private:
    Result<std::string> answered(Result<std::string> sent) const;
    Task<Result<std::string>> queue_sign_in(CodeWish wish, Identifier who, Device device);
    Task<void> queue_recovery(std::string email, MailFlow flow, Device device);
    Task<Result<std::string>> queue_again(ResendType type, Identifier who, MailFlow flow);
    Task<Result<std::string>> send_to(db::Tx& tx, UserRow user, Identifier who, CodeWish wish);
    Task<Result<std::string>> send_to_stranger(CodeWish wish, Identifier who, Device device);
    Task<std::optional<Result<std::string>>> send_to_known(CodeWish wish, Identifier who, Device device);

    AccountParts parts_;
};

}  // namespace tt::auth
