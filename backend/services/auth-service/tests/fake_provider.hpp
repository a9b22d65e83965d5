#pragma once

#include "services/auth-service/tests/auth_world.hpp"
#include "services/auth-service/tests/fake_server.hpp"

#include <boost/json/object.hpp>
#include <mutex>
#include <string>

namespace tt::auth {

/// How clients have to prove themselves at the token endpoint.
enum class ClientProof { either, header, form };

/// A small OpenID Connect provider: discovery, keys, token endpoint with PKCE, userinfo; and what GitHub and Facebook
/// answer.
class FakeProvider {
public:
    explicit FakeProvider(const Clock& clock);

    std::string issuer() const { return server_.url(); }
    ProviderConfig config() const;
    /// A provider of the presets, with what it has of its own here: an issuer, or endpoints for those without one.
    ProviderConfig google() const { return with_issuer(); }
    ProviderConfig apple() const { return with_issuer(); }
    ProviderConfig github() const { return with_endpoints("/user"); }
    ProviderConfig facebook() const { return with_endpoints("/me"); }

    /// What the discovery document says and the token endpoint demands from now on.
    void demand(ClientProof proof);
    /// Members that the discovery document has instead of the usual ones; null takes one away.
    void describe_as(boost::json::object members);

    /// The person signs in there: the code that leads back, for the trip that `authorization_url` begins. `claims` are
    /// added to the ID token, or replace what it would say.
    std::string sign_in(const std::string& authorization_url, boost::json::object claims);
    /// An ID token as an app of the person would have it.
    std::string id_token(boost::json::object claims) const;
    void rotate_key();
    /// The last request at the token endpoint.
    std::string last_token_request() const;
    FakeServer& server() { return server_; }

private:
    struct Trip {
        std::string nonce;
        std::string challenge;
        boost::json::object claims;
    };
    http::Response answer(const http::Request& request);
    http::Response token(const http::Request& request);
    http::Response me(const http::Request& request) const;
    boost::json::object discovery() const;
    bool is_our_client(const http::Request& request, const std::string& id, const std::string& secret) const;
    ProviderConfig with_issuer() const;
    ProviderConfig with_endpoints(const std::string& userinfo) const;

    const Clock& clock_;
    mutable std::mutex mutex_;
    crypto::Es256Key key_ = crypto::Es256Key::generate();
    std::map<std::string, Trip> trips_;
    boost::json::object last_claims_;
    boost::json::object described_as_;
    std::string last_token_request_;
    ClientProof proof_ = ClientProof::either;
    FakeServer server_;
};

}  // namespace tt::auth
