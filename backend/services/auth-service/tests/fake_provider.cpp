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
constexpr const char* access_token = "their-access-token";

std::string parameter(const std::string& address, const char* name) {
    const auto url = boost::urls::parse_uri(address).value();
    const auto found = url.params().find(name);
    return found == url.params().end() ? std::string() : std::string((*found).value);
}

}  // namespace

FakeProvider::FakeProvider(const Clock& clock) : clock_(clock) {
    server_.answer_with([this](const http::Request& request) { return answer(request); });
}

ProviderConfig FakeProvider::with_issuer() const {
    ProviderConfig made;
    made.client_id = provider_client;
    made.secret = config::Secret(provider_secret);
    made.issuer = issuer();
    return made;
}

ProviderConfig FakeProvider::with_endpoints(const std::string& userinfo) const {
    ProviderConfig made;
    made.client_id = provider_client;
    made.secret = config::Secret(provider_secret);
    made.authorization_endpoint = issuer() + "/authorize";
    made.token_endpoint = issuer() + "/token";
    made.userinfo_endpoint = issuer() + userinfo;
    return made;
}

ProviderConfig FakeProvider::config() const {
    ProviderConfig made = with_issuer();
    made.name = "fake";
    return made;
}

void FakeProvider::demand(ClientProof proof) {
    const std::lock_guard lock(mutex_);
    proof_ = proof;
}

void FakeProvider::describe_as(boost::json::object members) {
    const std::lock_guard lock(mutex_);
    described_as_ = std::move(members);
}

std::string FakeProvider::last_token_request() const {
    const std::lock_guard lock(mutex_);
    return last_token_request_;
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

boost::json::object FakeProvider::discovery() const {
    const char* method = proof_ == ClientProof::form ? "client_secret_post" : "client_secret_basic";
    boost::json::object document{{"issuer", issuer()},
                                 {"authorization_endpoint", issuer() + "/authorize"},
                                 {"token_endpoint", issuer() + "/token"},
                                 {"userinfo_endpoint", issuer() + "/userinfo"},
                                 {"jwks_uri", issuer() + "/jwks"},
                                 {"scopes_supported", boost::json::array{"openid", "email"}},
                                 {"token_endpoint_auth_methods_supported", boost::json::array{method}}};
    for (const auto& [name, value] : described_as_) {
        if (value.is_null()) {
            document.erase(name);
        } else {
            document[name] = value;
        }
    }
    return document;
}

/// Facebook's Graph API: only what is asked for, and only to who has the secret of the app.
http::Response FakeProvider::me(const http::Request& request) const {
    const std::string proof = crypto::hex_encode(crypto::hmac_sha256(provider_secret, access_token));
    const std::string fields = request.query_param("fields").value_or("id");
    if (request.query_param("appsecret_proof") != proof) return http::json_response(400, R"({"error":{"code":100}})");
    boost::json::object answer{{"id", last_claims_.at("id")}};
    for (const char* name : {"name", "email", "picture"}) {
        if (fields.find(name) != std::string::npos && last_claims_.contains(name)) answer[name] = last_claims_.at(name);
    }
    return http::json_response(200, boost::json::serialize(answer));
}

http::Response FakeProvider::answer(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    const std::string path(request.path());
    if (path == "/.well-known/openid-configuration") {
        return http::json_response(200, boost::json::serialize(discovery()));
    }
    if (path == "/jwks") {
        const boost::json::object keys{{"keys", boost::json::array{key_.public_jwk()}}};
        return http::json_response(200, boost::json::serialize(keys));
    }
    if (path == "/token") return token(request);
    if (request.header("authorization") != std::string("Bearer ") + access_token) return http::json_response(401, "{}");
    if (path == "/userinfo") return http::json_response(200, boost::json::serialize(last_claims_));
    if (path == "/me") return me(request);
    if (path == "/user" && !request.header("user-agent").empty()) {
        return http::json_response(200, R"({"id":4711,"login":"octo","name":"Octo Cat","avatar_url":"https://a/x"})");
    }
    if (path == "/user/emails") {
        return http::json_response(200, boost::json::serialize(last_claims_.at("emails").as_array()));
    }
    return http::json_response(404, "{}");
}

bool FakeProvider::is_our_client(const http::Request& request, const std::string& id, const std::string& secret) const {
    const std::string pair = std::string(provider_client) + ":" + provider_secret;
    const bool by_header = request.header("authorization") == "Basic " + crypto::base64_encode(pair);
    const bool by_form = id == provider_client && secret == provider_secret;
    return (by_header && proof_ != ClientProof::form) || (by_form && proof_ != ClientProof::header);
}

http::Response FakeProvider::token(const http::Request& request) {
    last_token_request_ = request.body;
    auto form = api::form_members(request.body);
    if (!is_our_client(request, form["client_id"], form["client_secret"])) {
        return http::json_response(401, R"({"error":"invalid_client"})");
    }
    const auto trip = trips_.find(form["code"]);
    const std::string& verifier = form["code_verifier"];
    const std::string challenge = verifier.empty() ? "" : crypto::base64url_encode(crypto::sha256(verifier));
    if (trip == trips_.end() || challenge != trip->second.challenge) {
        return http::json_response(400, R"({"error":"invalid_grant"})");
    }
    last_claims_ = trip->second.claims;
    boost::json::object claims{{"nonce", trip->second.nonce}};
    for (auto& [name, value] : trip->second.claims) claims[name] = value;
    const boost::json::object body{{"access_token", access_token},
                                   {"refresh_token", "their-refresh-token"},
                                   {"token_type", "bearer"},
                                   {"id_token", id_token(claims)}};
    trips_.erase(trip);
    return http::json_response(200, boost::json::serialize(body));
}

}  // namespace tt::auth
