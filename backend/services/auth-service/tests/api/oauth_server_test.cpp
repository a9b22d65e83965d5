#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "services/auth-service/src/domain/oauth_request.hpp"
#include "services/auth-service/tests/admin_kit.hpp"

#include <gtest/gtest.h>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <set>

namespace tt::auth {
namespace {

constexpr const char* verifier = "a-verifier-of-forty-three-characters-or-more-0123456789";
constexpr const char* client_address = "https://client.test/callback";

std::string challenge() {
    return crypto::base64url_encode(crypto::sha256(verifier));
}

std::string member_of(const std::string& address, const std::string& name) {
    const auto url = boost::urls::parse_uri(address);
    if (!url) return {};
    const auto found = url->params().find(name);
    return found == url->params().end() ? std::string() : std::string((*found).value);
}

class OauthTest : public ::testing::Test {
protected:
    AuthWorld world{test_config(true)};
    std::string client_id;
    std::string client_secret;
    std::string token;  // of the person who is asked

    void SetUp() override {
        const Answer made = register_client(R"("client_name":"Other program")");
        client_id = made.str("client_id");
        client_secret = made.str("client_secret");
        token = world.sign_up("person@example.com").str("access_token");
    }

    Answer register_client(const std::string& members) {
        return world.call({http::Method::post, "/auth/v1/admin/oauth/clients",
                           R"({"redirect_uris":["https://client.test/callback"],)" + members + "}", service_key()});
    }

    std::string ask(QueryMembers changes = {}) {
        QueryMembers members{{"client_id", client_id},        {"redirect_uri", client_address},
                             {"response_type", "code"},       {"scope", "openid email profile"},
                             {"state", "their state"},        {"nonce", "their nonce"},
                             {"code_challenge", challenge()}, {"code_challenge_method", "S256"}};
        for (const auto& [name, value] : changes) {
            for (auto& member : members) {
                if (member.first == name) member.second = value;
            }
        }
        const Answer answer = world.get(with_query("/auth/v1/oauth/authorize", members));
        last_ = answer;
        return std::string(answer.headers.find("location").value_or(""));
    }

    std::string consent_path(const std::string& location) {
        return "/auth/v1/oauth/authorizations/" + member_of(location, "authorization_id");
    }

    std::string code_of(const std::string& location) {
        const Answer seen = world.get(consent_path(location), token);
        if (const std::string url = seen.str("redirect_url"); !url.empty()) return member_of(url, "code");
        const Answer agreed = world.post(consent_path(location) + "/consent", R"({"action":"approve"})", token);
        return member_of(agreed.str("redirect_url"), "code");
    }

    Answer swap(const std::string& code, const std::string& given_verifier = verifier, std::string secret = "") {
        if (secret.empty()) secret = client_secret;
        const boost::json::object body{{"grant_type", "authorization_code"},
                                       {"code", code},
                                       {"redirect_uri", client_address},
                                       {"code_verifier", given_verifier}};
        return basic(body, client_id, secret);
    }

    Answer refresh_with(const std::string& refresh_token, const std::string& id, const std::string& secret) {
        return basic({{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}}, id, secret);
    }

    Answer basic(const boost::json::object& body, const std::string& id, const std::string& secret) {
        Call call{http::Method::post, "/auth/v1/oauth/token", boost::json::serialize(body), ""};
        call.headers = {{"Authorization", "Basic " + crypto::base64_encode(id + ":" + secret)}};
        return world.call(std::move(call));
    }

    Answer last_;
};

TEST_F(OauthTest, ACodeBecomesTokensForTheClient) {
    const std::string location = ask();
    EXPECT_TRUE(location.starts_with("http://site.test/oauth/consent?authorization_id=")) << location;
    const Answer asked = world.get(consent_path(location), token);
    ASSERT_EQ(asked.status, 200U) << asked.text;
    EXPECT_EQ(text_at(asked.body, "/client/name"), "Other program");
    EXPECT_EQ(text_at(asked.body, "/user/email"), "person@example.com");
    EXPECT_EQ(asked.str("scope"), "openid email profile");

    const Answer agreed = world.post(consent_path(location) + "/consent", R"({"action":"approve"})", token);
    const std::string back = agreed.str("redirect_url");
    EXPECT_TRUE(back.starts_with("https://client.test/callback?code=")) << back;
    EXPECT_EQ(member_of(back, "state"), "their state");
    EXPECT_EQ(member_of(back, "iss"), "http://site.test/auth/v1");

    const Answer tokens = swap(member_of(back, "code"));
    ASSERT_EQ(tokens.status, 200U) << tokens.text;
    EXPECT_EQ(tokens.str("token_type"), "bearer");
    EXPECT_FALSE(tokens.body.as_object().contains("user"));
    EXPECT_EQ(tokens.headers.find("cache-control"), "no-store");

    const auto keys = crypto::KeySet::parse(world.get("/auth/v1/.well-known/jwks.json").text);
    const auto identity =
        crypto::verify_jwt(tokens.str("id_token"), *keys, {.issuer = "http://site.test/auth/v1", .audience = client_id},
                           world.clock.now());
    ASSERT_TRUE(identity) << identity.error().message;
    EXPECT_EQ(identity->members.at("nonce"), "their nonce");
    EXPECT_EQ(identity->members.at("email"), "person@example.com");
    EXPECT_EQ(identity->members.at("email_verified"), true);

    const Answer info = world.get("/auth/v1/oauth/userinfo", tokens.str("access_token"));
    ASSERT_EQ(info.status, 200U) << info.text;
    EXPECT_EQ(info.str("sub"), identity->subject);
    EXPECT_EQ(info.str("name"), "Ada");
}

TEST_F(OauthTest, ATokenOfAnotherProgramOpensNothingElse) {
    const Answer tokens = swap(code_of(ask()));
    const std::string access = tokens.str("access_token");
    EXPECT_EQ(world.get("/auth/v1/user", access).code(), "bad_jwt");
    EXPECT_EQ(world.call({http::Method::put, "/auth/v1/user", R"({"data":{"a":1}})", access}).code(), "bad_jwt");
    EXPECT_EQ(world.get("/auth/v1/user/oauth/grants", access).code(), "bad_jwt");
    EXPECT_EQ(world.get(consent_path(ask()), access).code(), "bad_jwt");
    // Nor is the ID token an access token, nor its refresh token one of the site's.
    EXPECT_EQ(world.get("/auth/v1/oauth/userinfo", tokens.str("id_token")).status, 401U);
    EXPECT_EQ(world.refresh(tokens.str("refresh_token")).code(), "refresh_token_not_found");
}

TEST_F(OauthTest, ACodeWorksOnceAndASecondUseEndsTheSession) {
    const std::string code = code_of(ask());
    const Answer first = swap(code);
    ASSERT_EQ(first.status, 200U) << first.text;
    const Answer second = swap(code);
    EXPECT_EQ(second.status, 400U);
    EXPECT_EQ(second.str("error"), "invalid_grant");
    EXPECT_EQ(world.get("/auth/v1/oauth/userinfo", first.str("access_token")).status, 401U);
    EXPECT_EQ(refresh_with(first.str("refresh_token"), client_id, client_secret).str("error"), "invalid_grant");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action='token_reused'"), "1");
}

TEST_F(OauthTest, OfEightExchangesAtOnceOneWinsAndNothingIsLeft) {
    const std::string code = code_of(ask());
    Call call{http::Method::post, "/auth/v1/oauth/token",
              R"({"grant_type":"authorization_code","code":")" + code + R"(","code_verifier":")" + verifier + "\"}",
              ""};
    call.headers = {{"Authorization", "Basic " + crypto::base64_encode(client_id + ":" + client_secret)}};
    std::size_t won = 0;
    for (const Answer& answer : world.call_at_once(call, 8)) won += answer.status == 200 ? 1 : 0;
    EXPECT_EQ(won, 1U);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.sessions WHERE client_id IS NOT NULL"), "0");
}

TEST_F(OauthTest, WhatIsWrongWithACode) {
    EXPECT_EQ(swap(code_of(ask()), "another-verifier-of-forty-three-characters-0123456789").str("error"),
              "invalid_grant");
    EXPECT_EQ(swap("nonsense").str("error"), "invalid_grant");
    const std::string late = code_of(ask());
    world.clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(swap(late).str("error"), "invalid_grant");
    EXPECT_EQ(swap(code_of(ask()), verifier, "wrong secret").str("error"), "invalid_client");

    const Answer other = register_client(R"("client_name":"Thief")");
    const std::string code = code_of(ask());
    const boost::json::object body{{"grant_type", "authorization_code"}, {"code", code}, {"code_verifier", verifier}};
    EXPECT_EQ(basic(body, other.str("client_id"), other.str("client_secret")).str("error"), "invalid_grant");
    EXPECT_EQ(swap(code).status, 200U);  // the thief has not used it up
}

TEST_F(OauthTest, RefreshBelongsToTheClient) {
    const Answer tokens = swap(code_of(ask()));
    const Answer other = register_client(R"("client_name":"Other")");
    EXPECT_EQ(
        refresh_with(tokens.str("refresh_token"), other.str("client_id"), other.str("client_secret")).str("error"),
        "invalid_grant");
    const Answer fresh = refresh_with(tokens.str("refresh_token"), client_id, client_secret);
    ASSERT_EQ(fresh.status, 200U) << fresh.text;
    EXPECT_EQ(world.get("/auth/v1/oauth/userinfo", fresh.str("access_token")).status, 200U);
    const Answer site = world.sign_in("person@example.com");
    EXPECT_EQ(refresh_with(site.str("refresh_token"), client_id, client_secret).str("error"), "invalid_grant");
}

// RFC 9700 §4.1: never a redirect to an address that is not registered, letter by letter.
TEST_F(OauthTest, RedirectAddressesMatchExactly) {
    for (const char* address :
         {"https://client.test/callback/", "https://client.test/callback?x=1", "https://client.test/Callback",
          "https://client.test.evil/callback", "https://client.test@evil.test/callback", "http://client.test/callback",
          "https://evil.test/callback", "//client.test/callback", "https:\\\\client.test\\callback", ""}) {
        EXPECT_EQ(ask({{"redirect_uri", address}}), "") << address;
        EXPECT_EQ(last_.code(), "validation_failed") << address;
    }
    EXPECT_EQ(ask({{"client_id", to_string(uuid_v4())}}), "");
    EXPECT_EQ(last_.code(), "oauth_client_not_found");
}

TEST_F(OauthTest, OtherMistakesGoBackToTheClient) {
    struct Row {
        const char* name;
        const char* value;
        const char* error;
    };
    const Row rows[] = {{"response_type", "token", "unsupported_response_type"},
                        {"scope", "openid everything", "invalid_scope"},
                        {"code_challenge", "", "invalid_request"},
                        {"code_challenge", "short", "invalid_request"},
                        {"code_challenge_method", "plain", "invalid_request"}};
    for (const Row& row : rows) {
        const std::string location = ask({{row.name, row.value}});
        EXPECT_TRUE(location.starts_with("https://client.test/callback?error=")) << row.name << location;
        EXPECT_EQ(member_of(location, "error"), row.error) << row.name << row.value;
        EXPECT_EQ(member_of(location, "state"), "their state") << row.name;
        EXPECT_EQ(member_of(location, "iss"), "http://site.test/auth/v1") << row.name;
    }
}

TEST_F(OauthTest, DenyingTellsTheClientAndDecidesForGood) {
    const std::string location = ask();
    world.get(consent_path(location), token);
    const Answer denied = world.post(consent_path(location) + "/consent", R"({"action":"deny"})", token);
    EXPECT_EQ(member_of(denied.str("redirect_url"), "error"), "access_denied");
    EXPECT_EQ(world.post(consent_path(location) + "/consent", R"({"action":"approve"})", token).code(),
              "validation_failed");
    EXPECT_EQ(world.get("/auth/v1/user/oauth/grants", token).body.as_array().size(), 0U);
}

TEST_F(OauthTest, ARequestBelongsToWhoLookedAtItFirst) {
    const std::string location = ask();
    const std::string other = world.sign_up("other@example.com").str("access_token");
    EXPECT_EQ(world.post(consent_path(location) + "/consent", R"({"action":"approve"})", token).code(),
              "oauth_authorization_not_found");
    EXPECT_EQ(world.get(consent_path(location), token).status, 200U);
    EXPECT_EQ(world.get(consent_path(location), other).code(), "oauth_authorization_not_found");
    EXPECT_EQ(world.post(consent_path(location) + "/consent", R"({"action":"approve"})", other).code(),
              "oauth_authorization_not_found");
    EXPECT_EQ(world.get(consent_path(location)).code(), "no_authorization");
    EXPECT_EQ(world.post(consent_path(location) + "/consent", R"({"action":"maybe"})", token).code(),
              "validation_failed");
    world.clock.advance(std::chrono::seconds(601));
    EXPECT_EQ(world.get(consent_path(location), world.sign_in("person@example.com").str("access_token")).code(),
              "oauth_authorization_not_found");
}

TEST_F(OauthTest, ARequestCanBeLeftToAnotherAccount) {
    const std::string path = consent_path(ask());
    const std::string other = world.sign_up("other@example.com").str("access_token");
    const auto release = [&](const std::string& bearer) { return world.post(path + "/release", "{}", bearer); };
    EXPECT_EQ(release(token).code(), "oauth_authorization_not_found");  // nobody's yet
    EXPECT_EQ(world.get(path, token).status, 200U);
    EXPECT_EQ(release(other).code(), "oauth_authorization_not_found");
    EXPECT_EQ(release("").code(), "no_authorization");
    EXPECT_EQ(release(token).status, 204U);
    EXPECT_EQ(world.post(path + "/consent", R"({"action":"approve"})", token).code(), "oauth_authorization_not_found");
    EXPECT_EQ(world.get(path, other).status, 200U);
    EXPECT_EQ(world.get(path, token).code(), "oauth_authorization_not_found");
    EXPECT_EQ(world.post(path + "/consent", R"({"action":"approve"})", other).status, 200U);
    EXPECT_EQ(release(other).code(), "validation_failed");  // answered
}

// Whoever follows a program's link in a browser gets a page; programs get GoTrue's answer.
TEST_F(OauthTest, ABrowserIsShownInWordsWhatIsWrong) {
    const auto open = [this](const std::string& client) {
        Call call{http::Method::get,
                  with_query("/auth/v1/oauth/authorize",
                             {{"client_id", client}, {"redirect_uri", "https://evil.test/callback"}})};
        call.headers = {{"Sec-Fetch-Mode", "navigate"}};
        const Answer answer = world.call(std::move(call));
        EXPECT_EQ(answer.status, 303U);
        return std::string(answer.headers.find("location").value_or(""));
    };
    EXPECT_EQ(open(client_id), "http://site.test/oauth/consent?error_code=validation_failed");
    EXPECT_EQ(open(to_string(uuid_v4())), "http://site.test/oauth/consent?error_code=oauth_client_not_found");
}

TEST_F(OauthTest, ConsentIsRememberedAndCanBeTakenBack) {
    const Answer tokens = swap(code_of(ask()));
    const Answer again = world.get(consent_path(ask()), token);
    EXPECT_TRUE(again.str("redirect_url").starts_with("https://client.test/callback?code=")) << again.text;
    // More than was agreed to is asked about.
    EXPECT_EQ(world.get(consent_path(ask({{"scope", "openid email phone"}})), token).str("redirect_url"), "");

    const Answer grants = world.get("/auth/v1/user/oauth/grants", token);
    EXPECT_EQ(text_at(grants.body, "/0/client/id"), client_id);
    const std::string path = "/auth/v1/user/oauth/grants?client_id=";
    EXPECT_EQ(world.call({http::Method::delete_, path + client_id, "", token}).status, 204U);
    EXPECT_EQ(world.call({http::Method::delete_, path + client_id, "", token}).code(), "oauth_consent_not_found");
    EXPECT_EQ(world.call({http::Method::delete_, path + "x", "", token}).code(), "validation_failed");
    EXPECT_EQ(world.get("/auth/v1/oauth/userinfo", tokens.str("access_token")).status, 401U);
    EXPECT_EQ(refresh_with(tokens.str("refresh_token"), client_id, client_secret).str("error"), "invalid_grant");
    EXPECT_EQ(world.get(consent_path(ask()), token).str("redirect_url"), "");
}

TEST_F(OauthTest, ACodeIsWorthNothingOnceTheConsentIsTakenBack) {
    const std::string code = code_of(ask());
    const std::string path = "/auth/v1/user/oauth/grants?client_id=" + client_id;
    EXPECT_EQ(world.call({http::Method::delete_, path, "", token}).status, 204U);
    EXPECT_EQ(swap(code).str("error"), "invalid_grant");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.sessions WHERE client_id IS NOT NULL"), "0");
}

TEST_F(OauthTest, WhatWasAgreedToEarlierIsStillListed) {
    code_of(ask());
    code_of(ask({{"scope", "openid phone"}}));
    const Answer grants = world.get("/auth/v1/user/oauth/grants", token);
    EXPECT_EQ(boost::json::serialize(grants.body.as_array().at(0).at("scopes")),
              R"(["openid","email","profile","phone"])");
}

TEST_F(OauthTest, OurOwnSitesAreNotAskedAboutAndGetFullTokens) {
    const Answer ours = register_client(R"("client_name":"Academy","first_party":true)");
    client_id = ours.str("client_id");
    client_secret = ours.str("client_secret");
    const Answer seen = world.get(consent_path(ask()), token);
    const std::string code = member_of(seen.str("redirect_url"), "code");
    ASSERT_NE(code, "") << seen.text;
    const Answer tokens = swap(code);
    ASSERT_EQ(tokens.status, 200U) << tokens.text;
    EXPECT_EQ(world.get("/auth/v1/user", tokens.str("access_token")).status, 200U);
}

TEST_F(OauthTest, AProgramThatIsOursNoMoreKeepsNothing) {
    const Answer ours = register_client(R"("client_name":"Academy","first_party":true)");
    client_id = ours.str("client_id");
    client_secret = ours.str("client_secret");
    const Answer tokens = swap(code_of(ask()));
    ASSERT_EQ(world.get("/auth/v1/user", tokens.str("access_token")).status, 200U);
    const std::string waiting = code_of(ask());
    const Answer changed = world.call(
        {http::Method::put, "/auth/v1/admin/oauth/clients/" + client_id, R"({"first_party":false})", service_key()});
    ASSERT_EQ(changed.status, 200U) << changed.text;
    EXPECT_EQ(world.get("/auth/v1/user", tokens.str("access_token")).code(), "session_not_found");
    EXPECT_EQ(refresh_with(tokens.str("refresh_token"), client_id, client_secret).str("error"), "invalid_grant");
    EXPECT_EQ(swap(waiting).str("error"), "invalid_grant");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.sessions WHERE client_id IS NOT NULL"), "0");
}

// Blanks ask for nothing: then it is the default, never a token without a scope.
TEST_F(OauthTest, AScopeOfBlanksIsTheDefault) {
    code_of(ask());  // agreed to once, so that nobody is asked for what was agreed to
    for (const char* blank : {" ", "   "}) {
        const Answer tokens = swap(code_of(ask({{"scope", blank}})));
        ASSERT_EQ(tokens.status, 200U) << tokens.text;
        EXPECT_EQ(tokens.str("scope"), "email");
        EXPECT_EQ(world.get("/auth/v1/user", tokens.str("access_token")).code(), "bad_jwt");
    }
    AuthConfig config = test_config(true);
    config.oauth.default_scope = "";
    AuthWorld strict(config);
    const Answer made = strict.call({http::Method::post, "/auth/v1/admin/oauth/clients",
                                     R"({"redirect_uris":["https://client.test/callback"]})", service_key()});
    const Answer asked = strict.get(with_query("/auth/v1/oauth/authorize", {{"client_id", made.str("client_id")},
                                                                            {"redirect_uri", client_address},
                                                                            {"code_challenge", challenge()},
                                                                            {"code_challenge_method", "S256"}}));
    EXPECT_EQ(member_of(std::string(asked.headers.find("location").value_or("")), "error"), "invalid_scope");
}

// Not even a session that an older version has kept with an empty scope has a token for everything.
TEST_F(OauthTest, AnEmptyScopeIsAScope) {
    const Answer tokens = swap(code_of(ask()));
    world.database.exec("UPDATE auth.sessions SET scope = '' WHERE client_id IS NOT NULL");
    const Answer fresh = refresh_with(tokens.str("refresh_token"), client_id, client_secret);
    ASSERT_EQ(fresh.status, 200U) << fresh.text;
    EXPECT_EQ(world.get("/auth/v1/user", fresh.str("access_token")).code(), "bad_jwt");
}

TEST_F(OauthTest, TheTokenOfAnotherProgramSaysWhoseItIsAndNoMore) {
    const std::string access = swap(code_of(ask())).str("access_token");
    const auto begin = access.find('.') + 1;
    const auto payload = crypto::base64url_decode(access.substr(begin, access.rfind('.') - begin));
    const boost::json::value claims = boost::json::parse(payload.value());
    std::set<std::string> names;
    for (const auto& member : claims.as_object()) names.insert(std::string(member.key()));
    EXPECT_EQ(names, (std::set<std::string>{"iss", "sub", "aud", "exp", "iat", "jti", "session_id", "client_id",
                                            "scope", "aal", "auth_time"}));
}

TEST_F(OauthTest, APublicClientProvesItselfByPkceAlone) {
    const Answer app = register_client(R"("client_type":"public")");
    EXPECT_FALSE(app.body.as_object().contains("client_secret"));
    client_id = app.str("client_id");
    const std::string code = code_of(ask());
    const std::string form = "grant_type=authorization_code&client_id=" + client_id + "&code=" + code +
                             "&code_verifier=" + verifier + "&redirect_uri=https%3A%2F%2Fclient.test%2Fcallback";
    Call call{http::Method::post, "/auth/v1/oauth/token", form, ""};
    call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    EXPECT_EQ(world.call(call).status, 200U);
}

TEST_F(OauthTest, TokenRequestsThatAreNone) {
    const auto post = [this](const std::string& body) { return world.post("/auth/v1/oauth/token", body); };
    EXPECT_EQ(post("{").str("error"), "invalid_request");
    EXPECT_EQ(post("{}").str("error"), "invalid_client");
    EXPECT_EQ(post("{}").status, 401U);
    EXPECT_EQ(basic({{"grant_type", "password"}}, client_id, client_secret).str("error"), "unsupported_grant_type");
    EXPECT_EQ(basic({{"grant_type", "authorization_code"}}, client_id, client_secret).str("error"), "invalid_request");
    EXPECT_EQ(basic({}, client_id, client_secret).str("error"), "invalid_request");
    // A secret in the body, registered for the header.
    EXPECT_EQ(post(R"({"grant_type":"refresh_token","client_id":")" + client_id + R"(","client_secret":")" +
                   client_secret + "\"}")
                  .str("error"),
              "invalid_client");
    EXPECT_EQ(world.get("/auth/v1/oauth/userinfo").code(), "no_authorization");
    EXPECT_EQ(world.get("/auth/v1/oauth/userinfo", "nonsense").status, 401U);
}

TEST_F(OauthTest, ClientsAreAdministered) {
    const auto admin = [this](http::Method method, const std::string& path, const std::string& body = "") {
        return world.call({method, "/auth/v1/admin/oauth/clients" + path, body, service_key()});
    };
    EXPECT_EQ(admin(http::Method::get, "/" + client_id).body.as_object().contains("client_secret"), false);
    EXPECT_EQ(text_at(admin(http::Method::get, "").body, "/clients/0/client_id"), client_id);
    const Answer changed = admin(http::Method::put, "/" + client_id, R"({"logo_uri":"https://client.test/logo.png"})");
    EXPECT_EQ(changed.str("logo_uri"), "https://client.test/logo.png");
    EXPECT_EQ(changed.str("client_name"), "Other program");
    EXPECT_EQ(admin(http::Method::put, "/" + client_id, "{}").code(), "validation_failed");
    const Answer renewed = admin(http::Method::post, "/" + client_id + "/regenerate_secret");
    EXPECT_NE(renewed.str("client_secret"), client_secret);
    EXPECT_EQ(refresh_with("x", client_id, client_secret).str("error"), "invalid_client");
    EXPECT_EQ(refresh_with("x", client_id, renewed.str("client_secret")).str("error"), "invalid_grant");
    client_secret = renewed.str("client_secret");

    const Answer tokens = swap(code_of(ask()));
    EXPECT_EQ(admin(http::Method::delete_, "/" + client_id).status, 204U);
    EXPECT_EQ(admin(http::Method::get, "/" + client_id).code(), "oauth_client_not_found");
    EXPECT_EQ(world.get("/auth/v1/oauth/userinfo", tokens.str("access_token")).status, 401U);
    EXPECT_EQ(world.get("/auth/v1/admin/oauth/clients", token).code(), "not_admin");
}

TEST_F(OauthTest, ClientsThatCannotBe) {
    const auto make = [this](const std::string& body) {
        return world.call({http::Method::post, "/auth/v1/admin/oauth/clients", body, service_key()});
    };
    for (
        const char* body : {
            "{}",
            R"({"redirect_uris":[]})",
            R"({"redirect_uris":["javascript:alert"]})",
            R"({"redirect_uris":["http://example.com/cb"]})",
            R"({"redirect_uris":["https://x.test/#a"]})",
            R"({"redirect_uris":["https://u@x.test/"]})",
            R"({"redirect_uris":["/cb"]})",
            R"({"redirect_uris":["https://x.test/"],"grant_types":["password"]})",
            R"({"redirect_uris":["https://x.test/"],"grant_types":[]})",
            R"({"redirect_uris":["https://x.test/"],"client_type":"public","token_endpoint_auth_method":"client_secret_post"})",
            R"({"redirect_uris":["https://x.test/"],"client_type":"secret"})",
            R"({"redirect_uris":["https://x.test/"],"logo_uri":"javascript:alert"})",
        }) {
        EXPECT_EQ(make(body).code(), "validation_failed") << body;
    }
    EXPECT_EQ(make(R"({"redirect_uris":"x"})").code(), "bad_json");
    EXPECT_EQ(make(R"({"redirect_uris":["http://localhost:3000/cb","http://127.0.0.1/cb","my.app://cb/x"]})").status,
              201U);
    EXPECT_EQ(world.post("/auth/v1/oauth/clients/register", R"({"redirect_uris":["https://x.test/"]})").code(),
              "oauth_dynamic_client_registration_disabled");
}

TEST_F(OauthTest, DiscoveryAndSaml) {
    for (const char* path :
         {"/auth/v1/.well-known/openid-configuration", "/auth/v1/.well-known/oauth-authorization-server",
          "/.well-known/oauth-authorization-server/auth/v1"}) {
        const Answer document = world.get(path);
        EXPECT_EQ(document.str("issuer"), "http://site.test/auth/v1") << path;
        EXPECT_EQ(document.str("token_endpoint"), "http://site.test/auth/v1/oauth/token");
        EXPECT_EQ(text_at(document.body, "/code_challenge_methods_supported/0"), "S256");
        EXPECT_FALSE(document.body.as_object().contains("registration_endpoint"));
    }
    const Answer sso = world.post("/auth/v1/sso", R"({"domain":"example.com"})");
    EXPECT_EQ(sso.status, 404U);
    EXPECT_EQ(sso.code(), "saml_provider_disabled");
    EXPECT_EQ(sso.str("msg"), "SAML 2.0 is disabled");
    EXPECT_EQ(world.get("/auth/v1/admin/sso/providers", service_key()).code(), "saml_provider_disabled");
    EXPECT_EQ(world.get("/auth/v1/admin/sso/providers").code(), "no_authorization");
}

}  // namespace
}  // namespace tt::auth
