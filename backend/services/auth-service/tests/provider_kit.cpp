#include "services/auth-service/tests/provider_kit.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"

namespace tt::auth {
namespace {

constexpr const char* client_verifier = "the-verifier-of-the-client-forty-three-characters-long";

}  // namespace

std::string from_address(const std::string& address, const std::string& name) {
    for (const char separator : {'?', '&', '#'}) {
        const auto begin = address.find(separator + name + '=');
        if (begin == std::string::npos) continue;
        const auto value = begin + name.size() + 2;
        return http::decode_query(address.substr(value, address.find_first_of("&#", value) - value));
    }
    return {};
}

AuthConfig ProviderTest::config(bool autoconfirm) const {
    AuthConfig made = test_config(autoconfirm);
    made.providers.oidc = provider.config();
    made.providers.github = provider.github();
    made.linking.manual = true;
    return made;
}

AuthConfig ProviderTest::asking(const FakeServer& hook) const {
    AuthConfig asking = config();
    asking.hooks.before_user_created_uri = hook.url("/hook");
    asking.hooks.before_user_created_secrets = config::Secret("v1,whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    return asking;
}

ProviderTest::Begun ProviderTest::begin(AuthWorld& world, const std::string& parameters, const std::string& name) {
    const Answer answer = world.get("/auth/v1/authorize?provider=" + name + parameters);
    EXPECT_EQ(answer.status, 302U) << answer.text;
    const std::string set_cookie(answer.headers.find("set-cookie").value_or(""));
    return {std::string(answer.headers.find("location").value_or("")), set_cookie.substr(0, set_cookie.find(';'))};
}

std::string ProviderTest::callback(AuthWorld& world, const std::string& query, const std::string& cookie) {
    Call call{http::Method::get, "/auth/v1/callback?" + query};
    call.cookie = cookie;
    const Answer answer = world.call(call);
    EXPECT_EQ(answer.status, 303U) << answer.text;
    return std::string(answer.headers.find("location").value_or(""));
}

std::string ProviderTest::come_back(AuthWorld& world, const Begun& begun, const boost::json::object& claims) {
    const std::string code = provider.sign_in(begun.url, claims);
    return callback(world, "state=" + from_address(begun.url, "state") + "&code=" + code, begun.cookie);
}

Answer ProviderTest::signed_in_at(AuthWorld& world, const std::string& name, const boost::json::object& claims) {
    const std::string landed = come_back(world, begin(world, "", name), claims);
    EXPECT_NE(from_address(landed, "access_token"), "") << landed;
    return world.get("/auth/v1/user", from_address(landed, "access_token"));
}

std::string ProviderTest::pkce() {
    return "&code_challenge=" + crypto::base64url_encode(crypto::sha256(client_verifier)) +
           "&code_challenge_method=s256";
}

Answer ProviderTest::swap(AuthWorld& world, const std::string& code) {
    return world.post("/auth/v1/token?grant_type=pkce",
                      R"({"auth_code":")" + code + R"(","code_verifier":")" + client_verifier + "\"}");
}

boost::json::object ProviderTest::verified(const std::string& subject, const std::string& email) {
    return {{"sub", subject}, {"email", email}, {"email_verified", true}, {"name", "Grace"}};
}

}  // namespace tt::auth
