#pragma once

#include "services/auth-service/tests/auth_world.hpp"
#include "services/auth-service/tests/fake_server.hpp"

#include <boost/json/object.hpp>
#include <mutex>
#include <string>

namespace tt::auth {

/// A small OpenID Connect provider: discovery, keys, token endpoint with PKCE, userinfo; and what GitHub answers.
class FakeProvider {
public:
    explicit FakeProvider(const Clock& clock);

    std::string issuer() const { return server_.url(); }
    ProviderConfig config() const;
    ProviderConfig github() const;

    /// The person signs in there: the code that leads back, for the trip that `authorization_url` begins. `claims` are
    /// added to the ID token, or replace what it would say.
    std::string sign_in(const std::string& authorization_url, boost::json::object claims);
    /// An ID token as an app of the person would have it.
    std::string id_token(boost::json::object claims) const;
    void rotate_key();
    FakeServer& server() { return server_; }

private:
    struct Trip {
        std::string nonce;
        std::string challenge;
        boost::json::object claims;
    };
    http::Response answer(const http::Request& request);
    http::Response token(const http::Request& request);

    const Clock& clock_;
    mutable std::mutex mutex_;
    crypto::Es256Key key_ = crypto::Es256Key::generate();
    std::map<std::string, Trip> trips_;
    boost::json::object last_claims_;
    FakeServer server_;
};

}  // namespace tt::auth
