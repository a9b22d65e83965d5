#include "services/auth-service/tests/fake_provider.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "services/auth-service/src/api/oauth.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace tt::auth {
namespace {

constexpr const char* provider_client = "our-client";
constexpr const char* provider_secret = "our-secret";

std::string parameter(const std::string& address, const char* name) {
    const auto url = boost::urls::parse_uri(address).value();
    const auto found = url.params().find(name);
    return found == url.params().end() ? std::string() : std::string((*found).value);
}

}  // namespace

FakeProvider::FakeProvider(const Clock& clock) : clock_(clock) {
    server_.answer_with([this](const http::Request& request) { return answer(request); });
}

ProviderConfig FakeProvider::config() const {
    ProviderConfig made;
    made.name = "fake";
    made.client_id = provider_client;
    made.secret = config::Secret(provider_secret);
    made.issuer = issuer();
    return made;
}

ProviderConfig FakeProvider::github() const {
    ProviderConfig made;
    made.client_id = provider_client;
    made.secret = config::Secret(provider_secret);
    made.authorization_endpoint = issuer() + "/authorize";
    made.token_endpoint = issuer() + "/token";
    made.userinfo_endpoint = issuer() + "/user";
    return made;
}

std::string FakeProvider::sign_in(const std::string& authorization_url, boost::json::object claims) {
    const std::string code = crypto::random_token();
    const std::lock_guard lock(mutex_);
    trips_[code] = {parameter(authorization_url, "nonce"), parameter(authorization_url, "code_challenge"),
                    std::move(claims)};
    return code;
}

std::string FakeProvider::id_token(boost::json::object claims) const {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch().count();
    boost::json::object all{{"iss", issuer()}, {"aud", provider_client}, {"iat", now}, {"exp", now + 3600}};
    for (auto& [name, value] : claims) {
        if (value.is_null()) {
            all.erase(name);
        } else {
            all[name] = value;
        }
    }
    return crypto::sign_jwt(key_, all);
}

void FakeProvider::rotate_key() {
    const std::lock_guard lock(mutex_);
    key_ = crypto::Es256Key::generate();
}

http::Response FakeProvider::answer(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    const std::string path(request.path());
    if (path == "/.well-known/openid-configuration") {
        const boost::json::object document{
            {"issuer", issuer()},
            {"authorization_endpoint", issuer() + "/authorize"},
            {"token_endpoint", issuer() + "/token"},
            {"userinfo_endpoint", issuer() + "/userinfo"},
            {"jwks_uri", issuer() + "/jwks"},
            {"token_endpoint_auth_methods_supported", boost::json::array{"client_secret_basic"}}};
        return http::json_response(200, boost::json::serialize(document));
    }
    if (path == "/jwks") {
        const boost::json::object keys{{"keys", boost::json::array{key_.public_jwk()}}};
        return http::json_response(200, boost::json::serialize(keys));
    }
    if (path == "/token") return token(request);
    if (path == "/userinfo") return http::json_response(200, boost::json::serialize(last_claims_));
    if (path == "/user") {
        return http::json_response(200, R"({"id":4711,"login":"octo","name":"Octo Cat","avatar_url":"https://a/x"})");
    }
    if (path == "/user/emails") {
        return http::json_response(200, boost::json::serialize(last_claims_.at("emails").as_array()));
    }
    return http::json_response(404, "{}");
}

http::Response FakeProvider::token(const http::Request& request) {
    auto form = api::form_members(request.body);
    const auto trip = trips_.find(form["code"]);
    const bool is_ours = request.header("authorization") ==
                             "Basic " + crypto::base64_encode(std::string(provider_client) + ":" + provider_secret) ||
                         (form["client_id"] == provider_client && form["client_secret"] == provider_secret);
    const std::string challenge = crypto::base64url_encode(crypto::sha256(form["code_verifier"]));
    if (trip == trips_.end() || !is_ours || challenge != trip->second.challenge) {
        return http::json_response(400, R"({"error":"invalid_grant"})");
    }
    last_claims_ = trip->second.claims;
    boost::json::object claims{{"nonce", trip->second.nonce}};
    for (auto& [name, value] : trip->second.claims) claims[name] = value;
    const boost::json::object body{{"access_token", "their-access-token"},
                                   {"refresh_token", "their-refresh-token"},
                                   {"token_type", "bearer"},
                                   {"id_token", id_token(claims)}};
    trips_.erase(trip);
    return http::json_response(200, boost::json::serialize(body));
}

}  // namespace tt::auth
