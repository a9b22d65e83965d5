#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

AuthConfig config_with_mfa_hooks() {
    AuthConfig config = MfaWorld::mfa_config();
    config.hooks.mfa_verification_attempt_uri = "pg-functions://postgres/public/judge_attempt";
    config.hooks.before_mfa_enroll_uri = "pg-functions://postgres/public/judge_enrolment";
    return config;
}

class MfaHooksTest : public ::testing::Test {
protected:
    MfaHooksTest() {
        world_.database.exec(R"(
            CREATE TABLE public.rejected_people (id text);
            CREATE FUNCTION public.judge_attempt(event jsonb) RETURNS jsonb LANGUAGE sql SECURITY DEFINER AS $$
                SELECT CASE WHEN EXISTS (SELECT FROM public.rejected_people WHERE id = event ->> 'user_id')
                            THEN '{"decision":"reject","message":"not today"}'::jsonb
                            ELSE '{"decision":"continue"}'::jsonb END $$;
            CREATE FUNCTION public.judge_enrolment(event jsonb) RETURNS jsonb LANGUAGE sql AS $$
                SELECT jsonb_build_object('decision', CASE event ->> 'factor_type' WHEN 'phone' THEN 'reject'
                                                      ELSE 'continue' END) $$;
            GRANT USAGE ON SCHEMA public TO svc_auth;
            GRANT EXECUTE ON FUNCTION public.judge_attempt, public.judge_enrolment TO svc_auth)");
    }
    MfaWorld world_{config_with_mfa_hooks()};
};

// A rejected attempt ends the person's sessions, right code or not.
TEST_F(MfaHooksTest, MayRejectAnAttempt) {
    const Answer session = world_.sign_up("judged@example.com");
    const std::string bearer = session.str("access_token");
    const TotpFactor factor = world_.totp(bearer);
    world_.database.exec("INSERT INTO public.rejected_people VALUES ('" +
                         std::string(session["user"].at("id").as_string()) + "')");
    const Answer rejected = world_.prove(factor, bearer);
    EXPECT_EQ(rejected.status, 403U);
    EXPECT_EQ(rejected.code(), "mfa_verification_rejected");
    EXPECT_EQ(rejected.str("msg"), "not today");
    EXPECT_NE(world_.refresh(session.str("refresh_token")).status, 200U);
    EXPECT_EQ(world_.count("auth.factors WHERE status = 'verified'"), "0");
}

TEST_F(MfaHooksTest, LetsOthersPass) {
    EXPECT_FALSE(world_.person_with_factor("fine@example.com").empty());
}

// §3 row 23: enrolment can be gated.
TEST_F(MfaHooksTest, MayForbidAnEnrolment) {
    const std::string bearer = world_.person("gated@example.com");
    const Answer refused =
        world_.send(http::Method::post, "/factors", {{"factor_type", "phone"}, {"phone", "+491512345678"}}, bearer);
    EXPECT_EQ(refused.status, 403U);
    EXPECT_EQ(refused.code(), "mfa_verification_rejected");
    EXPECT_EQ(world_.count("auth.factors"), "0");
}

}  // namespace
}  // namespace tt::auth
