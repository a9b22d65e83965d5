#pragma once

#include "shared/types/ids.hpp"

#include <boost/describe/class.hpp>
#include <string>
#include <string_view>

namespace tt::auth {

/// An account exists since now. Told once per account, in the transaction that made it.
struct UserCreated {
    static constexpr std::string_view topic = "user.created";
    UserId user_id;
    std::string email;
    std::string display_name;  ///< "" when sign-up gave none
    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(UserCreated, (), (user_id, email, display_name))

/// E-mail address or the name in user_metadata changed; carries the state after the change.
struct UserUpdated {
    static constexpr std::string_view topic = "user.updated";
    UserId user_id;
    std::string email;
    std::string display_name;
    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(UserUpdated, (), (user_id, email, display_name))

/// The account is gone and its id will not come back: whoever keeps something about the person removes it
/// (docs/api/users.md, Erasure). The address is told as its digest only: events are kept for a month.
struct UserDeleted {
    static constexpr std::string_view topic = "user.deleted";
    UserId user_id;
    std::string email_sha256;  ///< lower-case hex of the normalised address's SHA-256; "" when there was none
    std::string subject() const { return to_string(user_id); }
};
BOOST_DESCRIBE_STRUCT(UserDeleted, (), (user_id, email_sha256))

}  // namespace tt::auth
