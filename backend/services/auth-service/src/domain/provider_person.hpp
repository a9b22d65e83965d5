#pragma once

#include "platform/core/result.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace tt::auth {

/// Somebody as an identity provider tells.
struct ProviderPerson {
    std::string provider;
    std::string subject;
    std::string email{};  // as the provider spells it, "" when there is none
    bool is_email_verified = false;
    bool may_lack_email = false;  // an account without an address is fine, too
    boost::json::object data{};   // identity_data: sub, email, email_verified, names, picture
};

/// From the claims of an ID token or of a userinfo answer. Error: bad_oauth_callback without a subject.
platform::Result<ProviderPerson> person_of_claims(const std::string& provider, const boost::json::object& claims);
/// From GitHub's /user and /user/emails: only the primary address, and verified as GitHub says.
platform::Result<ProviderPerson> person_of_github(const boost::json::object& user, const boost::json::array& emails);
/// From Facebook's /me. It does not tell whether the address was verified, so it was not.
platform::Result<ProviderPerson> person_of_facebook(const boost::json::object& me);
/// Apple tells the name once, beside the code: {"name": {"firstName", "lastName"}}. It came through the browser, so
/// nothing but the name is taken from it.
void add_name_of_apple(ProviderPerson& person, std::string_view user);

}  // namespace tt::auth
