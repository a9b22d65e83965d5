#pragma once

#include "services/user-service/src/organizations.hpp"

namespace tt::user::api {

/// Who calls and which organisation they mean; what is no id names none.
struct OrganizationCall {
    UserId caller;
    Uuid organization;
};

/// Of a path with {id}. Errors: unauthenticated (401), organization_not_found (404).
inline Result<OrganizationCall> organization_call(const http::Request& request) {
    const auto caller = require_user(request);
    if (!caller) return caller.error();
    const auto id = request.uuid_param("id");
    if (!id) return organization_not_found();
    return OrganizationCall{*caller, *id};
}

}  // namespace tt::user::api
