#include "services/auth-service/src/domain/hook_answer.hpp"

#include "platform/core/text.hpp"
#include "platform/json/json.hpp"
#include "platform/json/member.hpp"

#include <array>

namespace tt::auth {
namespace {

namespace bj = boost::json;

constexpr std::array text_claims{"aud", "sub", "email", "phone", "role", "aal", "session_id"};
// Who the token is for, and which one it is.
constexpr std::array fixed_claims{"iss", "sub", "session_id", "jti", "iat", "auth_time"};

Error broken_answer(std::string message) {
    return Error{Code::internal, "unexpected_failure", std::move(message)};
}

Code code_of_status(std::int64_t status) {
    switch (status) {
        case 400:
            return Code::invalid_argument;
        case 401:
            return Code::unauthenticated;
        case 402:
            return Code::payment_required;
        case 403:
            return Code::permission_denied;
        case 404:
            return Code::not_found;
        case 409:
            return Code::conflict;
        case 410:
            return Code::gone;
        case 422:
            return Code::unprocessable;
        case 429:
            return Code::rate_limited;
        case 503:
            return Code::unavailable;
        default:
            return status >= 400 && status < 500 ? Code::invalid_argument : Code::internal;
    }
}

std::optional<Error> rejection_in(const bj::object& answer) {
    const bj::value* value = answer.if_contains("error");
    const bj::object* error = value ? value->if_object() : nullptr;
    if (!error) return std::nullopt;
    std::string message = platform::json::text_member(*error, "message");
    if (message.empty()) return std::nullopt;
    const bj::value* status = error->if_contains("http_code");
    const std::int64_t code = status && status->is_int64() ? status->get_int64() : 500;
    return Error{code_of_status(code), "hook_rejected", std::move(message)};
}

bool has_integer(const bj::object& claims, std::string_view name) {
    const bj::value* value = claims.if_contains(name);
    return value && value->is_int64();
}

/// Whether nothing that was there is missing or of another kind; a token for another program has less to begin with.
bool conforms(const bj::object& claims, const bj::object& before) {
    for (const char* name : text_claims) {
        if (!before.contains(name)) continue;
        const bj::value* value = claims.if_contains(name);
        if (!value || !value->is_string()) return false;
    }
    const bj::value* anonymous = claims.if_contains("is_anonymous");
    if (before.contains("is_anonymous") && (!anonymous || !anonymous->is_bool())) return false;
    if (!has_integer(claims, "exp")) return false;
    const auto latest_end = before.at("exp").to_number<std::int64_t>();
    return claims.at("exp").get_int64() <= latest_end;
}

}  // namespace

Result<bj::object> parse_hook_answer(std::string_view text) {
    if (trimmed(text).empty()) return bj::object();
    auto value = json::parse_value(text);
    if (!value || !value->is_object()) return broken_answer("Error unmarshaling JSON output.");
    bj::object answer = std::move(value->get_object());
    if (auto rejection = rejection_in(answer)) return std::move(*rejection);
    return answer;
}

Result<bj::object> claims_of_hook(const bj::object& before, const bj::object& answer) {
    const bj::value* value = answer.if_contains("claims");
    if (!value) return broken_answer("output claims field is missing");
    if (!value->is_object()) return broken_answer("output claims do not conform to the expected schema");
    bj::object claims = value->get_object();
    for (const char* name : fixed_claims) {
        if (const bj::value* original = before.if_contains(name)) claims[name] = *original;
    }
    if (!conforms(claims, before)) {
        return broken_answer("output claims do not conform to the expected schema");
    }
    return claims;
}

Result<HookDecision> decision_of_hook(const bj::object& answer, std::string default_message) {
    const std::string decision = platform::json::text_member(answer, "decision");
    if (decision != "continue" && decision != "reject") return broken_answer("Invalid decision of a hook");
    HookDecision made;
    made.is_rejected = decision == "reject";
    made.message = platform::json::text_member(answer, "message");
    if (made.message.empty()) made.message = std::move(default_message);
    const bj::value* logout = answer.if_contains("should_logout_user");
    made.should_logout_user = made.is_rejected && logout && logout->is_bool() && logout->get_bool();
    return made;
}

}  // namespace tt::auth
