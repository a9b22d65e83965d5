#pragma once

#include "platform/http/router.hpp"
#include "shared/types/prelude.hpp"

namespace tt {

/// Keeps tokens with the claim `act` from what only the person may do: prove who they are, change that proof, take
/// their data away, give others rights. 403 impersonation_forbidden. One list for all routes, so that no new route can
/// forget it: below /auth/v1 everything that writes, but signing out, is forbidden; of /api/v1 what the list names.
http::Middleware guard_impersonation();

}  // namespace tt
