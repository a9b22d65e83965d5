#pragma once

#include "platform/http/router.hpp"
#include "shared/types/prelude.hpp"

namespace tt {

/// Any origin may call: nothing here is authorised by a cookie, so a foreign page gains nothing it could not do with
/// curl. Answers preflights and lets scripts read the headers supabase-js and our own client need.
void use_cors(http::Router& router);

}  // namespace tt
