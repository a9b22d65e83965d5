#pragma once

#include "services/auth-service/src/store/accounts.hpp"

#include <boost/json/object.hpp>

namespace tt::auth {

/// GoTrue's User (auth.md §1.3): what routes answer, hooks are given and administrators list.
boost::json::object user_json(const UserView& view);
/// GoTrue's Identity.
boost::json::object identity_json(const IdentityRow& row);
/// GoTrue's Factor, without what it leaves out when empty.
boost::json::object factor_json(const FactorView& factor);

}  // namespace tt::auth
