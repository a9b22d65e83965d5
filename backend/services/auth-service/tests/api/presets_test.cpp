#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/src/provider_setup.hpp"
#include "services/auth-service/tests/provider_kit.hpp"

namespace tt::auth {
namespace {

namespace bj = boost::json;

class PresetTest : public ProviderTest {
protected:
    AuthConfig with_presets(bool autoconfirm = true) const {
        AuthConfig made = test_config(autoconfirm);
        made.providers.google = provider.google();
        made.providers.apple = provider.apple();
        made.providers.facebook = provider.facebook();
        made.providers.github = provider.github();
        return made;
    }

    /// The page of Apple posts the answer.
    Answer post_callback(AuthWorld& world, const Begun& begun, const bj::object& claims, const std::string& user = "") {
        Call call{http::Method::post, "/auth/v1/callback",
                  "state=" + from_address(begun.url, "state") + "&code=" + provider.sign_in(begun.url, claims)};
        if (!user.empty()) call.body += "&user=" + http::percent_encode(user);
        call.cookie = begun.cookie;
        call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        return world.call(call);
    }

    static bj::array emails_of_github(const std::string& address, bool is_verified) {
        return {bj::object{{"email", "spam@example.com"}, {"primary", false}, {"verified", true}},
                bj::object{{"email", address}, {"primary", true}, {"verified", is_verified}}};
    }
};

ProviderConfig client_of(const std::string& issuer = "") {
    ProviderConfig config;
    config.client_id = "c";
    config.issuer = issuer;
    return config;
}

// developers.google.com/identity/openid-connect, docs.github.com/apps/oauth-apps,
// developer.apple.com/sign-in-with-apple, developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
TEST(ProviderPresets, AreAsTheVendorsDocumentThem) {
    const auto setup = [](std::string_view name) {
        for (const ProviderPreset& preset : provider_presets) {
            if (preset.name == name) return setup_of(preset, client_of());
        }
        return ProviderSetup{};
    };
    const ProviderSetup google = setup("google");
    EXPECT_EQ(google.discovery_url, "https://accounts.google.com/.well-known/openid-configuration");
    EXPECT_EQ(google.scopes, "openid email profile");
    const ProviderSetup apple = setup("apple");
    EXPECT_EQ(apple.discovery_url, "https://appleid.apple.com/.well-known/openid-configuration");
    EXPECT_EQ(apple.scopes, "email name");
    EXPECT_TRUE(apple.posts_callback);
    const ProviderSetup github = setup("github");
    EXPECT_EQ(github.authorization_endpoint, "https://github.com/login/oauth/authorize");
    EXPECT_EQ(github.token_endpoint, "https://github.com/login/oauth/access_token");
    EXPECT_EQ(github.userinfo_endpoint, "https://api.github.com/user");
    EXPECT_EQ(github.scopes, "user:email");
    const ProviderSetup facebook = setup("facebook");
    EXPECT_TRUE(facebook.authorization_endpoint.starts_with("https://www.facebook.com/v"));
    EXPECT_TRUE(facebook.authorization_endpoint.ends_with("/dialog/oauth"));
    EXPECT_TRUE(facebook.token_endpoint.starts_with("https://graph.facebook.com/v"));
    EXPECT_TRUE(facebook.token_endpoint.ends_with("/oauth/access_token"));
    EXPECT_TRUE(facebook.userinfo_endpoint.ends_with("/me"));
    EXPECT_EQ(facebook.scopes, "email");
}

TEST(ProviderPresets, GoogleGoesByTwoNamesButOnlyGoogle) {
    EXPECT_EQ(setup_of(provider_presets[0], client_of()).other_issuer, "accounts.google.com");
    EXPECT_EQ(setup_of(provider_presets[0], client_of("https://idp.test")).other_issuer, "");
    const auto key = crypto::Es256Key::generate();
    const auto keys = crypto::parse_jwk_or_set(bj::serialize(key.public_jwk()));
    const platform::testing::FakeClock clock;
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    const std::string token = crypto::sign_jwt(
        key, {{"iss", "accounts.google.com"}, {"aud", "c"}, {"sub", "1"}, {"iat", now}, {"exp", now + 60}});
    IdTokenRules rules{.issuer = "https://accounts.google.com", .audiences = {"c"}, .now = clock.now()};
    EXPECT_FALSE(verify_id_token(token, *keys, rules));
    rules.other_issuer = "accounts.google.com";
    EXPECT_TRUE(verify_id_token(token, *keys, rules));
}

TEST_F(PresetTest, GoogleTakesTheClientInTheForm) {
    provider.demand(ClientProof::form);
    AuthWorld world(with_presets());
    const Begun begun = begin(world, "&access_type=offline&prompt=consent&hd=example.com", "google");
    EXPECT_TRUE(begun.url.starts_with(provider.issuer() + "/authorize?")) << begun.url;
    EXPECT_EQ(from_address(begun.url, "scope"), "openid email profile");
    EXPECT_EQ(from_address(begun.url, "access_type"), "offline");
    EXPECT_EQ(from_address(begun.url, "prompt"), "consent");
    EXPECT_EQ(from_address(begun.url, "hd"), "example.com");
    EXPECT_EQ(from_address(begun.url, "response_mode"), "");
    const std::string landed = come_back(world, begun,
                                         {{"sub", "1089"},
                                          {"email", "ada@gmail.com"},
                                          {"email_verified", true},
                                          {"name", "Ada"},
                                          {"picture", "https://p/x"}});
    EXPECT_EQ(from_address(landed, "provider_refresh_token"), "their-refresh-token") << landed;
    const Answer user = world.get("/auth/v1/user", from_address(landed, "access_token"));
    EXPECT_EQ(user.str("email"), "ada@gmail.com");
    EXPECT_EQ(text_at(user.body, "/app_metadata/provider"), "google");
    EXPECT_EQ(text_at(user.body, "/identities/0/id"), "1089");
    EXPECT_EQ(text_at(user.body, "/user_metadata/avatar_url"), "https://p/x");
    EXPECT_EQ(api::form_members(provider.last_token_request())["client_secret"], "our-secret");
}

TEST_F(PresetTest, GooglesOneTapSignsInWithItsIdToken) {
    AuthWorld world(with_presets());
    bj::object claims = verified("1089", "ada@gmail.com");
    claims["nonce"] = crypto::sha256_hex("raw nonce");
    const bj::object body{{"provider", "google"}, {"id_token", provider.id_token(claims)}, {"nonce", "raw nonce"}};
    const Answer session = world.post("/auth/v1/token?grant_type=id_token", bj::serialize(body));
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(text_at(session.body, "/user/app_metadata/provider"), "google");
}

TEST_F(PresetTest, WhatIsOursCannotBeSaidByTheClient) {
    AuthWorld world(with_presets());
    const Begun begun =
        begin(world,
              "&redirect_uri=https%3A%2F%2Fevil.test&client_id=evil&state=evil&nonce=evil&response_type=token&"
              "RESPONSE_MODE=fragment&request_uri=https%3A%2F%2Fevil.test&scope=all&login_hint=ada%40gmail.com",
              "google");
    EXPECT_EQ(begun.url.find("evil"), std::string::npos) << begun.url;
    EXPECT_EQ(begun.url.find("fragment"), std::string::npos) << begun.url;
    EXPECT_EQ(from_address(begun.url, "response_type"), "code");
    EXPECT_EQ(from_address(begun.url, "scope"), "openid email profile");
    EXPECT_EQ(from_address(begun.url, "login_hint"), "ada@gmail.com");
}

TEST_F(PresetTest, ApplePostsItsAnswerAndTellsTheNameOnce) {
    provider.demand(ClientProof::form);
    AuthConfig apple = with_presets();
    apple.site_url = "https://site.test";
    apple.providers.apple.secret = config::Secret("our-secret");
    AuthWorld world(apple);
    const Answer asked = world.get("/auth/v1/authorize?provider=apple");
    const std::string cookie(asked.headers.find("set-cookie").value_or(""));
    // The form comes from another site: without this the browser would leave the cookie out.
    EXPECT_NE(cookie.find("; SameSite=None; Secure"), std::string::npos) << cookie;
    const Begun begun{std::string(asked.headers.find("location").value_or("")), cookie.substr(0, cookie.find(';'))};
    EXPECT_EQ(from_address(begun.url, "response_mode"), "form_post");
    EXPECT_EQ(from_address(begun.url, "scope"), "email name");

    const bj::object claims{{"sub", "001.a"},
                            {"email", "x@privaterelay.appleid.com"},
                            {"email_verified", "true"},
                            {"is_private_email", "true"}};
    const Answer landed = post_callback(
        world, begun, claims, R"({"name":{"firstName":"Ada","lastName":"Lovelace"},"email":"evil@example.com"})");
    ASSERT_EQ(landed.status, 303U) << landed.text;
    const std::string target(landed.headers.find("location").value_or(""));
    const Answer user = world.get("/auth/v1/user", from_address(target, "access_token"));
    EXPECT_EQ(user.str("email"), "x@privaterelay.appleid.com") << target;
    EXPECT_EQ(text_at(user.body, "/user_metadata/full_name"), "Ada Lovelace");
    EXPECT_EQ(api::form_members(provider.last_token_request())["client_secret"], "our-secret");

    // Later the name is not told any more, and it stays.
    const Answer again = post_callback(world, begin(world, "", "apple"), claims);
    const std::string later(again.headers.find("location").value_or(""));
    EXPECT_EQ(text_at(world.get("/auth/v1/user", from_address(later, "access_token")).body, "/user_metadata/full_name"),
              "Ada Lovelace");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "1");
}

TEST_F(PresetTest, ANameOfAppleThatIsNoneIsLeftOut) {
    AuthWorld world(with_presets());
    int count = 0;
    for (const char* user : {"{", "[]", R"({"name":"Ada"})", R"({"name":{"firstName":7}})", R"({"name":{}})"}) {
        const std::string subject = std::to_string(++count);
        const Answer landed =
            post_callback(world, begin(world, "", "apple"),
                          {{"sub", subject}, {"email", subject + "@example.com"}, {"email_verified", true}}, user);
        const std::string target(landed.headers.find("location").value_or(""));
        const Answer me = world.get("/auth/v1/user", from_address(target, "access_token"));
        ASSERT_EQ(me.status, 200U) << user << target;
        EXPECT_FALSE(me["user_metadata"].as_object().contains("name")) << user;
    }
}

TEST_F(PresetTest, AFormWithoutTheCookieOrWithAnErrorLetsNobodyIn) {
    AuthWorld world(with_presets());
    Begun begun = begin(world, "", "apple");
    begun.cookie.clear();
    const Answer stolen = post_callback(world, begun, verified("1", "ada@example.com"));
    EXPECT_EQ(from_address(std::string(stolen.headers.find("location").value_or("")), "error_code"), "bad_oauth_state");

    const Begun second = begin(world, "", "apple");
    Call call{http::Method::post, "/auth/v1/callback",
              "state=" + from_address(second.url, "state") + "&error=user_cancelled_authorize"};
    call.cookie = second.cookie;
    call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    const Answer cancelled = world.call(call);
    EXPECT_EQ(from_address(std::string(cancelled.headers.find("location").value_or("")), "error_code"),
              "bad_oauth_callback");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "0");
}

TEST_F(PresetTest, FacebookIsAskedAtGraphWithAProofOfTheSecret) {
    AuthWorld world(with_presets());
    const bj::object person{{"id", "10158"},
                            {"name", "Ada"},
                            {"email", "ada@example.com"},
                            {"picture", bj::object{{"data", bj::object{{"url", "https://p/x"}}}}}};
    const Answer user = signed_in_at(world, "facebook", person);
    EXPECT_EQ(user.str("email"), "ada@example.com") << user.text;
    EXPECT_EQ(text_at(user.body, "/app_metadata/provider"), "facebook");
    EXPECT_EQ(text_at(user.body, "/identities/0/id"), "10158");
    EXPECT_EQ(text_at(user.body, "/user_metadata/avatar_url"), "https://p/x");
    EXPECT_EQ(provider.server().calls_of("/.well-known/openid-configuration"), 0U);
    EXPECT_EQ(provider.server().calls_of("/jwks"), 0U);
}

TEST_F(PresetTest, FacebookVouchesForNoAddress) {
    AuthWorld world(with_presets(false));
    world.call({http::Method::post, "/auth/v1/admin/users", R"({"email":"owner@example.com","email_confirm":true})",
                service_key()});
    const std::string landed =
        come_back(world, begin(world, "", "facebook"), {{"id", "666"}, {"email", "owner@example.com"}});
    EXPECT_EQ(from_address(landed, "error_code"), "provider_email_needs_verification");
    // People who registered there with a phone have none.
    const std::string without = come_back(world, begin(world, "", "facebook"), {{"id", "667"}, {"name", "Ada"}});
    EXPECT_EQ(from_address(without, "error_code"), "email_address_not_provided");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.identities WHERE provider='facebook'"), "0");
}

TEST_F(PresetTest, GitHubTellsItsPrimaryAddress) {
    AuthWorld world(with_presets());
    const Answer user = signed_in_at(world, "github", {{"emails", emails_of_github("octo@example.com", true)}});
    EXPECT_EQ(user.str("email"), "octo@example.com");
    EXPECT_EQ(text_at(user.body, "/user_metadata/user_name"), "octo");
    EXPECT_EQ(text_at(user.body, "/identities/0/id"), "4711");
    EXPECT_EQ(provider.server().calls_of("/user/emails"), 1U);
}

TEST_F(PresetTest, AnUnverifiedPrimaryAddressOfGitHubIsNotLinked) {
    AuthWorld world(with_presets(false));
    world.call({http::Method::post, "/auth/v1/admin/users", R"({"email":"octo@example.com","email_confirm":true})",
                service_key()});
    const std::string landed =
        come_back(world, begin(world, "", "github"), {{"emails", emails_of_github("octo@example.com", false)}});
    EXPECT_EQ(from_address(landed, "error_code"), "provider_email_needs_verification");
    // A verified one that is not the primary one does not count.
    const std::string none = come_back(
        world, begin(world, "", "github"),
        {{"emails", bj::array{bj::object{{"email", "octo@example.com"}, {"primary", false}, {"verified", true}}}}});
    EXPECT_EQ(from_address(none, "error_code"), "email_address_not_provided");
}

}  // namespace
}  // namespace tt::auth
