#include "platform/http/endpoint.hpp"
#include "services/auth-service/src/api/caller.hpp"
#include "services/auth-service/src/api/routes.hpp"
#include "services/auth-service/src/api/wire.hpp"

namespace tt::auth::api {

struct HandoffBody {
    std::string code;
    int expires_in = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(HandoffBody, (), (code, expires_in))

struct ExchangeBody {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(ExchangeBody, (), (code))

struct AdminClaimBody {
    std::string token;
};
BOOST_DESCRIBE_STRUCT(AdminClaimBody, (), (token))

struct RolesBody {
    std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(RolesBody, (), (roles))

namespace {

Task<Result<http::Reply<HandoffBody>>> post_handoff(AuthService& auth, http::Request& request) {
    const auto caller = require_session(request);
    if (!caller) co_return caller.error();
    auto code = co_await auth.handoffs().create(*caller);
    if (!code) co_return code.error();
    http::Reply<HandoffBody> reply{201, {std::move(*code), static_cast<int>(Handoffs::lifetime.count())}, {}};
    reply.headers.set("Cache-Control", "no-store");
    co_return reply;
}

Task<Result<http::Reply<SessionBody>>> post_exchange(AuthService& auth, http::Request& request, ExchangeBody body) {
    const auto issued = co_await auth.handoffs().exchange(std::move(body.code), device_of(request));
    if (!issued) co_return issued.error();
    http::Reply<SessionBody> reply{200, session_body(*issued), {}};
    reply.headers.set("Cache-Control", "no-store");
    co_return reply;
}

Task<Result<http::Reply<RolesBody>>> post_admin_claim(AuthService& auth, http::Request& request, AdminClaimBody body) {
    const auto caller = require_session(request);
    if (!caller) co_return caller.error();
    auto roles = co_await auth.admin_claims().use(caller->user_id, std::move(body.token));
    if (!roles) co_return roles.error();
    http::Reply<RolesBody> reply{200, {std::move(*roles)}, {}};
    co_return reply;
}

}  // namespace

void mount_own(http::Router& router, AuthService& auth) {
    router.typed<http::NoBody, HandoffBody>(
        http::Method::post, "/api/v1/session-handoff",
        [&auth](http::Request& request, http::NoBody) { return post_handoff(auth, request); },
        {.operation_id = "create_session_handoff",
         .summary = "A one-minute code that signs the caller in on the other site",
         .tag = "session",
         .error_reasons = {"401 unauthenticated", "401 session_not_found", "403 not_while_impersonating"}});
    router.typed<ExchangeBody, SessionBody>(
        http::Method::post, "/api/v1/session-handoff/exchange",
        [&auth](http::Request& request, ExchangeBody body) { return post_exchange(auth, request, std::move(body)); },
        {.operation_id = "exchange_session_handoff",
         .summary = "Turns the code into a session of its own; works once",
         .tag = "session",
         .error_reasons = {"400 handoff_invalid"},
         .is_public = true,
         .rate_bucket = "sensitive"});
    router.typed<AdminClaimBody, RolesBody>(
        http::Method::post, "/api/v1/admin/claim",
        [&auth](http::Request& request, AdminClaimBody body) {
            return post_admin_claim(auth, request, std::move(body));
        },
        {.operation_id = "claim_administrator",
         .summary = "Makes the caller an administrator with the one-time link of the first start",
         .tag = "session",
         .error_reasons = {"401 unauthenticated", "403 admin_claim_invalid"}});
}

}  // namespace tt::auth::api
