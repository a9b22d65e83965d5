#include "shared/middleware/impersonation.hpp"

#include "platform/http/path.hpp"
#include "shared/types/principal.hpp"

#include <algorithm>
#include <array>

namespace tt {
namespace {

constexpr std::array forbidden_always{
    "/auth/v1/admin", "/api/v1/api-keys", "/api/v1/exports",         "/api/v1/roles",  "/api/v1/users",
    "/api/v1/admin",  "/api/v1/audit",    "/api/v1/session-handoff", "/auth/v1/oauth", "/auth/v1/user/identities"};
constexpr std::array forbidden_writes{"/auth/v1", "/api/v1/organizations", "/api/v1/invitations"};
constexpr std::string_view sign_out = "/auth/v1/logout";

template <class Prefixes>
bool is_below_any(std::string_view path, const Prefixes& prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return http::is_below(path, prefix); });
}

bool is_forbidden(const http::Request& request) {
    const std::string_view path = request.path();
    if (is_below_any(path, forbidden_always)) return true;
    if (request.method == http::Method::get || request.method == http::Method::head) {
        return http::is_below(path, "/auth/v1/reauthenticate");  // a GET that mails a proof
    }
    return !http::is_below(path, sign_out) && is_below_any(path, forbidden_writes);
}

Task<http::Response> refuse_acting(const http::Request& request) {
    co_return http::render_error(
        {Code::permission_denied, "impersonation_forbidden", "Whoever acts as somebody else cannot do this."}, request);
}

}  // namespace

http::Middleware guard_impersonation() {
    return [](http::Request& request, const http::Handler& next) {
        if (principal(request).acting && is_forbidden(request)) return refuse_acting(request);
        return next(request);
    };
}

}  // namespace tt
