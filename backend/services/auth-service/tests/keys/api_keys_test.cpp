#include "services/auth-service/src/api_keys.hpp"

#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>

/// S067 and the routes of API keys.
namespace tt::auth {
namespace {

using namespace std::chrono_literals;

constexpr const char* keys_path = "/api/v1/api-keys";

class ApiKeyRoutes : public ::testing::Test {
protected:
    ApiKeyRoutes() {
        world_.router.route(http::Method::get, "/api/v1/courses", [](http::Request& request) -> Task<http::Response> {
            const auto& caller = principal(request);
            co_return http::text_response(200, to_string(caller.user_id.value()) + " " + caller.email);
        });
        token_ = world_.sign_up("ada@example.com").str("access_token");
    }
    Answer send(http::Method method, const std::string& path, const std::string& body = {}) {
        return world_.call({method, path, body, token_});
    }
    Answer create(const std::string& more = R"("scopes":["courses:read"])") {
        return send(http::Method::post, keys_path, R"({"name":"build",)" + more + "}");
    }
    unsigned use(const std::string& secret) { return world_.get("/api/v1/courses", secret).status; }
    static std::string id_of(const Answer& made) { return std::string(made["key"].at("id").as_string()); }
    /// Past what a gateway remembers.
    void forget() { world_.clock.advance(5s); }

    AuthWorld world_{test_config(true)};
    std::string token_;
};

TEST_F(ApiKeyRoutes, AKeyIsMadeShownOnceAndUsed) {
    const auto made = create();
    ASSERT_EQ(made.status, 201U) << made.text;
    EXPECT_EQ(made.headers.find("Cache-Control"), "no-store");
    const std::string secret = made.str("secret");
    EXPECT_TRUE(secret.starts_with("tt_live_"));
    const auto seen = world_.get("/api/v1/courses", secret);
    EXPECT_EQ(seen.status, 200U) << seen.text;
    EXPECT_NE(seen.text.find("ada@example.com"), std::string::npos);

    const auto listed = send(http::Method::get, keys_path);
    ASSERT_EQ(listed["items"].as_array().size(), 1U) << listed.text;
    EXPECT_EQ(listed.text.find(secret), std::string::npos);
    EXPECT_TRUE(listed["items"].at(0).at("last_used_at").is_string()) << listed.text;
    const auto one = send(http::Method::get, std::string(keys_path) + "/" + id_of(made));
    EXPECT_EQ(one.str("name"), "build");
}

TEST_F(ApiKeyRoutes, OnlyTheHashIsKept) {
    const std::string secret = create().str("secret");
    const std::string hash = world_.database.scalar("SELECT encode(secret_hash, 'hex') FROM auth.api_key_secrets");
    EXPECT_EQ(hash, world_.database.scalar("SELECT encode(sha256('" + secret + "'::bytea), 'hex')"));
    const std::string dump = world_.database.scalar(
        "SELECT (SELECT string_agg(k::text, '') FROM auth.api_keys k) || (SELECT string_agg(s::text, '') FROM "
        "auth.api_key_secrets s) || (SELECT string_agg(a::text, '') FROM auth.audit_entries a)");
    EXPECT_EQ(dump.find(secret.substr(31, 43)), std::string::npos);
}

TEST_F(ApiKeyRoutes, WhatAKeyMayNotIsRefused) {
    const std::string secret = create().str("secret");
    EXPECT_EQ(world_.get(keys_path, secret).status, 403U);
    EXPECT_EQ(world_.get("/auth/v1/user", secret).status, 403U);
    EXPECT_EQ(world_.post("/api/v1/courses", "{}", secret).status, 403U) << "a key for reading";
    const std::string far = create(R"("scopes":["*:write"],"allowed_ips":["192.0.2.0/24"])").str("secret");
    const auto refused = world_.get("/api/v1/courses", far);
    EXPECT_EQ(refused.status, 403U);
    EXPECT_EQ(refused.code(), "api_key_address_refused");
    const std::string other_area = create(R"("scopes":["profile:write"])").str("secret");
    EXPECT_EQ(world_.get("/api/v1/courses", other_area).code(), "insufficient_scope");
}

TEST_F(ApiKeyRoutes, ARevokedKeyIs401) {
    const auto made = create();
    EXPECT_EQ(use(made.str("secret")), 200U);
    const std::string path = std::string(keys_path) + "/" + id_of(made);
    EXPECT_EQ(send(http::Method::delete_, path).status, 204U);
    EXPECT_EQ(send(http::Method::delete_, path).status, 404U);
    forget();
    EXPECT_EQ(use(made.str("secret")), 401U);
    EXPECT_EQ(world_.database.scalar("SELECT count(*) FROM auth.api_key_owners"), "0");
    EXPECT_EQ(world_.database.scalar("SELECT count(*) FROM auth.revocations"), "1") << "gateways are told";
}

TEST_F(ApiKeyRoutes, AnExpiredKeyIs401) {
    const Time expiry = world_.clock.now() + 1h;
    const auto made = create(R"("scopes":["*:read"],"expires_at":")" + to_rfc3339(expiry) + "\"");
    ASSERT_EQ(made.status, 201U) << made.text;
    EXPECT_EQ(use(made.str("secret")), 200U);
    world_.clock.advance(1h);
    EXPECT_EQ(use(made.str("secret")), 401U);
}

TEST_F(ApiKeyRoutes, RotatingLeavesBothSecretsForADay) {
    const auto made = create();
    const std::string path = std::string(keys_path) + "/" + id_of(made) + "/rotate";
    const auto rotated = send(http::Method::post, path, "{}");
    ASSERT_EQ(rotated.status, 200U) << rotated.text;
    EXPECT_EQ(use(made.str("secret")), 200U);
    EXPECT_EQ(use(rotated.str("secret")), 200U);
    world_.clock.advance(24h);
    EXPECT_EQ(use(made.str("secret")), 401U);
    EXPECT_EQ(use(rotated.str("secret")), 200U);

    token_ = world_.sign_in("ada@example.com").str("access_token");
    const auto at_once = send(http::Method::post, path, R"({"overlap_s":0})");
    forget();
    EXPECT_EQ(use(rotated.str("secret")), 401U);
    EXPECT_EQ(use(at_once.str("secret")), 200U);
    EXPECT_EQ(send(http::Method::post, path, R"({"overlap_s":604801})").code(), "overlap_too_long");
    EXPECT_EQ(send(http::Method::post, path, R"({"overlap_s":-1})").status, 400U);
}

TEST_F(ApiKeyRoutes, SettingsAreChanged) {
    const auto made = create();
    const std::string path = std::string(keys_path) + "/" + id_of(made);
    const auto changed = send(http::Method::put, path, R"({"name":"deploy","scopes":["profile:read"]})");
    EXPECT_EQ(changed.status, 200U) << changed.text;
    EXPECT_EQ(changed.str("name"), "deploy");
    forget();
    EXPECT_EQ(use(made.str("secret")), 403U);
    EXPECT_EQ(send(http::Method::put, path, R"({"name":"","scopes":["x"]})").status, 422U);
}

// A key goes on when the session that made it has ended (ASVS 7.5.1).
TEST_F(ApiKeyRoutes, MoreOfAKeyNeedsAFreshProof) {
    const auto made = create();
    const std::string path = std::string(keys_path) + "/" + id_of(made);
    world_.clock.advance(11min);
    EXPECT_EQ(create().code(), "reauthentication_needed");
    EXPECT_EQ(send(http::Method::put, path, R"({"name":"x","scopes":["*:write"]})").code(), "reauthentication_needed");
    EXPECT_EQ(send(http::Method::post, path + "/rotate", "{}").code(), "reauthentication_needed");
    EXPECT_EQ(send(http::Method::get, keys_path).status, 200U);
    EXPECT_EQ(send(http::Method::delete_, path).status, 204U) << "less is always allowed";
    token_ = world_.sign_in("ada@example.com").str("access_token");
    EXPECT_EQ(create().status, 201U);
    world_.database.exec(
        "INSERT INTO auth.factors (user_id, id, factor_type, status, friendly_name, secret, created_at, updated_at) "
        "SELECT id, gen_random_uuid(), 'totp', 'verified', '', '\\x00', now(), now() FROM auth.users");
    EXPECT_EQ(create().code(), "insufficient_aal");
}

TEST_F(ApiKeyRoutes, SettingsThatMakeNoSenseAreNamed) {
    const auto wrong = create(R"("scopes":["everything"],"allowed_ips":["home"],"expires_at":"2020-01-01T00:00:00Z")");
    EXPECT_EQ(wrong.status, 422U);
    for (const char* pointer : {"/scopes", "/allowed_ips", "/expires_at"}) {
        EXPECT_NE(wrong.text.find(pointer), std::string::npos) << wrong.text;
    }
    EXPECT_EQ(create(R"("scopes":[])").status, 422U);
}

TEST_F(ApiKeyRoutes, KeysAreTheirOwnersOnly) {
    const auto made = create();
    token_ = world_.sign_up("eve@example.com").str("access_token");
    const std::string path = std::string(keys_path) + "/" + id_of(made);
    EXPECT_EQ(send(http::Method::get, path).status, 404U);
    EXPECT_EQ(send(http::Method::put, path, R"({"name":"x","scopes":["*:read"]})").status, 404U);
    EXPECT_EQ(send(http::Method::post, path + "/rotate", "{}").status, 404U);
    EXPECT_EQ(send(http::Method::delete_, path).status, 404U);
    EXPECT_EQ(send(http::Method::get, std::string(keys_path) + "/x").status, 404U);
    EXPECT_TRUE(send(http::Method::get, keys_path)["items"].as_array().empty());
    token_.clear();
    EXPECT_EQ(send(http::Method::get, keys_path).status, 401U);
}

TEST_F(ApiKeyRoutes, AKeyEndsWithItsOwner) {
    const std::string secret = create().str("secret");
    world_.database.exec("UPDATE auth.users SET banned_until = '2999-01-01'");
    EXPECT_EQ(use(secret), 401U);
    world_.database.exec("UPDATE auth.users SET banned_until = NULL");
    EXPECT_EQ(use(secret), 200U);
    world_.database.exec("DELETE FROM auth.users");
    forget();
    EXPECT_EQ(use(secret), 401U);
}

TEST_F(ApiKeyRoutes, FiftyAreTheMost) {
    for (std::size_t i = 0; i < ApiKeys::keys_per_person - 4; ++i) ASSERT_EQ(create().status, 201U);
    const auto raced =
        world_.call_at_once({http::Method::post, keys_path, R"({"name":"x","scopes":["*:read"]})", token_}, 8);
    EXPECT_EQ(std::count_if(raced.begin(), raced.end(), [](const Answer& one) { return one.status == 201; }), 4);
    EXPECT_EQ(create().code(), "too_many_api_keys");
}

/// A key has shown no second factor: roles that need one do not count, as in its owner's own aal1 sessions.
TEST(ApiKeyOfAnAdministrator, DropsTheRolesThatNeedASecondFactor) {
    AuthWorld world(test_config(true));
    world.router.route(http::Method::get, "/api/v1/courses", [](http::Request& request) -> Task<http::Response> {
        const auto& caller = principal(request);
        std::string seen;
        for (const auto& role : caller.roles) seen += role + " ";
        for (const auto& permission : caller.permissions) seen += permission + " ";
        co_return http::text_response(200, seen);
    });
    const std::string id(world.sign_up("ada@example.com")["user"].at("id").as_string());
    world.database.exec("UPDATE auth.users SET app_metadata = app_metadata || '{\"roles\":[\"admin\",\"support\"]}'");
    const std::string token = world.sign_in("ada@example.com").str("access_token");
    const auto made = world.post(keys_path, R"({"name":"build","scopes":["*:read"]})", token);
    ASSERT_EQ(made.status, 201U) << made.text;
    const auto seen = [&] {
        world.clock.advance(5s);  // past what a gateway remembers
        return world.get("/api/v1/courses", made.str("secret")).text;
    };
    EXPECT_EQ(seen(), "admin support * learners.read messages.manage users.read ") << "within the grace";
    world.clock.advance(24h * 8);
    EXPECT_EQ(seen(), "support learners.read messages.manage users.read ");
    world.database.exec(
        "INSERT INTO auth.factors (user_id, id, factor_type, status, secret, created_at, updated_at) VALUES ('" + id +
        "', gen_random_uuid(), 'totp', 'verified', '\\x00', now(), now())");
    EXPECT_EQ(seen(), "support learners.read messages.manage users.read ") << "a key cannot show the factor";
}

TEST_F(ApiKeyRoutes, TheNameIsCountedInCharacters) {
    const auto named = [this](int characters) {
        std::string name;
        for (int i = 0; i < characters; ++i) name += "\xD0\x96";
        return send(http::Method::post, keys_path, R"({"scopes":["*:read"],"name":")" + name + "\"}");
    };
    EXPECT_EQ(named(100).status, 201U);
    EXPECT_EQ(named(101).status, 422U);
}

}  // namespace
}  // namespace tt::auth
