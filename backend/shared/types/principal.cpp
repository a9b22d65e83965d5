#include "shared/types/principal.hpp"

#include "shared/types/permissions.hpp"

#include <algorithm>

namespace tt {

bool Principal::may(std::string_view permission) const {
    return std::ranges::any_of(
        permissions, [&](const std::string& held) { return held == permission || held == permission::everything; });
}

const Principal& principal(const http::Request& request) {
    static const Principal anonymous;
    const auto* attached = request.attached<Principal>();
    return attached ? *attached : anonymous;
}

Result<UserId> require_user(const http::Request& request) {
    const Principal& caller = principal(request);
    if (!caller.user_id) return Error{Code::unauthenticated, "unauthenticated", "Sign in to do this."};
    return *caller.user_id;
}

Result<UserId> require_role(const http::Request& request, std::string_view role) {
    const auto user = require_user(request);
    if (!user) return user.error();
    const auto& roles = principal(request).roles;
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) {
        return Error{Code::permission_denied, "role_required", "This needs the role " + std::string(role) + "."};
    }
    return *user;
}

Result<UserId> require_permission(const http::Request& request, std::string_view permission) {
    const auto user = require_user(request);
    if (!user) return user.error();
    if (!principal(request).may(permission)) {
        return Error{Code::permission_denied, "permission_required",
                     "This needs the permission " + std::string(permission) + "."};
    }
    return *user;
}

Result<void> require_service(const http::Request& request) {
    const Principal& caller = principal(request);
    if (caller.role == "anon") return Error{Code::unauthenticated, "unauthenticated", "This needs a service key."};
    if (caller.role != "service_role") {
        return Error{Code::permission_denied, "service_role_required", "This is for services only."};
    }
    return {};
}

}  // namespace tt
