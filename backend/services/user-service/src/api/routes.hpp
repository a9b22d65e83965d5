#pragma once

#include "platform/http/router.hpp"
#include "shared/types/prelude.hpp"

#include <cstdint>
#include <optional>

namespace tt::user {

class Avatars;
class Exports;
class Invitations;
class Organizations;
class Profiles;
class UserService;

namespace api {

void mount_profile(http::Router& router, Profiles& profiles);
void mount_avatar(http::Router& router, Avatars& avatars);
void mount_preferences(http::Router& router, Profiles& profiles);
void mount_exports(http::Router& router, Exports& exports);
void mount_organizations(http::Router& router, Organizations& organizations);
void mount_invitations(http::Router& router, Invitations& invitations);
/// What the academy compares its mirror with: /internal/v1/sync/profiles, for services only.
void mount_sync(http::Router& router, UserService& users);

/// The row version that If-Match asks for, if it asks. Error: precondition_failed (412) for a tag that is none of ours:
/// it matches nothing (RFC 9110 §13.1.1), and ignoring it would allow the lost update.
Result<std::optional<std::int64_t>> wanted_version(const http::Request& request);

}  // namespace api
}  // namespace tt::user
