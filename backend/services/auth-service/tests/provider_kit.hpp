#pragma once

#include "services/auth-service/tests/admin_kit.hpp"
#include "services/auth-service/tests/fake_provider.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <string>

namespace tt::auth {

/// A member of the query or of the fragment of an address; "" when it has none.
std::string from_address(const std::string& address, const std::string& name);

/// Signing in at a fake provider, step by step.
class ProviderTest : public ::testing::Test {
protected:
    platform::testing::FakeClock provider_clock;
    FakeProvider provider{provider_clock};

    struct Begun {
        std::string url;
        std::string cookie;
    };

    /// With the fake provider as "fake" and as GitHub.
    AuthConfig config(bool autoconfirm = true) const;
    /// The same, and `hook` is asked before an account is made.
    AuthConfig asking(const FakeServer& hook) const;
    /// The browser is sent to a provider.
    Begun begin(AuthWorld& world, const std::string& parameters = "", const std::string& name = "fake");
    /// The browser comes back: where it is led then.
    std::string callback(AuthWorld& world, const std::string& query, const std::string& cookie);
    /// The person signs in there and comes back.
    std::string come_back(AuthWorld& world, const Begun& begun, const boost::json::object& claims);
    /// From the first step to the last; the claims of /user.
    Answer signed_in_at(AuthWorld& world, const std::string& name, const boost::json::object& claims);

    static std::string pkce();
    /// The code of a PKCE flow for a session.
    Answer swap(AuthWorld& world, const std::string& code);
    static boost::json::object verified(const std::string& subject, const std::string& email);
};

}  // namespace tt::auth
