#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace tt::auth {

struct PersonFacts {
    std::string id;
    std::string email;
    bool is_email_verified = false;
    std::string phone;
    bool is_phone_verified = false;
    std::string user_metadata;    // JSON text
    std::int64_t updated_at = 0;  // Unix seconds
};

/// What a client with this scope may know (OpenID Connect Core §5.4): sub; email: the address; profile: names and
/// picture; phone: the number.
boost::json::object person_claims(const PersonFacts& person, const std::vector<std::string>& scope);

}  // namespace tt::auth
