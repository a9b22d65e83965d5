#pragma once

#include "shared/types/ids.hpp"

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace tt::user {

/// A profile changed. The academy mirrors it (academy.learners); `version` orders deliveries that arrive late. Auth
/// takes a name over that the person has changed (`is_renamed`), not one it gave itself or that was there before.
struct ProfileUpdated {
    static constexpr std::string_view topic = "profile.updated";

    UserId user_id;
    std::optional<std::string> display_name;
    std::string locale;
    std::string timezone;
    std::int64_t version = 0;
    bool is_renamed = false;

    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(ProfileUpdated, (), (user_id, display_name, locale, timezone, version, is_renamed))

/// Somebody joined, left or got another role. Auth changes what the person's sessions say and refuses earlier tokens.
struct OrganizationMemberChanged {
    static constexpr std::string_view topic = "organization.member_changed";

    UserId user_id;
    Uuid organization_id;
    std::string role;  ///< owner, admin, member; "" for no member any more

    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(OrganizationMemberChanged, (), (user_id, organization_id, role))

}  // namespace tt::user
