#include "platform/http/endpoint.hpp"
#include "services/auth-service/src/api/people.hpp"
#include "shared/types/principal.hpp"
#include "shared/utils/personal_data.hpp"

namespace tt::auth::api {
namespace {

Task<Result<http::Reply<AccountCard>>> get_account(AuthService& auth, http::Request& request) {
    const auto service = require_service(request);
    if (!service) co_return service.error();
    const UserId user{request.uuid_param("id").value_or(Uuid{})};
    auto card = co_await auth.people().directory().account(user);
    if (!card) co_return card.error();
    co_return http::Reply<AccountCard>{200, std::move(*card), {}};
}

Task<Result<http::Reply<http::NoBody>>> put_session_organization(AuthService& auth, http::Request& request,
                                                                 SessionOrganization where) {
    const auto service = require_service(request);
    if (!service) co_return service.error();
    const UserId user{request.uuid_param("id").value_or(Uuid{})};
    const SessionId session{request.uuid_param("session_id").value_or(Uuid{})};
    const auto entered = co_await auth.people().directory().enter_organization(user, session, std::move(where));
    if (!entered) co_return entered.error();
    co_return http::Reply<http::NoBody>{};
}

}  // namespace

void mount_directory(http::Router& router, AuthService& auth) {
    router.typed<http::NoBody, AccountCard>(
        http::Method::get, "/internal/v1/accounts/{id}",
        [&auth](http::Request& request, http::NoBody) { return get_account(auth, request); },
        {.rate_bucket = "none", .is_hidden = true});
    router.typed<SessionOrganization, http::NoBody>(
        http::Method::put, "/internal/v1/accounts/{id}/sessions/{session_id}/organization",
        [&auth](http::Request& request, SessionOrganization where) {
            return put_session_organization(auth, request, std::move(where));
        },
        {.rate_bucket = "none", .is_hidden = true});
    mount_personal_data(router, "account", auth.people().directory());
}

}  // namespace tt::auth::api
