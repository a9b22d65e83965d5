#pragma once

#include "platform/jobs/jobs.hpp"
#include "services/auth-service/src/config.hpp"
#include "services/auth-service/src/hooks.hpp"
#include "services/auth-service/src/one_time_codes.hpp"
#include "services/auth-service/src/sms.hpp"
#include "services/auth-service/src/store/accounts.hpp"

#include <optional>
#include <string>

namespace tt::auth {

/// A code on its way to a phone.
struct PhoneMessage {
    std::string phone;
    std::string code;
    std::string kind;     // what the code is for, in the words of the send_sms hook
    std::string channel;  // sms or whatsapp
};

/// Codes that are sent to phones. As with mails, a request only queues the wish and the worker makes the code.
class PhoneCodes {
public:
    static constexpr const char* queue = "auth.sms";

    /// Without a sender and without a send_sms hook only the phones of test_codes can be reached.
    PhoneCodes(db::Database database, std::unique_ptr<SmsSender> sender, Hooks& hooks, OneTimeCodes& codes,
               const Clock& clock, const AuthConfig& config);

    /// `kind` is phone_confirmation, phone_change (to users.new_phone) or reauthentication. Returns an id of the
    /// message; "" when one went out less than sms_gap_s ago. Error: sms_send_failed (422) when nobody carries it.
    Task<Result<std::string>> request(db::Tx& tx, UserRow user, OneTimeKind kind, std::string channel);
    /// Whether anybody would carry a message to this phone; asked before it is looked up whose it is. Error:
    /// sms_send_failed (422).
    Result<void> check_reach(const std::string& phone) const;
    /// Sends a code by the hook or the provider. Throws when it cannot be sent now. For workers: it takes seconds.
    Task<void> deliver(UserRow user, PhoneMessage message);
    /// Whether this code is right for the phone without having been sent (test_codes).
    bool is_test_code(const std::string& phone, const std::string& code) const;
    /// Handles a job of `queue`.
    Task<void> send(jobs::Job job);

private:
    std::optional<std::string> test_code_of(const std::string& phone) const;

    db::Database database_;
    std::unique_ptr<SmsSender> sender_;
    Hooks& hooks_;
    OneTimeCodes& codes_;
    const Clock& clock_;
    const AuthConfig& config_;
};

}  // namespace tt::auth
