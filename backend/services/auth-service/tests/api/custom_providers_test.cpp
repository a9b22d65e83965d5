#include "platform/crypto/hash.hpp"
#include "services/auth-service/src/api/oauth.hpp"
#include "services/auth-service/tests/provider_kit.hpp"

namespace tt::auth {
namespace {

namespace bj = boost::json;

constexpr const char* custom_root = "/auth/v1/admin/custom-providers";

class CustomProviderTest : public ProviderTest {
protected:
    /// What a test says about a provider; null takes a member away.
    using Members = bj::object;

    static bj::object with(bj::object body, const Members& members) {
        for (const auto& [name, value] : members) {
            if (value.is_null()) {
                body.erase(name);
            } else {
                body[name] = value;
            }
        }
        return body;
    }

    bj::object oauth2(const Members& members = {}) const {
        return with({{"provider_type", "oauth2"},
                     {"identifier", "custom:acme"},
                     {"name", "Acme"},
                     {"client_id", "our-client"},
                     {"client_secret", "our-secret"},
                     {"scopes", bj::array{"people.read"}},
                     {"authorization_url", provider.issuer() + "/authorize"},
                     {"token_url", provider.issuer() + "/token"},
                     {"userinfo_url", provider.issuer() + "/userinfo"}},
                    members);
    }

    bj::object oidc(const Members& members = {}) const {
        return with({{"provider_type", "oidc"},
                     {"identifier", "custom:corp"},
                     {"name", "Corp"},
                     {"client_id", "our-client"},
                     {"client_secret", "our-secret"},
                     {"scopes", bj::array{"email"}},
                     {"issuer", provider.issuer()}},
                    members);
    }

    static Answer create(AuthWorld& world, const bj::object& body) {
        return world.post(custom_root, bj::serialize(body), service_key());
    }
    static Answer change(AuthWorld& world, const std::string& identifier, const bj::object& body) {
        return world.put(std::string(custom_root) + '/' + identifier, bj::serialize(body), service_key());
    }
    static Answer look(AuthWorld& world, const std::string& tail = "") {
        return world.get(custom_root + tail, service_key());
    }
    static Answer remove(AuthWorld& world, const std::string& identifier) {
        return world.call({http::Method::delete_, std::string(custom_root) + '/' + identifier, "", service_key()});
    }
    static Answer id_token_grant(AuthWorld& world, const bj::object& body) {
        return world.post("/auth/v1/token?grant_type=id_token", bj::serialize(body));
    }
};

TEST_F(CustomProviderTest, AnOauth2ProviderIsAddedShownAndSignedInAt) {
    AuthWorld world(config());
    const Answer made = create(world, oauth2({{"authorization_params", bj::object{{"audience", "people"}}}}));
    ASSERT_EQ(made.status, 201U) << made.text;
    EXPECT_EQ(made.str("provider_type"), "oauth2");
    EXPECT_EQ(made.str("identifier"), "custom:acme");
    EXPECT_EQ(made.str("token_url"), provider.issuer() + "/token");
    EXPECT_EQ(made["enabled"], true);
    EXPECT_EQ(made["pkce_enabled"], true);
    EXPECT_EQ(made["acceptable_client_ids"], bj::array());
    EXPECT_EQ(made.text.find("secret"), std::string::npos) << made.text;
    EXPECT_EQ(look(world, "/custom:acme").text, made.text);

    const Begun begun = begin(world, "&scopes=more", "custom:acme");
    EXPECT_EQ(from_address(begun.url, "scope"), "people.read more");
    EXPECT_EQ(from_address(begun.url, "audience"), "people");
    EXPECT_EQ(from_address(begun.url, "code_challenge_method"), "S256");
    EXPECT_EQ(from_address(begun.url, "redirect_uri"), "http://site.test/auth/v1/callback");
    const std::string landed = come_back(world, begun, verified("a1", "ada@example.com"));
    const Answer user = world.get("/auth/v1/user", from_address(landed, "access_token"));
    ASSERT_EQ(user.status, 200U) << landed;
    EXPECT_EQ(user.str("email"), "ada@example.com");
    EXPECT_EQ(text_at(user.body, "/app_metadata/provider"), "custom:acme");
    EXPECT_EQ(text_at(user.body, "/identities/0/provider"), "custom:acme");
    EXPECT_EQ(text_at(user.body, "/identities/0/id"), "a1");
    // As upstream: /settings names what the configuration has.
    EXPECT_FALSE(world.get("/auth/v1/settings")["external"].as_object().contains("custom:acme"));
}

TEST_F(CustomProviderTest, AnOidcProviderIsAddedWithWhatItTellsOfItself) {
    AuthWorld world(config());
    const Answer made = create(world, oidc());
    ASSERT_EQ(made.status, 201U) << made.text;
    EXPECT_EQ(made["scopes"], (bj::array{"openid", "email"}));
    EXPECT_EQ(text_at(made.body, "/discovery_document/token_endpoint"), provider.issuer() + "/token");
    EXPECT_EQ(made["discovery_document"].at("scopes_supported"), (bj::array{"openid", "email"}));
    const Begun begun = begin(world, pkce(), "custom:corp");
    EXPECT_EQ(from_address(begun.url, "scope"), "openid email");
    EXPECT_NE(from_address(begun.url, "nonce"), "");
    const std::string landed = come_back(world, begun, verified("c1", "grace@example.com"));
    const Answer session = swap(world, from_address(landed, "code"));
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(text_at(session.body, "/user/app_metadata/provider"), "custom:corp");

    const std::string nonce = "the app's nonce";
    bj::object claims = verified("c1", "grace@example.com");
    claims["nonce"] = crypto::sha256_hex(nonce);
    const bj::object grant{{"provider", "custom:corp"}, {"id_token", provider.id_token(claims)}, {"nonce", nonce}};
    const Answer again = id_token_grant(world, grant);
    ASSERT_EQ(again.status, 200U) << again.text;
    EXPECT_EQ(text_at(again.body, "/user/id"), text_at(session.body, "/user/id"));
}

TEST_F(CustomProviderTest, AnIdentityOfOneIsLinkedByHand) {
    AuthWorld world(config());
    create(world, oidc());
    const std::string token = world.sign_up("mine@example.com").str("access_token");
    const std::string path = "/auth/v1/user/identities/authorize?provider=custom:corp&skip_http_redirect=true" + pkce();
    const Answer begun = world.get(path, token);
    ASSERT_EQ(begun.status, 200U) << begun.text;
    const std::string landed = come_back(world, {begun.str("url"), ""}, verified("c9", "elsewhere@example.com"));
    const Answer session = swap(world, from_address(landed, "code"));
    EXPECT_EQ(text_at(session.body, "/user/email"), "mine@example.com");
    EXPECT_EQ(text_at(session.body, "/user/identities/1/provider"), "custom:corp") << session.text;
}

TEST_F(CustomProviderTest, TheSecretIsSealedForItsRow) {
    AuthWorld world(config());
    create(world, oauth2());
    create(world, oauth2({{"identifier", "custom:other"}}));
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.custom_providers "
                                    "WHERE position('our-secret'::bytea IN secret) > 0"),
              "0");
    EXPECT_EQ(look(world).text.find("secret"), std::string::npos);
    // Moved to another row it does not open.
    world.database.exec(
        "UPDATE auth.custom_providers SET secret = (SELECT secret FROM auth.custom_providers "
        "WHERE identifier = 'custom:other') WHERE identifier = 'custom:acme'");
    EXPECT_EQ(world.get("/auth/v1/authorize?provider=custom:acme").status, 500U);
    EXPECT_EQ(world.get("/auth/v1/authorize?provider=custom:other").status, 302U);
}

TEST_F(CustomProviderTest, TheyAreListedByType) {
    AuthWorld world(config());
    EXPECT_EQ(look(world)["providers"], bj::array());
    create(world, oauth2());
    world.clock.advance(std::chrono::seconds(1));
    create(world, oidc());
    const Answer all = look(world);
    ASSERT_EQ(all["providers"].as_array().size(), 2U) << all.text;
    EXPECT_EQ(text_at(all.body, "/providers/0/identifier"), "custom:corp");
    EXPECT_EQ(look(world, "?type=oauth2")["providers"].as_array().size(), 1U);
    EXPECT_EQ(text_at(look(world, "?type=oidc").body, "/providers/0/identifier"), "custom:corp");
    const Answer refused = look(world, "?type=saml");
    EXPECT_EQ(refused.status, 400U);
    EXPECT_EQ(refused.code(), "validation_failed");
}

TEST_F(CustomProviderTest, AChangeCountsAtOnce) {
    AuthWorld world(config());
    create(world, oauth2());
    world.clock.advance(std::chrono::seconds(5));
    const Answer changed = change(world, "custom:acme",
                                  {{"name", "Acme Ltd"},
                                   {"scopes", bj::array{"me"}},
                                   {"identifier", "custom:evil"},
                                   {"provider_type", "oidc"},
                                   {"token_url", ""}});
    ASSERT_EQ(changed.status, 200U) << changed.text;
    EXPECT_EQ(changed.str("name"), "Acme Ltd");
    EXPECT_EQ(changed.str("identifier"), "custom:acme");
    EXPECT_EQ(changed.str("provider_type"), "oauth2");
    EXPECT_EQ(changed.str("token_url"), provider.issuer() + "/token");
    EXPECT_NE(changed.str("updated_at"), changed.str("created_at"));
    EXPECT_EQ(from_address(begin(world, "", "custom:acme").url, "scope"), "me");

    EXPECT_EQ(change(world, "custom:acme", {{"client_secret", "wrong"}}).status, 200U);
    EXPECT_EQ(
        from_address(come_back(world, begin(world, "", "custom:acme"), verified("1", "a@example.com")), "error_code"),
        "bad_oauth_callback");
    EXPECT_EQ(change(world, "custom:acme", {{"client_secret", "our-secret"}}).status, 200U);
    EXPECT_EQ(signed_in_at(world, "custom:acme", verified("1", "a@example.com")).status, 200U);
}

TEST_F(CustomProviderTest, ADisabledOrRemovedOneLetsNobodyIn) {
    AuthWorld world(config());
    create(world, oidc());
    const Begun under_way = begin(world, "", "custom:corp");
    EXPECT_EQ(change(world, "custom:corp", {{"enabled", false}}).status, 200U);
    EXPECT_EQ(world.get("/auth/v1/authorize?provider=custom:corp").code(), "validation_failed");
    EXPECT_EQ(from_address(come_back(world, under_way, verified("1", "a@example.com")), "error_code"),
              "validation_failed");
    const std::string token = provider.id_token(verified("1", "a@example.com"));
    EXPECT_EQ(id_token_grant(world, {{"provider", "custom:corp"}, {"id_token", token}}).code(), "provider_disabled");

    change(world, "custom:corp", {{"enabled", true}});
    const std::string user = signed_in_at(world, "custom:corp", verified("1", "a@example.com")).str("id");
    EXPECT_EQ(remove(world, "custom:corp").status, 204U);
    EXPECT_EQ(remove(world, "custom:corp").code(), "custom_provider_not_found");
    EXPECT_EQ(look(world, "/custom:corp").status, 404U);
    EXPECT_EQ(id_token_grant(world, {{"provider", "custom:corp"}, {"id_token", token}}).code(), "validation_failed");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users WHERE id = '" + user + "'"), "1");
}

TEST_F(CustomProviderTest, WhatCannotBeAProviderIsRefused) {
    AuthWorld world(config());
    const std::string long_text(3000, 'x');
    const bj::array many(51, "x");
    const bj::object refused[] = {oauth2({{"provider_type", "saml"}}),
                                  oauth2({{"provider_type", nullptr}}),
                                  oauth2({{"identifier", nullptr}}),
                                  oauth2({{"identifier", "acme"}}),
                                  oauth2({{"identifier", "custom:"}}),
                                  oauth2({{"identifier", "custom:Acme"}}),
                                  oauth2({{"identifier", "custom:a b"}}),
                                  oauth2({{"identifier", "custom:-a"}}),
                                  oauth2({{"identifier", "custom:" + std::string(44, 'a')}}),
                                  oauth2({{"name", nullptr}}),
                                  oauth2({{"name", std::string(101, 'x')}}),
                                  oauth2({{"client_id", nullptr}}),
                                  oauth2({{"client_id", long_text}}),
                                  oauth2({{"client_secret", nullptr}}),
                                  oauth2({{"client_secret", std::string(5000, 'x')}}),
                                  oauth2({{"authorization_url", nullptr}}),
                                  oauth2({{"token_url", nullptr}}),
                                  oauth2({{"userinfo_url", nullptr}}),
                                  oauth2({{"token_url", "http://example.com/token"}}),
                                  oauth2({{"token_url", "https://10.0.0.1/token"}}),
                                  oauth2({{"userinfo_url", "https://169.254.169.254/latest"}}),
                                  oauth2({{"jwks_uri", "ftp://example.com/"}}),
                                  oauth2({{"authorization_url", "https://user@example.com/"}}),
                                  oauth2({{"token_url", "https://[fd00::1]/"}}),
                                  oauth2({{"token_url", "https://example.com/" + long_text}}),
                                  oauth2({{"authorization_params", bj::object{{"redirect_uri", "https://evil.test"}}}}),
                                  oauth2({{"authorization_params", bj::object{{"State", "x"}}}}),
                                  oauth2({{"authorization_params", bj::object{{"request_uri", "x"}}}}),
                                  oauth2({{"authorization_params", bj::object{{"prompt", 1}}}}),
                                  oauth2({{"attribute_mapping", bj::object{{"role", "their_role"}}}}),
                                  oauth2({{"attribute_mapping", bj::object{{"email_verified", true}}}}),
                                  oauth2({{"attribute_mapping", bj::object{{"sub", 1}}}}),
                                  oauth2({{"custom_claims_allowlist", bj::array{" "}}}),
                                  oauth2({{"custom_claims_allowlist", many}}),
                                  oauth2({{"scopes", many}}),
                                  oauth2({{"scopes", bj::array{"a b"}}}),
                                  oauth2({{"acceptable_client_ids", bj::array{""}}}),
                                  oidc({{"issuer", nullptr}}),
                                  oidc({{"issuer", "http://example.com"}}),
                                  oidc({{"discovery_url", "https://192.168.0.1/x"}})};
    for (const bj::object& body : refused) {
        const Answer answer = create(world, body);
        EXPECT_EQ(answer.status, 400U) << bj::serialize(body) << answer.text;
        EXPECT_EQ(answer.code(), "validation_failed") << bj::serialize(body);
    }
    for (const char* body : {"[]", "{", R"({"scopes":"a"})", R"({"enabled":"yes"})", R"({"attribute_mapping":[]})",
                             R"({"name":7})", R"({"acceptable_client_ids":[1]})"}) {
        EXPECT_EQ(world.post(custom_root, body, service_key()).code(), "bad_json") << body;
    }
    EXPECT_EQ(look(world)["providers"], bj::array());
}

TEST_F(CustomProviderTest, ADiscoveryDocumentThatIsNoneIsRefused) {
    AuthWorld world(config());
    const Members lies[] = {{{"issuer", "https://evil.test"}},
                            {{"token_endpoint", nullptr}},
                            {{"jwks_uri", nullptr}},
                            {{"authorization_endpoint", nullptr}},
                            {{"token_endpoint", "https://10.0.0.1/token"}},
                            {{"userinfo_endpoint", "http://example.com/"}}};
    for (const Members& lie : lies) {
        provider.describe_as(lie);
        const Answer answer = create(world, oidc());
        EXPECT_EQ(answer.status, 400U) << answer.text;
        EXPECT_EQ(answer.code(), "validation_failed") << answer.text;
    }
    provider.describe_as({});
    EXPECT_EQ(create(world, oidc({{"discovery_url", provider.issuer() + "/nowhere"}})).code(), "validation_failed");
    EXPECT_EQ(create(world, oidc({{"issuer", "http://127.0.0.1:1"}})).code(), "validation_failed");
    EXPECT_EQ(create(world, oidc()).status, 201U);
    // A change to another issuer is looked at in the same way, and leaves everything as it was.
    EXPECT_EQ(change(world, "custom:corp", {{"issuer", "http://127.0.0.1:1"}}).code(), "validation_failed");
    EXPECT_EQ(look(world, "/custom:corp").str("issuer"), provider.issuer());
    const std::string found = provider.issuer() + "/.well-known/openid-configuration";
    EXPECT_EQ(change(world, "custom:corp", {{"discovery_url", found}}).str("discovery_url"), found);
}

TEST_F(CustomProviderTest, OutsideOfDevelopmentNothingIsOnThisMachine) {
    AuthConfig strict = test_config(true);
    strict.calls_loopback = false;
    AuthWorld world(strict);
    EXPECT_EQ(create(world, oauth2()).code(), "validation_failed");
    EXPECT_EQ(create(world, oidc()).code(), "validation_failed");
    EXPECT_EQ(provider.server().calls(), 0U);
}

TEST_F(CustomProviderTest, OnlyAdministratorsMayLook) {
    AuthWorld world(config());
    create(world, oauth2());
    const std::string person = world.sign_up("person@example.com").str("access_token");
    const std::string one = std::string(custom_root) + "/custom:acme";
    const std::pair<http::Method, std::string> calls[] = {{http::Method::get, custom_root},
                                                          {http::Method::post, custom_root},
                                                          {http::Method::get, one},
                                                          {http::Method::put, one},
                                                          {http::Method::delete_, one}};
    for (const auto& [method, path] : calls) {
        const Answer nobody = world.call({method, path, "{}"});
        EXPECT_EQ(nobody.status, 401U) << path;
        EXPECT_EQ(nobody.code(), "no_authorization");
        const Answer somebody = world.call({method, path, "{}", person});
        EXPECT_EQ(somebody.status, 403U) << path;
        EXPECT_EQ(somebody.code(), "not_admin");
    }
    const std::string admin = administrator_token(world, "admin@example.com");
    EXPECT_EQ(world.get(one, admin).status, 200U);
}

TEST_F(CustomProviderTest, UnknownOnesAndNamesThatAreNone) {
    AuthWorld world(config());
    EXPECT_EQ(look(world, "/custom:nobody").status, 404U);
    EXPECT_EQ(look(world, "/custom:nobody").code(), "custom_provider_not_found");
    EXPECT_EQ(change(world, "custom:nobody", {{"name", "x"}}).code(), "custom_provider_not_found");
    EXPECT_EQ(remove(world, "custom:nobody").status, 404U);
    for (const Answer& answer : {look(world, "/google"), change(world, "google", {}), remove(world, "google")}) {
        EXPECT_EQ(answer.status, 400U);
        EXPECT_EQ(answer.code(), "validation_failed");
    }
    EXPECT_EQ(world.get("/auth/v1/authorize?provider=custom:nobody").code(), "validation_failed");
    create(world, oauth2());
    const std::string token = provider.id_token(verified("1", "a@example.com"));
    EXPECT_EQ(id_token_grant(world, {{"provider", "custom:acme"}, {"id_token", token}}).code(), "validation_failed");
}

TEST_F(CustomProviderTest, TheSameTwiceIsAConflictAndOfSixteenAtOnceOneIsMade) {
    AuthWorld world(config());
    const auto answers =
        world.call_at_once({http::Method::post, custom_root, bj::serialize(oidc()), service_key()}, 16);
    int made = 0;
    for (const Answer& answer : answers) {
        if (answer.status == 201U) ++made;
        if (answer.status != 201U) EXPECT_EQ(answer.code(), "conflict") << answer.text;
    }
    EXPECT_EQ(made, 1);
    EXPECT_EQ(create(world, oidc()).status, 400U);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.custom_providers"), "1");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action='custom_provider_changed'"),
              "1");
}

TEST_F(CustomProviderTest, NoMoreThanTheQuotaGetsThrough) {
    AuthConfig few = config();
    few.custom_providers.max_providers = 2;
    AuthWorld world(few);
    std::vector<std::future<Answer>> running;
    for (std::size_t i = 0; i < 8; ++i) {
        const auto body = oauth2({{"identifier", "custom:p" + std::to_string(i)}});
        running.push_back(world.start({http::Method::post, custom_root, bj::serialize(body), service_key()}, i % 2));
    }
    for (auto& one : running) {
        const Answer answer = one.get();
        if (answer.status == 201U) continue;
        EXPECT_EQ(answer.status, 400U);
        EXPECT_EQ(answer.code(), "over_custom_provider_quota") << answer.text;
    }
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.custom_providers"), "2");
}

TEST_F(CustomProviderTest, WhereTheyAreOffThereAreNone) {
    AuthConfig off = config();
    AuthWorld on(off);
    off.custom_providers.is_enabled = false;
    AuthWorld world(off);
    EXPECT_EQ(look(world).status, 404U);
    EXPECT_EQ(look(world).code(), "feature_disabled");
    EXPECT_EQ(create(world, oauth2()).code(), "feature_disabled");
    EXPECT_EQ(world.get("/auth/v1/authorize?provider=custom:acme").code(), "validation_failed");
}

TEST_F(CustomProviderTest, AdministratorsAreCounted) {
    AuthConfig counted = config();
    counted.limits.admin = 2;
    AuthWorld world(counted);
    EXPECT_EQ(look(world).status, 200U);
    EXPECT_EQ(look(world).status, 200U);
    EXPECT_EQ(look(world).status, 429U);
}

TEST_F(CustomProviderTest, ARestartKeepsThem) {
    AuthWorld world(config());
    create(world, oauth2());
    const std::string id = signed_in_at(world, "custom:acme", verified("1", "a@example.com")).str("id");
    // Another process on the same database.
    AuthService later(world.pool.database("svc_auth"), world.envelope, world.hasher, world.mailer, world.runtime.get(),
                      world.clock, config());
    const auto setup = world.runtime.run(later.federation().custom_providers().setup("custom:acme"));
    ASSERT_TRUE(setup);
    EXPECT_EQ(setup->secret, "our-secret");
    EXPECT_EQ(setup->scopes, "people.read");
    EXPECT_EQ(signed_in_at(world, "custom:acme", verified("1", "a@example.com")).str("id"), id);
}

TEST_F(CustomProviderTest, EveryChangeIsInTheLog) {
    AuthWorld world(config());
    const std::string admin = administrator_token(world, "admin@example.com");
    world.post(custom_root, bj::serialize(oauth2()), admin);
    change(world, "custom:acme", {{"client_secret", "another secret"}});
    remove(world, "custom:acme");
    EXPECT_EQ(world.database.scalar("SELECT string_agg(actor_kind || ' ' || (details->>'change') || ' ' || "
                                    "(details->>'provider'), ', ' ORDER BY id) FROM auth.audit_entries "
                                    "WHERE action = 'custom_provider_changed'"),
              "admin created custom:acme, service changed custom:acme, service removed custom:acme");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE details::text LIKE '%secret%'"),
              "0");
}

TEST_F(CustomProviderTest, ClaimsAreMappedAndKept) {
    AuthWorld world(config());
    create(world, oauth2({{"attribute_mapping", bj::object{{"sub", "id"}, {"name", "display"}, {"email", "mail"}}},
                          {"custom_claims_allowlist", bj::array{"groups", "missing"}}}));
    const bj::object person{{"id", 77},
                            {"display", "Ada"},
                            {"mail", "ada@example.com"},
                            {"email_verified", true},
                            {"groups", bj::array{"staff"}},
                            {"password", "x"}};
    const Answer user = signed_in_at(world, "custom:acme", person);
    EXPECT_EQ(text_at(user.body, "/identities/0/id"), "77") << user.text;
    EXPECT_EQ(text_at(user.body, "/user_metadata/full_name"), "Ada");
    EXPECT_EQ(text_at(user.body, "/user_metadata/custom_claims/groups/0"), "staff");
    EXPECT_EQ(user["user_metadata"].at("custom_claims").as_object().size(), 1U);
    // What is verified there is another claim than the one that was taken.
    EXPECT_EQ(user["user_metadata"].at("email_verified"), false);
    EXPECT_EQ(user.text.find("password"), std::string::npos);
}

TEST_F(CustomProviderTest, AnAccountMayBeWithoutAnAddress) {
    AuthWorld world(config(false));
    create(world, oauth2());
    const bj::object person{{"sub", "n1"}, {"name", "Nobody"}};
    EXPECT_EQ(from_address(come_back(world, begin(world, "", "custom:acme"), person), "error_code"),
              "email_address_not_provided");
    change(world, "custom:acme", {{"email_optional", true}});
    const Answer user = signed_in_at(world, "custom:acme", person);
    EXPECT_EQ(user.str("email"), "") << user.text;
    EXPECT_EQ(user["is_anonymous"], false);
    EXPECT_EQ(signed_in_at(world, "custom:acme", person).str("id"), user.str("id"));
    EXPECT_NE(signed_in_at(world, "custom:acme", {{"sub", "n2"}}).str("id"), user.str("id"));
}

TEST_F(CustomProviderTest, ProvidersWithoutPkceAndWithoutTheHeader) {
    AuthWorld world(config());
    create(world, oauth2({{"pkce_enabled", false}}));
    EXPECT_EQ(from_address(begin(world, "", "custom:acme").url, "code_challenge"), "");
    EXPECT_EQ(signed_in_at(world, "custom:acme", verified("1", "a@example.com")).status, 200U);
    EXPECT_EQ(provider.last_token_request().find("code_verifier"), std::string::npos);
    provider.demand(ClientProof::form);
    EXPECT_EQ(signed_in_at(world, "custom:acme", verified("1", "a@example.com")).status, 200U);
    EXPECT_NE(provider.last_token_request().find("client_secret=our-secret"), std::string::npos);
    provider.demand(ClientProof::header);
    EXPECT_EQ(signed_in_at(world, "custom:acme", verified("1", "a@example.com")).status, 200U);
    EXPECT_EQ(provider.last_token_request().find("client_secret"), std::string::npos);
}

TEST_F(CustomProviderTest, FurtherClientsAndTokensWithoutOurNonce) {
    AuthWorld world(config());
    create(world, oidc());
    bj::object claims = verified("1", "a@example.com");
    claims["aud"] = "the-app";
    claims["nonce"] = "of the app's library";
    const bj::object grant{{"provider", "custom:corp"}, {"id_token", provider.id_token(claims)}};
    EXPECT_EQ(id_token_grant(world, grant).str("error_description"),
              "Passed nonce and nonce in id_token should either both exist or not.");
    change(world, "custom:corp", {{"skip_nonce_check", true}});
    EXPECT_EQ(id_token_grant(world, grant).str("error_description"), "Bad ID token: Unacceptable audience in id_token");
    change(world, "custom:corp", {{"acceptable_client_ids", bj::array{"the-app"}}});
    EXPECT_EQ(id_token_grant(world, grant).status, 200U);
}

}  // namespace
}  // namespace tt::auth
