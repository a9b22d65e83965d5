#pragma once

#include "platform/http/router.hpp"
#include "shared/types/prelude.hpp"

namespace tt::user {

class UserService;

namespace api {

void mount_profile(http::Router& router, UserService& users);
/// What the academy compares its mirror with: /internal/v1/sync/profiles, for services only.
void mount_sync(http::Router& router, UserService& users);

}  // namespace api
}  // namespace tt::user
