#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/db/database.hpp"
#include "platform/http/client.hpp"
#include "services/auth-service/src/domain/hook_answer.hpp"
#include "services/auth-service/src/hooks_config.hpp"
#include "shared/types/ids.hpp"

#include <array>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tt::auth {

enum class HookPoint {
    before_user_created,
    after_user_created,
    custom_access_token,
    send_email,
    send_sms,
    mfa_verification_attempt,
    password_verification_attempt,
    before_mfa_enroll,
};

/// The secrets of a mail, as GoTrue's send_email hook gets them.
struct HookEmail {
    std::string token{};
    std::string token_hash{};
    std::string redirect_to{};
    std::string email_action_type{};  ///< signup, recovery, invite, magiclink, email_change, reauthentication
    std::string site_url{};
    std::string token_new{};
    std::string token_hash_new{};
    std::string old_email{};
};

/// Calls the operator's hooks (auth.md §1.14). Never call one while a transaction is open: it may take seconds.
///
/// A point without a hook costs nothing and answers as if the hook had agreed. `user` is the User of the wire
/// (api::user_json). `ip` is the caller's. Errors of every call: hook_timeout, hook_timeout_after_retry,
/// hook_payload_over_size_limit (422), hook_payload_invalid_content_type (400), unexpected_failure (500), or what the
/// hook itself answered in `error`, with the status nearest to its http_code and reason "hook_rejected".
class Hooks {
public:
    /// `client` calls `peers` only.
    Hooks(db::Database database, http::Client& client, const Clock& clock, const HooksConfig& config,
          const AllowedPeers& peers);

    bool has(HookPoint point) const;

    /// Before the account is made; an error forbids it.
    Task<Result<void>> before_user_created(boost::json::object user, std::string ip);
    /// After the commit that made the account. Failures are logged: the account exists.
    Task<void> after_user_created(boost::json::object user, std::string ip);
    /// The claims to sign. `method` is the amr method, or token_refresh. A hook's claims must keep those that the
    /// platform relies on, and those that say who it is unchanged.
    Task<Result<boost::json::object>> custom_access_token(UserId user, std::string method, boost::json::object claims);
    /// Instead of our own mail or message when has(…): the hook sends it.
    Task<Result<void>> send_email(boost::json::object user, HookEmail email);
    Task<Result<void>> send_sms(boost::json::object user, std::string phone, std::string code, std::string kind);
    /// After a factor or password was checked, before anything is made of it.
    Task<Result<HookDecision>> mfa_verification_attempt(UserId user, Uuid factor_id, std::string factor_type,
                                                        bool is_valid, std::string ip);
    Task<Result<HookDecision>> password_verification_attempt(UserId user, bool is_valid, std::string ip);
    /// Before a factor is made: whether this person may have one of this type.
    Task<Result<HookDecision>> before_mfa_enroll(UserId user, std::string factor_type, std::string ip);

private:
    struct Target {
        std::string uri;
        std::vector<std::string> secrets;
        std::string statement;  // that calls the function, when the uri names one
    };

    const Target& target_of(HookPoint point) const;
    void configure(HookPoint point, const std::string& uri, const config::Secret& secrets, const AllowedPeers& peers);
    Task<Result<boost::json::object>> call(HookPoint point, boost::json::object input, std::string ip);
    Task<Result<std::string>> call_function(Target target, std::string payload);
    Task<Result<std::string>> call_address(Target target, std::string payload);
    Task<Result<HookDecision>> decide(HookPoint point, boost::json::object input, std::string ip,
                                      std::string default_message);

    static constexpr std::size_t point_count = 8;
    db::Database database_;
    http::Client& client_;
    const Clock& clock_;
    const HooksConfig& config_;
    std::array<Target, point_count> targets_;
};

}  // namespace tt::auth
