#include "platform/crypto/hash.hpp"
#include "services/auth-service/tests/provider_kit.hpp"

namespace tt::auth {
namespace {

TEST_F(ProviderTest, AStrangerBecomesAnAccount) {
    AuthWorld world(config());
    const Begun begun = begin(world, pkce());
    EXPECT_EQ(from_address(begun.url, "redirect_uri"), "http://site.test/auth/v1/callback");
    EXPECT_EQ(from_address(begun.url, "code_challenge_method"), "S256");
    EXPECT_NE(from_address(begun.url, "nonce"), "");
    const std::string landed = come_back(world, begun, verified("s1", "Grace@Example.com"));
    EXPECT_TRUE(landed.starts_with("http://site.test?code=")) << landed;
    const Answer session = swap(world, from_address(landed, "code"));
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(text_at(session.body, "/user/email"), "grace@example.com");
    EXPECT_EQ(text_at(session.body, "/user/app_metadata/provider"), "fake");
    EXPECT_EQ(text_at(session.body, "/user/identities/0/provider"), "fake");
    EXPECT_EQ(text_at(session.body, "/user/user_metadata/full_name"), "Grace");
    EXPECT_EQ(session.str("provider_token"), "their-access-token");
    EXPECT_EQ(session.str("provider_refresh_token"), "their-refresh-token");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.flow_states"), "0");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM integ.outbox WHERE topic='user.created'"), "1");

    // The second time it is the same account, whatever address the provider tells now.
    const std::string again = come_back(world, begin(world, pkce()), verified("s1", "other@example.com"));
    EXPECT_EQ(text_at(swap(world, from_address(again, "code")).body, "/user/id"), text_at(session.body, "/user/id"));
    EXPECT_EQ(world.sign_in("grace@example.com", "").code(), "invalid_credentials");
}

TEST_F(ProviderTest, WithoutPkceTheSessionIsInTheFragment) {
    AuthWorld world(config());
    const std::string landed = come_back(world, begin(world), verified("s1", "grace@example.com"));
    EXPECT_TRUE(landed.starts_with("http://site.test#access_token=")) << landed;
    EXPECT_NE(from_address(landed, "refresh_token"), "");
    EXPECT_EQ(from_address(landed, "provider_token"), "their-access-token");
    EXPECT_EQ(world.get("/auth/v1/user", from_address(landed, "access_token")).status, 200U);
}

// S024
TEST_F(ProviderTest, AStateIsGoodOnceAndInOneBrowser) {
    AuthWorld world(config());
    const Begun begun = begin(world);
    const std::string state = from_address(begun.url, "state");
    const auto code = [&] { return provider.sign_in(begun.url, verified("s1", "grace@example.com")); };
    const auto error = [&](const std::string& query, const std::string& cookie) {
        return from_address(callback(world, query, cookie), "error_code");
    };
    EXPECT_EQ(error("code=" + code(), begun.cookie), "bad_oauth_state");
    EXPECT_EQ(error("state=nonsense&code=" + code(), begun.cookie), "bad_oauth_state");
    EXPECT_EQ(error("state=" + state + "&code=" + code(), "tt_flow=" + std::string(43, 'x')), "bad_oauth_state");
    // Shown in another browser it is void: somebody may be trying to sign a person in to a strange account.
    EXPECT_EQ(error("state=" + state + "&code=" + code(), begun.cookie), "bad_oauth_state");

    const Begun second = begin(world);
    const std::string good = "state=" + from_address(second.url, "state") +
                             "&code=" + provider.sign_in(second.url, verified("s1", "grace@example.com"));
    EXPECT_NE(from_address(callback(world, good, second.cookie), "access_token"), "");
    EXPECT_EQ(error(good, second.cookie), "bad_oauth_state");

    const Begun late = begin(world);
    world.clock.advance(std::chrono::seconds(601));
    EXPECT_EQ(error("state=" + from_address(late.url, "state") + "&code=x", late.cookie), "bad_oauth_state");
}

// S024: redirect_to outside of the allow-list
TEST_F(ProviderTest, NobodyIsLedElsewhere) {
    AuthWorld world(config());
    for (const char* target : {"https://evil.test", "//evil.test", "\\\\evil.test", "http://site.test.evil/",
                               "http://site.test@evil.test/", "javascript:alert(1)"}) {
        const Begun begun = begin(world, pkce() + "&redirect_to=" + http::percent_encode(target));
        const std::string landed = come_back(world, begun, verified("s1", "grace@example.com"));
        EXPECT_TRUE(landed.starts_with("http://site.test?code=")) << target << ' ' << landed;
    }
    const Begun begun = begin(world, pkce() + "&redirect_to=" + http::percent_encode("http://academy.test:8001/x?y=1"));
    EXPECT_TRUE(come_back(world, begun, verified("s1", "grace@example.com"))
                    .starts_with("http://academy.test:8001/x?y=1&code="));
}

TEST_F(ProviderTest, TokensThatAreNotForUsLetNobodyIn) {
    AuthWorld world(config());
    struct Row {
        const char* name;
        boost::json::object claims;
    };
    const auto now = std::chrono::floor<std::chrono::seconds>(provider_clock.now()).time_since_epoch().count();
    const Row rows[] = {
        {"nonce", {{"sub", "s1"}, {"nonce", "of another sign-in"}}},
        {"audience", {{"sub", "s1"}, {"aud", "another-client"}}},
        {"issuer", {{"sub", "s1"}, {"iss", "https://accounts.example.com"}}},
        {"expired", {{"sub", "s1"}, {"exp", now - 60}}},
        {"no expiry", {{"sub", "s1"}, {"exp", nullptr}}},
        {"from the future", {{"sub", "s1"}, {"iat", now + 600}}},
        {"nobody", {{"email", "grace@example.com"}}},
        {"two audiences", {{"sub", "s1"}, {"aud", boost::json::array{"our-client", "other"}}}},
        {"at_hash", {{"sub", "s1"}, {"at_hash", "AAAAAAAAAAAAAAAAAAAAAA"}}},
    };
    for (const Row& row : rows) {
        boost::json::object claims = row.claims;
        claims["email"] = "grace@example.com";
        claims["email_verified"] = true;
        const std::string landed = come_back(world, begin(world), claims);
        EXPECT_EQ(from_address(landed, "error_code"), "bad_oauth_callback") << row.name << landed;
    }
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "0");
    EXPECT_EQ(world.database.scalar("SELECT count(*) > 0 FROM auth.audit_entries WHERE outcome='failure'"), "t");
}

TEST_F(ProviderTest, WhatTheProviderRefusesIsTold) {
    AuthWorld world(config());
    const Begun begun = begin(world, pkce());
    const std::string landed =
        callback(world, "state=" + from_address(begun.url, "state") + "&error=access_denied", begun.cookie);
    EXPECT_EQ(from_address(landed, "error"), "access_denied");
    EXPECT_EQ(from_address(landed, "error_code"), "bad_oauth_callback");
    const Begun second = begin(world);
    EXPECT_EQ(
        from_address(callback(world, "state=" + from_address(second.url, "state") + "&code=unknown", second.cookie),
                     "error_code"),
        "bad_oauth_callback");
}

TEST_F(ProviderTest, ANewKeyOfTheProviderIsFetched) {
    AuthWorld world(config());
    come_back(world, begin(world), verified("s1", "grace@example.com"));
    provider.rotate_key();
    world.clock.advance(std::chrono::seconds(31));
    EXPECT_NE(from_address(come_back(world, begin(world), verified("s1", "grace@example.com")), "access_token"), "");
}

TEST_F(ProviderTest, AVerifiedAddressJoinsTheAccountThatHasProvenIt) {
    AuthWorld world(config());
    const std::string id = text_at(world.sign_up("grace@example.com").body, "/user/id");
    const std::string landed = come_back(world, begin(world, pkce()), verified("s1", "grace@example.com"));
    const Answer session = swap(world, from_address(landed, "code"));
    EXPECT_EQ(text_at(session.body, "/user/id"), id);
    EXPECT_EQ(session["user"].at("identities").as_array().size(), 2U);
    EXPECT_EQ(world.sign_in("grace@example.com").status, 200U);  // the password stays
}

// S025
TEST_F(ProviderTest, AnUnverifiedAddressIsNeverLinked) {
    AuthWorld world(config(false));
    const std::string id = world
                               .call({http::Method::post, "/auth/v1/admin/users",
                                      R"({"email":"owner@example.com","email_confirm":true})", service_key()})
                               .str("id");
    const boost::json::object claims{{"sub", "thief"}, {"email", "owner@example.com"}, {"email_verified", false}};
    const std::string landed = come_back(world, begin(world), claims);
    EXPECT_EQ(from_address(landed, "error_code"), "provider_email_needs_verification");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.identities WHERE provider='fake'"), "0");

    // For an address that nobody has the answer is the same, and a mail goes out.
    const boost::json::object fresh{{"sub", "new"}, {"email", "new@example.com"}, {"email_verified", false}};
    const std::string other = come_back(world, begin(world), fresh);
    EXPECT_EQ(from_address(other, "error_code"), "provider_email_needs_verification");
    EXPECT_NE(world.mailer.wait_for_text("new@example.com"), "");
    EXPECT_EQ(from_address(come_back(world, begin(world), fresh), "error_code"), "provider_email_needs_verification");
    world.database.exec("UPDATE auth.users SET email_confirmed_at = now() WHERE email = 'new@example.com'");
    EXPECT_NE(from_address(come_back(world, begin(world), fresh), "access_token"), "");
    EXPECT_NE(id, "");
}

TEST_F(ProviderTest, AnAccountOpenedByAStrangerIsHandedToTheOwnerWithoutTheStrangersPassword) {
    AuthWorld world(config(false));
    world.sign_up("victim@example.com", "the stranger's password");  // never confirmed
    const std::string landed = come_back(world, begin(world), verified("s1", "victim@example.com"));
    EXPECT_NE(from_address(landed, "access_token"), "") << landed;
    EXPECT_EQ(world.sign_in("victim@example.com", "the stranger's password").code(), "invalid_credentials");
    EXPECT_EQ(world.database.scalar("SELECT string_agg(provider, ',') FROM auth.identities"), "fake");
}

TEST_F(ProviderTest, BannedPeopleAndClosedSignUps) {
    AuthConfig closed = config();
    closed.is_signup_open = false;
    AuthWorld world(closed);
    EXPECT_EQ(from_address(come_back(world, begin(world), verified("s1", "late@example.com")), "error_code"),
              "signup_disabled");
    world.call({http::Method::post, "/auth/v1/admin/users",
                R"({"email":"banned@example.com","email_confirm":true,"ban_duration":"24h"})", service_key()});
    EXPECT_EQ(from_address(come_back(world, begin(world), verified("s2", "banned@example.com")), "error_code"),
              "user_banned");
}

TEST_F(ProviderTest, ProvidersThatAreNotSetUp) {
    AuthWorld world(config());
    for (const char* query : {"", "?provider=", "?provider=google", "?provider=unheard"}) {
        const Answer answer = world.get(std::string("/auth/v1/authorize") + query);
        EXPECT_EQ(answer.status, 400U) << query;
        EXPECT_EQ(answer.code(), "validation_failed");
        EXPECT_TRUE(answer.str("msg").starts_with("Unsupported provider: ")) << answer.text;
    }
    EXPECT_EQ(world.get("/auth/v1/authorize?provider=fake&code_challenge=x").code(), "validation_failed");
    const Answer settings = world.get("/auth/v1/settings");
    EXPECT_EQ(settings["external"].at("fake"), true);
    EXPECT_EQ(settings["external"].at("github"), true);
    EXPECT_EQ(settings["external"].at("google"), false);
}

// A person who presses a button must not end up in front of JSON.
TEST_F(ProviderTest, ABrowserComesBackWithWhatWentWrong) {
    AuthWorld world(config());
    Call call{http::Method::get,
              "/auth/v1/authorize?provider=google&redirect_to=http%3A%2F%2Fsite.test%2Fsession%2Fcallback" + pkce()};
    call.headers = {{"Sec-Fetch-Mode", "navigate"}};
    const Answer answer = world.call(std::move(call));
    EXPECT_EQ(answer.status, 303U) << answer.text;
    const std::string landed(answer.headers.find("location").value_or(""));
    EXPECT_TRUE(
        landed.starts_with("http://site.test/session/callback?error=invalid_request&error_code=validation_failed"))
        << landed;
}

TEST_F(ProviderTest, LinkingNeedsTheVerifierOfWhoBegan) {
    AuthWorld world(config());
    const Answer mine = world.sign_up("mine@example.com");
    const std::string token = mine.str("access_token");
    const std::string path = "/auth/v1/user/identities/authorize?provider=fake&skip_http_redirect=true";
    EXPECT_EQ(world.get(path, token).code(), "validation_failed");  // no PKCE
    const Answer begun = world.get(path + pkce(), token);
    ASSERT_EQ(begun.status, 200U) << begun.text;
    const std::string landed = come_back(world, {begun.str("url"), ""}, verified("s9", "elsewhere@example.com"));
    const std::string code = from_address(landed, "code");
    // Proven, but nothing has happened yet: somebody else may have been lured into finishing this flow.
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.identities WHERE provider='fake'"), "0");
    const Answer session = swap(world, code);
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(text_at(session.body, "/user/id"), text_at(mine.body, "/user/id"));
    EXPECT_EQ(session["user"].at("identities").as_array().size(), 2U);
    EXPECT_EQ(text_at(session.body, "/user/email"), "mine@example.com");

    const std::string other = world.sign_up("second@example.com").str("access_token");
    const Answer taken = world.get(path + pkce(), other);
    EXPECT_EQ(from_address(come_back(world, {taken.str("url"), ""}, verified("s9", "x@example.com")), "error_code"),
              "identity_already_exists");
    AuthConfig off = config();
    off.linking.manual = false;
    AuthWorld without(off);
    const Answer refused = without.get(path + pkce(), without.sign_up("x@example.com").str("access_token"));
    EXPECT_EQ(refused.status, 404U);
    EXPECT_EQ(refused.code(), "manual_linking_disabled");
    EXPECT_EQ(without.get(path).code(), "no_authorization");
}

TEST_F(ProviderTest, AnUnlinkedIdentityIsFreeAgain) {
    AuthWorld world(config());
    world.sign_up("grace@example.com");
    const std::string landed = come_back(world, begin(world, pkce()), verified("s1", "grace@example.com"));
    const Answer session = swap(world, from_address(landed, "code"));
    std::string identity;
    for (const auto& one : session["user"].at("identities").as_array()) {
        if (text_at(one, "/provider") == "fake") identity = text_at(one, "/identity_id");
    }
    EXPECT_EQ(
        world.call({http::Method::delete_, "/auth/v1/user/identities/" + identity, "", session.str("access_token")})
            .status,
        200U);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.identity_owners"), "0");
}

TEST_F(ProviderTest, AnIdTokenOfAnAppSignsIn) {
    AuthWorld world(config());
    const auto grant = [&](const std::string& members) {
        return world.post("/auth/v1/token?grant_type=id_token", "{" + members + "}");
    };
    const std::string nonce = "the app's nonce";
    boost::json::object claims = verified("app", "app@example.com");
    claims["nonce"] = crypto::sha256_hex(nonce);
    const std::string token = provider.id_token(claims);
    const Answer session = grant(R"("provider":"fake","id_token":")" + token + R"(","nonce":")" + nonce + "\"");
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(text_at(session.body, "/user/email"), "app@example.com");
    EXPECT_EQ(grant(R"("client_id":"our-client","issuer":")" + provider.issuer() + R"(","id_token":")" + token +
                    R"(","nonce":")" + nonce + "\"")
                  .status,
              200U);

    EXPECT_EQ(grant(R"("provider":"fake")").str("error_description"), "id_token required");
    EXPECT_EQ(grant(R"("id_token":"x")").str("error_description"), "provider or client_id and issuer required");
    EXPECT_EQ(grant(R"("provider":"fake","id_token":")" + token + "\"").str("error_description"),
              "Passed nonce and nonce in id_token should either both exist or not.");
    EXPECT_NE(grant(R"("provider":"fake","nonce":"other","id_token":")" + token + "\"").status, 200U);
    EXPECT_NE(grant(R"("provider":"fake","id_token":"a.b.c")").status, 200U);
    EXPECT_EQ(
        grant(R"("provider":"google","id_token":")" + provider.id_token(verified("a", "a@example.com")) + "\"").code(),
        "provider_disabled");
    EXPECT_EQ(
        grant(R"("provider":"custom","id_token":")" + provider.id_token(verified("a", "a@example.com")) + "\"").code(),
        "validation_failed");
    // Signed with a shared secret, or by nobody.
    const std::string hmac = crypto::sign_jwt_hs256("our-secret", {{"iss", provider.issuer()},
                                                                   {"aud", "our-client"},
                                                                   {"sub", "app"},
                                                                   {"email", "app@example.com"},
                                                                   {"iat", 1767225600},
                                                                   {"exp", 1767229200}});
    EXPECT_NE(grant(R"("provider":"fake","id_token":")" + hmac + "\"").status, 200U);
}

TEST_F(ProviderTest, HooksAreAskedBeforeAnAccountIsMade) {
    FakeServer hook;
    AuthWorld world(asking(hook));
    hook.answer_json(200, R"({"error":{"http_code":403,"message":"not you"}})");
    const std::string landed = come_back(world, begin(world), verified("s1", "grace@example.com"));
    EXPECT_EQ(from_address(landed, "error_description"), "not you");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "0");
}

}  // namespace
}  // namespace tt::auth
