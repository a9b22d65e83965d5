#include "shared/middleware/authenticate.hpp"

#include "platform/http/path.hpp"
#include "platform/json/member.hpp"
#include "platform/log/log.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace tt {
namespace {

constexpr std::string_view bearer = "bearer ";

bool starts_with_bearer(std::string_view value) {
    return value.size() > bearer.size() && http::iequals(value.substr(0, bearer.size()), bearer);
}

/// Empty when the request carries no token.
std::string_view token_of(const http::Request& request) {
    const std::string_view authorization = request.header("authorization");
    if (starts_with_bearer(authorization)) return authorization.substr(bearer.size());
    return request.header("apikey");
}

/// The key that may do everything has leaked into a page: browsers say where a script's request comes from.
bool is_service_key_in_browser(const http::Request& request, const Principal& caller) {
    return caller.role == "service_role" &&
           (request.headers.contains("origin") || request.headers.contains("sec-fetch-site"));
}

constexpr int unknown_retry_after_s = 2;  // the set is asked for every second
constexpr std::string_view gotrue_root = "/auth/v1";
constexpr std::array<std::string_view, 2> gotrue_administration{"/auth/v1/admin", "/auth/v1/invite"};

/// Routes that look at the session's row themselves and say in GoTrue's words what is wrong with it. Not
/// administration: there the roles in the token decide, too.
bool judges_sessions_itself(const http::Request& request) {
    const std::string_view path = request.path();
    const auto holds_path = [path](std::string_view root) { return http::is_below(path, root); };
    return http::is_below(path, gotrue_root) && std::ranges::none_of(gotrue_administration, holds_path);
}

http::Response refusal_of(const Error& error, const http::Request& request) {
    http::Response refusal = http::render_error(error, request);
    if (error.code == Code::unauthenticated) {
        refusal.headers.set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    return refusal;
}

Task<http::Response> answer_refusal(http::Request& request, Error error) {
    co_return refusal_of(error, request);
}

std::vector<std::string> texts_member(const boost::json::object& object, std::string_view name) {
    std::vector<std::string> texts;
    const auto* value = object.if_contains(name);
    const auto* list = value ? value->if_array() : nullptr;
    if (!list) return texts;
    for (const auto& item : *list) {
        if (const auto* text = item.if_string()) texts.emplace_back(*text);
    }
    return texts;
}

/// Version 7 ids carry milliseconds; iat only has seconds, of which the last millisecond counts: a session that began
/// in the second of a revocation is more likely the new one.
Time issue_time_of(const crypto::Claims& claims) {
    const auto id = parse_uuid(json::text_member(claims.members, "jti"));
    const auto unix_ms = id ? uuid_v7_unix_ms(*id) : std::nullopt;
    if (unix_ms) return Time(std::chrono::milliseconds(*unix_ms));
    return Time(std::chrono::seconds(claims.issued_at) + std::chrono::milliseconds(999));
}

std::vector<std::string> roles_of(const boost::json::object& claims) {
    const auto* metadata = json::object_member(claims, "app_metadata");
    return metadata ? texts_member(*metadata, "roles") : std::vector<std::string>();
}

/// RFC 8693 §4.1: who acts as the subject.
std::optional<UserId> acting_of(const boost::json::object& claims) {
    const auto* act = json::object_member(claims, "act");
    return act ? UserId::parse(json::text_member(*act, "sub")) : std::nullopt;
}

std::string display_name_of(const boost::json::object& claims) {
    const auto* metadata = json::object_member(claims, "user_metadata");
    if (!metadata) return {};
    const std::string name = json::text_member(*metadata, "display_name");
    return name.empty() ? json::text_member(*metadata, "name") : name;
}

}  // namespace

Result<Principal> principal_of(const crypto::Claims& claims) {
    Principal principal{
        .role = json::text_member(claims.members, "role"),
        .user_id = std::nullopt,
        .email = json::text_member(claims.members, "email"),
        .display_name = display_name_of(claims.members),
        .session_id = json::text_member(claims.members, "session_id"),
        .roles = roles_of(claims.members),
        .permissions = texts_member(claims.members, "permissions"),
        .acting = acting_of(claims.members),
        .org_id = parse_uuid(json::text_member(claims.members, "org_id")),
        .org_role = json::text_member(claims.members, "org_role"),
        .claims_json = claims.json,
    };
    // Only keys of test suites are RS256 (JwtPolicy::test_keys); their administrator is the platform's.
    if (claims.algorithm == "RS256" && principal.role == "supabase_admin") principal.role = "service_role";
    if (principal.role != "anon" && principal.role != "authenticated" && principal.role != "service_role") {
        return Error{Code::unauthenticated, "bad_jwt", "invalid claim: unknown role"};
    }
    if (principal.role == "authenticated") {
        principal.user_id = UserId::parse(claims.subject);
        if (!principal.user_id) return Error{Code::unauthenticated, "bad_jwt", "invalid claim: sub is no user id"};
    }
    return principal;
}

Result<KnownToken> known_token_of(const crypto::Claims& claims) {
    auto principal = principal_of(claims);
    if (!principal) return principal.error();
    KnownToken known;
    known.principal = std::move(*principal);
    known.session = parse_uuid(known.principal.session_id);
    known.issued_at = issue_time_of(claims);
    return known;
}

Authenticator::Authenticator(crypto::JwksCache& jwks, crypto::JwtPolicy policy, const Clock& clock,
                             std::size_t io_threads, const RevocationSet* revocations, ApiKeySource* api_keys)
    : verifier_(jwks, std::move(policy), clock, io_threads, known_token_of), clock_(clock), revocations_(revocations) {
    if (api_keys) api_keys_ = std::make_unique<ApiKeyCache>(*api_keys, principal_of, revocations, clock);
}

Result<void> Authenticator::check_revocation(const KnownToken& token) const {
    if (!revocations_ || !token.is_of_a_person()) return {};
    if (!revocations_->vouches_at(clock_.now())) {
        return Error{
            Code::unavailable, "unavailable", "Who has signed out is not known yet", {}, unknown_retry_after_s};
    }
    const bool is_revoked = (token.session && revocations_->is_revoked(*token.session, token.issued_at)) ||
                            revocations_->is_revoked(token.principal.user_id->value, token.issued_at);
    if (is_revoked) return Error{Code::unauthenticated, "bad_jwt", "invalid JWT: the token was revoked"};
    return {};
}

Result<void> Authenticator::judge(const http::Request& request, const KnownToken& token) const {
    if (is_service_key_in_browser(request, token.principal)) {
        log::error("service_key_in_browser", {{"http.request.id", request.request_id}});
        return Error{Code::permission_denied, "service_key_in_browser",
                     "The service key must never be used from a browser."};
    }
    if (judges_sessions_itself(request)) return {};
    return check_revocation(token);
}

http::Middleware Authenticator::middleware() {
    return [this](http::Request& request, const http::Handler& next) {
        const std::string_view token = token_of(request);
        if (token.empty()) return next(request);
        if (api_keys_ && token.starts_with(ApiKeyText::prefix)) return run_api_key(request, next);
        const auto known = verifier_.cached(token);
        if (!known) return run(request, next);
        const auto good = judge(request, *known);
        if (!good) return refuse(request, next, good.error());
        request.attach_shared(std::shared_ptr<const Principal>(known, &known->principal));
        return next(request);
    };
}

Task<http::Response> Authenticator::run(http::Request& request, const http::Handler& next) {
    std::string token(token_of(request));
    const auto verified = co_await verifier_.verify(std::move(token));
    if (!verified) co_return co_await refuse(request, next, verified.error());
    const auto good = judge(request, **verified);
    if (!good) co_return co_await refuse(request, next, good.error());
    request.attach_shared(std::shared_ptr<const Principal>(*verified, &(*verified)->principal));
    co_return co_await next(request);
}

Task<http::Response> Authenticator::refuse(http::Request& request, const http::Handler& next, Error error) const {
    const bool is_of_the_token = error.code != Code::permission_denied;
    if (!is_of_the_token || !http::is_below(request.path(), gotrue_root))
        return answer_refusal(request, std::move(error));
    request.attach(RejectedToken{std::move(error)});
    return next(request);
}

Task<http::Response> Authenticator::run_api_key(http::Request& request, const http::Handler& next) {
    std::string text(token_of(request));
    const auto grant = co_await api_keys_->find(std::move(text), request.client_ip);
    if (!grant) co_return refusal_of(grant.error(), request);
    const auto allowed = check_use((*grant)->grant, request);
    if (!allowed) co_return refusal_of(allowed.error(), request);
    request.attach_shared(std::shared_ptr<const ApiKeyGrant>(*grant, &(*grant)->grant));
    request.attach_shared(std::shared_ptr<const Principal>(*grant, &(*grant)->principal));
    co_return co_await next(request);
}

}  // namespace tt
