#include "platform/crypto/encoding.hpp"
#include "platform/events/webhooks.hpp"
#include "services/auth-service/tests/admin_kit.hpp"
#include "services/auth-service/tests/fake_server.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

// Standard Webhooks: base64 of 32 bytes.
constexpr const char* hook_secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

config::Secret hook_secrets() {
    return config::Secret(std::string("v1,") + hook_secret);
}

AuthConfig config_with_hooks(bool autoconfirm = true) {
    AuthConfig config = test_config(autoconfirm);
    config.hooks.timeout_ms = 2000;
    config.hooks.retry_pause_ms = 20;
    return config;
}

boost::json::object claims_in(const std::string& token) {
    const auto first = token.find('.') + 1;
    return boost::json::parse(*crypto::base64url_decode(token.substr(first, token.rfind('.') - first))).as_object();
}

class HookTest : public ::testing::Test {
protected:
    FakeServer server;

    AuthConfig before_created() {
        AuthConfig config = config_with_hooks();
        config.hooks.before_user_created_uri = server.url("/hook");
        config.hooks.before_user_created_secrets = hook_secrets();
        return config;
    }
};

TEST_F(HookTest, ARefusalForbidsTheAccount) {
    AuthWorld world(before_created());
    server.answer_json(200, R"({"error":{"http_code":403,"message":"not from here"}})");
    const Answer answer = world.sign_up("no@example.com");
    EXPECT_EQ(answer.status, 403U) << answer.text;
    EXPECT_EQ(answer.str("msg"), "not from here");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "0");
    server.answer_json(200, "{}");
    EXPECT_EQ(world.sign_up("no@example.com").status, 200U);
}

TEST_F(HookTest, TheCallIsSignedAndTellsTheUser) {
    AuthWorld world(before_created());
    ASSERT_EQ(world.sign_up("signed@example.com").status, 200U);
    const events::WebhookHeaders headers{server.last_header("webhook-id"), server.last_header("webhook-timestamp"),
                                         server.last_header("webhook-signature")};
    EXPECT_TRUE(events::verify_webhook({hook_secret}, headers, server.last_body(), world.clock.now()));
    EXPECT_FALSE(events::verify_webhook({hook_secret}, headers, server.last_body() + " ", world.clock.now()));
    const auto body = boost::json::parse(server.last_body());
    EXPECT_EQ(text_at(body, "/user/email"), "signed@example.com");
    EXPECT_EQ(text_at(body, "/metadata/name"), "before-user-created");
    EXPECT_EQ(text_at(body, "/metadata/ip_address"), "127.0.0.1");
    EXPECT_EQ(server.last_body().find("correct horse"), std::string::npos);
}

// The account that the hook agrees to is the one that is made, however it comes to be.
TEST_F(HookTest, TheAccountIsTheOneThatWasAskedFor) {
    AuthConfig config = before_created();
    config.anonymous_enabled = true;
    AuthWorld world(config);
    const auto check = [&](const std::string& email) {
        const auto user = boost::json::parse(server.last_body()).at("user");
        const std::string where = email.empty() ? "email IS NULL" : "email = '" + email + "'";
        EXPECT_EQ(text_at(user, "/id"), world.database.scalar("SELECT id FROM auth.users WHERE " + where)) << email;
        if (!email.empty()) EXPECT_EQ(text_at(user, "/app_metadata/provider"), "email") << email;
    };
    world.sign_up("one@example.com");
    check("one@example.com");
    world.post("/auth/v1/otp", R"({"email":"two@example.com"})");
    check("two@example.com");
    world.call({http::Method::post, "/auth/v1/invite", R"({"email":"three@example.com"})", service_key()});
    check("three@example.com");
    world.post("/auth/v1/signup", "{}");
    check("");
}

TEST_F(HookTest, BothSecretsSignWhileOneIsReplaced) {
    AuthConfig config = before_created();
    const std::string next = events::make_webhook_secret();
    config.hooks.before_user_created_secrets = config::Secret(std::string("v1,") + hook_secret + "|v1," + next);
    AuthWorld world(config);
    ASSERT_EQ(world.sign_up("two@example.com").status, 200U);
    const events::WebhookHeaders headers{server.last_header("webhook-id"), server.last_header("webhook-timestamp"),
                                         server.last_header("webhook-signature")};
    EXPECT_TRUE(events::verify_webhook({hook_secret}, headers, server.last_body(), world.clock.now()));
    EXPECT_TRUE(events::verify_webhook({next}, headers, server.last_body(), world.clock.now()));
}

TEST_F(HookTest, WhatGoesWrongThereIsNamed) {
    AuthConfig config = before_created();
    config.hooks.timeout_ms = 400;
    AuthWorld world(config);
    struct Row {
        const char* name;
        FakeServer::Answer answer;
        unsigned status;
        const char* code;
    };
    const auto fixed = [](unsigned status, std::string type, std::string body) {
        return [=](const http::Request&) {
            http::Response response = http::json_response(status, body);
            response.headers.set("Content-Type", type);
            return response;
        };
    };
    const Row rows[] = {
        {"400", fixed(400, "application/json", "{}"), 500, "unexpected_failure"},
        {"401", fixed(401, "application/json", "{}"), 500, "unexpected_failure"},
        {"404", fixed(404, "application/json", "{}"), 500, "unexpected_failure"},
        {"redirect", fixed(302, "application/json", "{}"), 500, "unexpected_failure"},
        {"503 without Retry-After", fixed(503, "application/json", "{}"), 500, "unexpected_failure"},
        {"text", fixed(200, "text/plain", "{}"), 400, "hook_payload_invalid_content_type"},
        {"no JSON", fixed(200, "application/json", "{"), 500, "unexpected_failure"},
        {"too large", fixed(200, "application/json", '"' + std::string(300 * 1024, 'x') + '"'), 422,
         "hook_payload_over_size_limit"},
    };
    for (const Row& row : rows) {
        server.answer_with(row.answer);
        const Answer answer = world.sign_up("wrong@example.com");
        EXPECT_EQ(answer.status, row.status) << row.name << answer.text;
        EXPECT_EQ(answer.code(), row.code) << row.name << answer.text;
    }
    server.answer_json(200, "{}");
    server.hold_back(std::chrono::milliseconds(900));
    const Answer late = world.sign_up("wrong@example.com");
    EXPECT_EQ(late.code(), "hook_timeout") << late.text;
    EXPECT_EQ(late.status, 422U);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "0");
}

TEST_F(HookTest, AskedAgainWhenTheServerSaysLater) {
    AuthWorld world(before_created());
    auto tries = std::make_shared<std::atomic<int>>(0);
    server.answer_with([tries](const http::Request&) {
        http::Response response = http::json_response(++*tries < 3 ? 503 : 200, "{}");
        response.headers.set("Retry-After", "1");
        return response;
    });
    EXPECT_EQ(world.sign_up("later@example.com").status, 200U);
    EXPECT_EQ(server.calls(), 3U);
}

TEST(HookUnreachable, IsNamedAfterThreeTries) {
    AuthConfig config = config_with_hooks();
    config.hooks.before_user_created_uri = "http://127.0.0.1:1/nobody";
    config.hooks.before_user_created_secrets = hook_secrets();
    AuthWorld world(config);
    EXPECT_EQ(world.sign_up("nobody@example.com").code(), "hook_timeout_after_retry");
}

TEST_F(HookTest, ClaimsMayBeAddedAndWhoItIsStays) {
    AuthConfig config = config_with_hooks();
    config.hooks.custom_access_token_uri = server.url("/token");
    config.hooks.custom_access_token_secrets = hook_secrets();
    AuthWorld world(config);
    server.answer_with([](const http::Request& request) {
        auto input = boost::json::parse(request.body).as_object();
        auto claims = input.at("claims").as_object();
        claims["plan"] = "gold";
        claims["sub"] = "11111111-1111-1111-1111-111111111111";
        claims["session_id"] = "x";
        return http::json_response(200, boost::json::serialize(boost::json::object{{"claims", claims}}));
    });
    const Answer answer = world.sign_up("claims@example.com");
    ASSERT_EQ(answer.status, 200U) << answer.text;
    const auto claims = claims_in(answer.str("access_token"));
    EXPECT_EQ(claims.at("plan"), "gold");
    EXPECT_EQ(std::string(claims.at("sub").as_string()), text_at(answer.body, "/user/id"));
    EXPECT_EQ(world.get("/auth/v1/user", answer.str("access_token")).status, 200U);
    EXPECT_EQ(text_at(boost::json::parse(server.last_body()), "/authentication_method"), "password");
    const Answer again = world.refresh(answer.str("refresh_token"));
    EXPECT_EQ(claims_in(again.str("access_token")).at("plan"), "gold");
    EXPECT_EQ(text_at(boost::json::parse(server.last_body()), "/authentication_method"), "token_refresh");
}

TEST_F(HookTest, ClaimsThatDoNotConformAreNoToken) {
    AuthConfig config = config_with_hooks();
    config.hooks.custom_access_token_uri = server.url("/token");
    config.hooks.custom_access_token_secrets = hook_secrets();
    AuthWorld world(config);
    const auto changed = [](std::function<void(boost::json::object&)> change) {
        return [change](const http::Request& request) {
            auto input = boost::json::parse(request.body).as_object();
            auto claims = input.at("claims").as_object();
            change(claims);
            return http::json_response(200, boost::json::serialize(boost::json::object{{"claims", claims}}));
        };
    };
    const FakeServer::Answer answers[] = {
        changed([](auto& claims) { claims.erase("role"); }),
        changed([](auto& claims) { claims["aal"] = 2; }),
        changed([](auto& claims) { claims["exp"] = claims.at("exp").as_int64() + 3600; }),
        [](const http::Request&) { return http::json_response(200, "{}"); },
        [](const http::Request&) { return http::json_response(200, R"({"claims":[]})"); },
    };
    for (const auto& answer : answers) {
        server.answer_with(answer);
        EXPECT_EQ(world.sign_up("bad" + std::to_string(server.calls()) + "@example.com").code(), "unexpected_failure");
    }
}

TEST_F(HookTest, APasswordAttemptMayBeRejected) {
    AuthConfig config = config_with_hooks();
    config.hooks.password_verification_attempt_uri = server.url("/attempt");
    config.hooks.password_verification_attempt_secrets = hook_secrets();
    AuthWorld world(config);
    server.answer_json(200, R"({"decision":"continue"})");
    ASSERT_EQ(world.sign_up("attempt@example.com").status, 200U);
    EXPECT_EQ(world.sign_in("attempt@example.com").status, 200U);
    EXPECT_TRUE(boost::json::parse(server.last_body()).at("valid").as_bool());
    world.sign_in("attempt@example.com", "wrong horse");
    EXPECT_FALSE(boost::json::parse(server.last_body()).at("valid").as_bool());
    server.answer_json(200, R"({"decision":"reject","message":"come back later"})");
    const Answer refused = world.sign_in("attempt@example.com");
    EXPECT_NE(refused.status, 200U);
    EXPECT_EQ(refused.str("msg"), "come back later");
}

TEST_F(HookTest, MailsMayBeSentByTheHook) {
    AuthConfig config = config_with_hooks(false);
    config.hooks.send_email_uri = server.url("/mail");
    config.hooks.send_email_secrets = hook_secrets();
    AuthWorld world(config);
    ASSERT_EQ(world.sign_up("mail@example.com").status, 200U);
    for (int i = 0; i < 100 && server.calls() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const auto body = boost::json::parse(server.last_body());
    EXPECT_EQ(text_at(body, "/user/email"), "mail@example.com");
    EXPECT_EQ(text_at(body, "/email_data/email_action_type"), "signup");
    const std::string token = text_at(body, "/email_data/token");
    EXPECT_TRUE(world.mailer.sent_to("mail@example.com").empty());
    EXPECT_EQ(world.post("/auth/v1/verify", R"({"type":"signup","email":"mail@example.com","token":")" + token + "\"}")
                  .status,
              200U);
}

TEST(HookFunction, InTheDatabase) {
    AuthConfig config = config_with_hooks();
    config.hooks.before_user_created_uri = "pg-functions://postgres/public/deny_some";
    config.hooks.custom_access_token_uri = "pg-functions://postgres/public/add_plan";
    AuthWorld world(config);
    world.database.exec(R"(
        CREATE FUNCTION public.deny_some(event jsonb) RETURNS jsonb LANGUAGE sql AS $$
            SELECT CASE WHEN event #>> '{user,email}' LIKE 'evil%'
                        THEN '{"error":{"http_code":422,"message":"go away"}}'::jsonb ELSE '{}'::jsonb END $$;
        CREATE FUNCTION public.add_plan(event jsonb) RETURNS jsonb LANGUAGE sql AS $$
            SELECT jsonb_build_object('claims', event -> 'claims' || '{"plan":"sql"}') $$;
        GRANT USAGE ON SCHEMA public TO svc_auth;
        GRANT EXECUTE ON FUNCTION public.deny_some, public.add_plan TO svc_auth)");
    const Answer evil = world.sign_up("evil@example.com");
    EXPECT_EQ(evil.status, 422U);
    EXPECT_EQ(evil.str("msg"), "go away");
    const Answer good = world.sign_up("good@example.com");
    ASSERT_EQ(good.status, 200U) << good.text;
    EXPECT_EQ(claims_in(good.str("access_token")).at("plan"), "sql");
    world.database.exec("DROP FUNCTION public.deny_some");
    EXPECT_EQ(world.sign_up("other@example.com").code(), "unexpected_failure");
}

TEST(HookFunction, MayNotTakeForever) {
    AuthConfig config = config_with_hooks();
    config.hooks.before_user_created_uri = "pg-functions://postgres/public/slow";
    config.hooks.sql_timeout_ms = 200;
    AuthWorld world(config);
    world.database.exec(
        "CREATE FUNCTION public.slow(event jsonb) RETURNS jsonb LANGUAGE sql AS $$ SELECT '{}'::jsonb FROM "
        "pg_sleep(3) $$; GRANT EXECUTE ON FUNCTION public.slow TO svc_auth");
    EXPECT_EQ(world.sign_up("slow@example.com").code(), "hook_timeout");
}

TEST(HookConfig, RefusesWhatCannotBeSafe) {
    struct Row {
        const char* uri;
        const char* secrets;
        bool allows_loopback;
    };
    const Row rows[] = {{"http://example.com/hook", "v1,whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", true},
                        {"https://10.0.0.1/hook", "v1,whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", true},
                        {"http://127.0.0.1/hook", "v1,whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", false},
                        {"https://example.com/hook", "", false},
                        {"https://example.com/hook", "v1,whsec_short", false},
                        {"https://example.com/hook", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", false},
                        {"pg-functions://postgres/only_schema", "", false}};
    for (const Row& row : rows) {
        AuthConfig config = config_with_hooks();
        config.calls_loopback = row.allows_loopback;
        config.hooks.after_user_created_uri = row.uri;
        config.hooks.after_user_created_secrets = config::Secret(row.secrets);
        EXPECT_THROW(AuthWorld{config}, config::ConfigError) << row.uri << ' ' << row.secrets;
    }
}

}  // namespace
}  // namespace tt::auth
