#include "services/auth-service/src/hooks.hpp"

#include "platform/core/text.hpp"
#include "platform/db/quote.hpp"
#include "platform/events/webhooks.hpp"
#include "platform/http/headers.hpp"
#include "platform/log/log.hpp"
#include "services/auth-service/src/domain/outgoing_url.hpp"

#include <boost/json/serialize.hpp>

namespace tt::auth {
namespace {

constexpr int hook_tries = 3;
constexpr std::size_t hook_answer_limit_bytes = 200 * 1024;
constexpr std::string_view function_scheme = "pg-functions://";
constexpr std::string_view signature_version = "v1,";

// As in GoTrue's metadata.name.
constexpr std::array<std::string_view, 8> hook_names{
    "before-user-created", "after-user-created",    "customize-access-token", "send-email", "send-sms",
    "mfa-verification",    "password-verification", "before-mfa-enroll"};

std::string_view name_of(HookPoint point) {
    return hook_names[static_cast<std::size_t>(point)];
}

std::vector<std::string> split_secrets(const std::string& text) {
    std::vector<std::string> secrets;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto end = rest.find('|');
        std::string_view secret = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (!secret.starts_with(signature_version)) {
            throw config::ConfigError("auth_hooks: a secret must begin with v1,whsec_");
        }
        secret.remove_prefix(signature_version.size());
        try {
            events::sign_webhook(secret, "", 0, "");
        } catch (const std::invalid_argument&) {
            throw config::ConfigError("auth_hooks: not a webhook secret");
        }
        secrets.emplace_back(secret);
    }
    return secrets;
}

/// pg-functions://database/schema/function → "schema"."function"
std::string function_of(std::string_view uri) {
    uri.remove_prefix(function_scheme.size());
    const auto first = uri.find('/');
    const auto second = first == std::string_view::npos ? first : uri.find('/', first + 1);
    const bool has_both = second != std::string_view::npos && second + 1 < uri.size() && second > first + 1;
    if (!has_both || uri.find('/', second + 1) != std::string_view::npos) {
        throw config::ConfigError("auth_hooks: a function is pg-functions://postgres/schema/function");
    }
    std::string name;
    db::append_name(name, uri.substr(first + 1, second - first - 1));
    name += '.';
    db::append_name(name, uri.substr(second + 1));
    return name;
}

Error hook_failure(std::string message) {
    return Error{Code::internal, "unexpected_failure", std::move(message)};
}

Error hook_timed_out(unsigned timeout_ms) {
    return Error{Code::unprocessable, "hook_timeout",
                 "Failed to reach hook within maximum time of " + std::to_string(timeout_ms / 1000) + " seconds"};
}

bool is_json(const http::ClientResponse& response) {
    std::string_view type = response.headers.find("content-type").value_or("");
    type = trimmed(type.substr(0, type.find(';')));
    return http::iequals(type, "application/json");
}

/// What one try gave: an answer, an error that ends it, or nothing (try again).
using HookTry = std::optional<Result<std::string>>;

HookTry read_answer(http::ClientResponse response) {
    switch (response.status) {
        case 204:
            return Result<std::string>(std::string("{}"));
        case 200:
        case 202:
            if (is_json(response)) return Result<std::string>(std::move(response.body));
            return Result<std::string>(Error{Code::invalid_argument, "hook_payload_invalid_content_type",
                                             "Invalid JSON response: the content type must be application/json"});
        case 429:
        case 503:
            if (response.headers.contains("retry-after")) return std::nullopt;
            return Result<std::string>(hook_failure("Service currently unavailable due to hook"));
        case 400:
            return Result<std::string>(hook_failure("Invalid payload sent to hook"));
        case 401:
            return Result<std::string>(hook_failure("Hook requires authorization token"));
        default:
            return Result<std::string>(
                hook_failure("Unexpected status code returned from hook: " + std::to_string(response.status)));
    }
}

/// A POST of `payload` with the headers of Standard Webhooks, signed with every secret.
http::ClientRequest signed_hook_request(const std::string& url, const std::vector<std::string>& secrets,
                                        const std::string& payload, Time now) {
    const std::string id = to_string(uuid_v4());
    const auto now_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::string signatures;
    for (const std::string& secret : secrets) {
        if (!signatures.empty()) signatures += ' ';
        signatures += events::sign_webhook(secret, id, now_s, payload);
    }
    http::ClientRequest request;
    request.method = "POST";
    request.url = url;
    request.body = payload;
    request.headers = {{"content-type", "application/json"},
                       {"accept-encoding", "identity"},
                       {"webhook-id", id},
                       {"webhook-timestamp", std::to_string(now_s)},
                       {"webhook-signature", signatures}};
    return request;
}

Error over_size() {
    return Error{Code::unprocessable, "hook_payload_over_size_limit",
                 "Payload size exceeded size limit of " + std::to_string(hook_answer_limit_bytes) + " bytes"};
}

}  // namespace

Hooks::Hooks(db::Database database, http::Client& client, const Clock& clock, const HooksConfig& config,
             const AllowedPeers& peers)
    : database_(std::move(database)), client_(client), clock_(clock), config_(config) {
    const auto& c = config_;
    configure(HookPoint::before_user_created, c.before_user_created_uri, c.before_user_created_secrets, peers);
    configure(HookPoint::after_user_created, c.after_user_created_uri, c.after_user_created_secrets, peers);
    configure(HookPoint::custom_access_token, c.custom_access_token_uri, c.custom_access_token_secrets, peers);
    configure(HookPoint::send_email, c.send_email_uri, c.send_email_secrets, peers);
    configure(HookPoint::send_sms, c.send_sms_uri, c.send_sms_secrets, peers);
    configure(HookPoint::mfa_verification_attempt, c.mfa_verification_attempt_uri, c.mfa_verification_attempt_secrets,
              peers);
    configure(HookPoint::password_verification_attempt, c.password_verification_attempt_uri,
              c.password_verification_attempt_secrets, peers);
    configure(HookPoint::before_mfa_enroll, c.before_mfa_enroll_uri, c.before_mfa_enroll_secrets, peers);
}

void Hooks::configure(HookPoint point, const std::string& uri, const config::Secret& secrets,
                      const AllowedPeers& peers) {
    if (uri.empty()) return;
    Target& target = targets_[static_cast<std::size_t>(point)];
    target.uri = uri;
    if (uri.starts_with(function_scheme)) {
        target.statement = "SELECT " + function_of(uri) + "($1::jsonb)::text";
        return;
    }
    target.secrets = split_secrets(secrets.reveal());
    if (!may_call(uri, peers)) throw config::ConfigError("auth_hooks: not an https address: " + uri);
    if (target.secrets.empty()) throw config::ConfigError("auth_hooks: a hook at an address needs secrets: " + uri);
}

const Hooks::Target& Hooks::target_of(HookPoint point) const {
    return targets_[static_cast<std::size_t>(point)];
}

bool Hooks::has(HookPoint point) const {
    return !target_of(point).uri.empty();
}

Task<Result<boost::json::object>> Hooks::call(HookPoint point, boost::json::object input, std::string ip) {
    input["metadata"] = boost::json::object{{"uuid", to_string(uuid_v4())},
                                            {"time", to_rfc3339(clock_.now())},
                                            {"name", name_of(point)},
                                            {"ip_address", ip}};
    const Target& target = target_of(point);
    std::string payload = boost::json::serialize(input);
    auto pending =
        target.statement.empty() ? call_address(target, std::move(payload)) : call_function(target, std::move(payload));
    const auto answer = co_await std::move(pending);
    auto result = answer ? parse_hook_answer(*answer) : Result<boost::json::object>(answer.error());
    const std::string outcome = result ? std::string("ok") : result.error().reason;
    log::info("hook_called", {{"hook", name_of(point)}, {"outcome", outcome}});
    co_return result;
}

Task<Result<std::string>> Hooks::call_function(Target target, std::string payload) {
    db::Context context{database_.role()};
    context.settings.push_back({"statement_timeout", std::to_string(config_.sql_timeout_ms), true});
    const db::Query query{"hook_function", target.statement};
    try {
        const db::Rows rows = co_await database_.run(context, query, db::make_params(payload));
        co_return rows.one<std::optional<std::string>>().value_or("{}");
    } catch (const db::SqlError& error) {
        log::warn("hook_function_failed", {{"sqlstate", error.sqlstate}, {"error.message", error.message}});
        co_return hook_failure("Error running hook URI: " + target.uri);
    } catch (const DeadlineExceeded&) {
        co_return hook_timed_out(config_.sql_timeout_ms);
    }
}

Task<Result<std::string>> Hooks::call_address(Target target, std::string payload) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(config_.timeout_ms);
    const std::chrono::milliseconds pause(config_.retry_pause_ms);
    for (int attempt = 1; attempt <= hook_tries; ++attempt) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) co_return hook_timed_out(config_.timeout_ms);
        http::ClientRequest request = signed_hook_request(target.uri, target.secrets, payload, clock_.now());
        request.timeout = left;
        request.max_response_bytes = hook_answer_limit_bytes;
        HookTry answer;
        try {
            auto response = co_await client_.send(std::move(request));
            answer = read_answer(std::move(response));
        } catch (const http::ClientError& error) {
            if (error.kind() == http::ClientError::Kind::too_large) co_return over_size();
            if (error.kind() == http::ClientError::Kind::timeout) co_return hook_timed_out(config_.timeout_ms);
            if (error.kind() == http::ClientError::Kind::peer_refused) {
                log::error("hook_address_refused", {{"error.message", error.what()}});
                co_return hook_failure("The hook's address may not be called");
            }
            log::warn("hook_unreachable", {{"attempt", attempt}, {"error.message", error.what()}});
        }
        if (answer) co_return *answer;
        if (std::chrono::steady_clock::now() + pause >= deadline) co_return hook_timed_out(config_.timeout_ms);
        if (attempt < hook_tries) co_await sleep_for(pause);
    }
    co_return Error{Code::unprocessable, "hook_timeout_after_retry", "Failed to reach hook after maximum retries"};
}

Task<Result<void>> Hooks::before_user_created(boost::json::object user, std::string ip) {
    if (!has(HookPoint::before_user_created)) co_return Result<void>();
    boost::json::object input{{"user", std::move(user)}};
    const auto answer = co_await call(HookPoint::before_user_created, std::move(input), std::move(ip));
    if (!answer) co_return answer.error();
    co_return Result<void>();
}

Task<void> Hooks::after_user_created(boost::json::object user, std::string ip) {
    if (!has(HookPoint::after_user_created)) co_return;
    boost::json::object input{{"user", std::move(user)}};
    const auto answer = co_await call(HookPoint::after_user_created, std::move(input), std::move(ip));
    if (!answer) log::error("hook_after_user_created_failed", {{"reason", answer.error().reason}});
}

Task<Result<boost::json::object>> Hooks::custom_access_token(UserId user, std::string method,
                                                             boost::json::object claims) {
    if (!has(HookPoint::custom_access_token)) co_return claims;
    boost::json::object input{
        {"user_id", to_string(user)}, {"claims", claims}, {"authentication_method", std::move(method)}};
    const auto answer = co_await call(HookPoint::custom_access_token, std::move(input), "");
    if (!answer) co_return answer.error();
    co_return claims_of_hook(claims, *answer);
}

Task<Result<void>> Hooks::send_email(boost::json::object user, HookEmail email) {
    boost::json::object data{{"token", email.token},
                             {"token_hash", email.token_hash},
                             {"redirect_to", email.redirect_to},
                             {"email_action_type", email.email_action_type},
                             {"site_url", email.site_url},
                             {"token_new", email.token_new},
                             {"token_hash_new", email.token_hash_new},
                             {"old_email", email.old_email}};
    boost::json::object input{{"user", std::move(user)}, {"email_data", std::move(data)}};
    const auto answer = co_await call(HookPoint::send_email, std::move(input), "");
    if (!answer) co_return answer.error();
    co_return Result<void>();
}

Task<Result<void>> Hooks::send_sms(boost::json::object user, std::string phone, std::string code, std::string kind) {
    boost::json::object sms{{"otp", std::move(code)}, {"sms_type", std::move(kind)}, {"phone", std::move(phone)}};
    boost::json::object input{{"user", std::move(user)}, {"sms", std::move(sms)}};
    const auto answer = co_await call(HookPoint::send_sms, std::move(input), "");
    if (!answer) co_return answer.error();
    co_return Result<void>();
}

Task<Result<HookDecision>> Hooks::decide(HookPoint point, boost::json::object input, std::string ip,
                                         std::string default_message) {
    if (!has(point)) co_return HookDecision{};
    const auto answer = co_await call(point, std::move(input), std::move(ip));
    if (!answer) co_return answer.error();
    co_return decision_of_hook(*answer, std::move(default_message));
}

Task<Result<HookDecision>> Hooks::mfa_verification_attempt(UserId user, Uuid factor_id, std::string factor_type,
                                                           bool is_valid, std::string ip) {
    boost::json::object input{{"user_id", to_string(user)},
                              {"factor_id", to_string(factor_id)},
                              {"factor_type", std::move(factor_type)},
                              {"valid", is_valid}};
    return decide(HookPoint::mfa_verification_attempt, std::move(input), std::move(ip),
                  "Further MFA verification attempts will be rejected.");
}

Task<Result<HookDecision>> Hooks::password_verification_attempt(UserId user, bool is_valid, std::string ip) {
    boost::json::object input{{"user_id", to_string(user)}, {"valid", is_valid}};
    return decide(HookPoint::password_verification_attempt, std::move(input), std::move(ip),
                  "Further password verification attempts will be rejected.");
}

Task<Result<HookDecision>> Hooks::before_mfa_enroll(UserId user, std::string factor_type, std::string ip) {
    boost::json::object input{{"user_id", to_string(user)}, {"factor_type", std::move(factor_type)}};
    return decide(HookPoint::before_mfa_enroll, std::move(input), std::move(ip),
                  "Enrolling this factor is not allowed.");
}

}  // namespace tt::auth
