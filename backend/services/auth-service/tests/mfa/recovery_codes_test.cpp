#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tt::auth {
namespace {

class RecoveryCodesTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<MfaWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    MfaWorld& world() { return *world_; }
    Answer route(http::Method method, const std::string& rest, const std::string& bearer,
                 boost::json::value body = {}) {
        return world().send(method, "/factors/recovery-codes" + rest, std::move(body), bearer);
    }
    Answer make(const std::string& bearer) { return route(http::Method::post, "", bearer, boost::json::object()); }
    Answer use(const std::string& code, const std::string& bearer) {
        return route(http::Method::post, "/verify", bearer, {{"code", code}});
    }
    static std::string code(const Answer& set, std::size_t index) {
        return std::string(set["codes"].as_array().at(index).as_string());
    }
    static std::unique_ptr<MfaWorld> world_;
};
std::unique_ptr<MfaWorld> RecoveryCodesTest::world_;

// S021, ASVS 6.5.2: ten of 80 bit, kept as keyed hashes, each good once.
TEST_F(RecoveryCodesTest, TenCodesEachGoodOnce) {
    const std::string raised = world().person_with_factor("ten@example.com");
    EXPECT_EQ(route(http::Method::get, "", raised).code(), "mfa_factor_not_found");
    const Answer set = make(raised);
    ASSERT_EQ(set.status, 200U) << set.text;
    EXPECT_EQ(set.str("type"), "recovery_code");
    EXPECT_EQ(set["total"], 10);
    std::set<std::string> codes;
    for (const auto& one : set["codes"].as_array()) codes.emplace(one.as_string());
    ASSERT_EQ(codes.size(), 10U);
    for (const std::string& one : codes) {
        EXPECT_EQ(one.size(), 16U);
        EXPECT_EQ(one.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos) << one;
        EXPECT_EQ(world().count("auth.recovery_codes WHERE encode(code_hash, 'escape') LIKE '%" + one + "%'"), "0");
    }
    const std::string low = world().sign_in("ten@example.com").str("access_token");
    const Answer used = use(code(set, 0), low);
    ASSERT_EQ(used.status, 200U) << used.text;
    const auto claims = MfaWorld::claims_of(used.str("access_token"));
    EXPECT_EQ(claims.at("aal"), "aal2");
    EXPECT_EQ(claims.at("amr").at(0).at("method"), "mfa/recovery_code");
    const Answer again = use(code(set, 0), used.str("access_token"));
    EXPECT_EQ(again.status, 422U);
    EXPECT_EQ(again.code(), "mfa_verification_failed");
    const Answer left = route(http::Method::get, "", low);
    EXPECT_EQ(left["total"], 10);
    EXPECT_EQ(left["remaining"], 9);
}

TEST_F(RecoveryCodesTest, CaseBlanksAndDashesDoNotCount) {
    const std::string raised = world().person_with_factor("typed@example.com");
    const Answer set = make(raised);
    std::string typed = code(set, 3);
    for (char& c : typed) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    typed.insert(8, " - ");
    typed.insert(4, "-");
    EXPECT_EQ(use(typed, raised).status, 200U);
    EXPECT_EQ(use("", raised).code(), "validation_failed");
    EXPECT_EQ(use("0000-0000-0000-0000", raised).code(), "mfa_verification_failed");
}

TEST_F(RecoveryCodesTest, ParallelUsesOfOneCodeGiveOneSession) {
    const std::string raised = world().person_with_factor("race@example.com");
    const boost::json::object body{{"code", code(make(raised), 0)}};
    const auto answers = world().call_at_once(
        {http::Method::post, "/auth/v1/factors/recovery-codes/verify", boost::json::serialize(body), raised}, 4);
    EXPECT_EQ(std::ranges::count_if(answers, [](const Answer& a) { return a.status == 200; }), 1);
}

TEST_F(RecoveryCodesTest, NewCodesVoidTheOldOnes) {
    const std::string raised = world().person_with_factor("renew@example.com");
    EXPECT_EQ(route(http::Method::post, "/regenerate", raised).code(), "mfa_factor_not_found");
    const Answer first = make(raised);
    EXPECT_EQ(make(raised).code(), "mfa_verified_factor_exists");
    const Answer second = route(http::Method::post, "/regenerate", raised);
    ASSERT_EQ(second.status, 200U) << second.text;
    EXPECT_EQ(second.str("id"), first.str("id"));
    EXPECT_EQ(use(code(first, 0), raised).code(), "mfa_verification_failed");
    EXPECT_EQ(use(code(second, 0), raised).status, 200U);
}

TEST_F(RecoveryCodesTest, WhatNeedsAal2) {
    const std::string raised = world().person_with_factor("aal@example.com");
    const std::string low = world().sign_in("aal@example.com").str("access_token");
    EXPECT_EQ(make(low).code(), "insufficient_aal");
    ASSERT_EQ(make(raised).status, 200U);
    EXPECT_EQ(route(http::Method::post, "/regenerate", low).code(), "insufficient_aal");
    EXPECT_EQ(route(http::Method::delete_, "", low).status, 403U);
    EXPECT_EQ(route(http::Method::get, "", low).status, 200U);
    EXPECT_EQ(route(http::Method::get, "", "").code(), "no_authorization");
    world().clock.advance(std::chrono::seconds(601));
    EXPECT_EQ(route(http::Method::delete_, "", raised).code(), "reauthentication_needed");
}

TEST_F(RecoveryCodesTest, CodesAreNeverTheOnlyFactor) {
    TotpFactor factor;
    const std::string raised = world().person_with_factor("sole@example.com", &factor);
    const Answer set = make(raised);
    const Answer refused = world().send(http::Method::delete_, "/factors/" + factor.id, nullptr, raised);
    EXPECT_EQ(refused.status, 422U);
    EXPECT_EQ(refused.code(), "mfa_recovery_codes_sole_factor");
    EXPECT_EQ(world().send(http::Method::delete_, "/factors/" + set.str("id"), nullptr, raised).code(),
              "validation_failed");
    EXPECT_EQ(route(http::Method::delete_, "", raised).str("id"), set.str("id"));
    EXPECT_EQ(use(code(set, 0), raised).code(), "mfa_factor_not_found");
    EXPECT_EQ(world().send(http::Method::delete_, "/factors/" + factor.id, nullptr, raised).status, 200U);
}

TEST_F(RecoveryCodesTest, FiveWrongCodesLockTheSet) {
    const std::string raised = world().person_with_factor("guess@example.com");
    const Answer set = make(raised);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(use("aaaaaaaaaaaaaaaa", raised).code(), "mfa_verification_failed") << i;
    const Answer locked = use(code(set, 0), raised);
    EXPECT_EQ(locked.status, 429U);
    EXPECT_EQ(locked.code(), "mfa_recovery_codes_locked");
    world().clock.advance(std::chrono::seconds(901));
    const std::string low = world().sign_in("guess@example.com").str("access_token");
    EXPECT_EQ(use(code(set, 0), low).status, 200U);
}

// The clients of today sort User.factors by type and know no recovery codes there.
TEST_F(RecoveryCodesTest, CodesAreNoFactorOfTheUser) {
    const std::string raised = world().person_with_factor("list@example.com");
    make(raised);
    const auto factors = world().get("/auth/v1/user", raised)["factors"].as_array();
    ASSERT_EQ(factors.size(), 1U);
    EXPECT_EQ(factors.at(0).at("factor_type"), "totp");
}

TEST_F(RecoveryCodesTest, OwnerIsTold) {
    const std::string raised = world().person_with_factor("told@example.com");
    const Answer set = make(raised);
    EXPECT_NE(world().mailer.wait_for_text("told@example.com", 2).find("recovery codes were made"), std::string::npos);
    use(code(set, 0), raised);
    EXPECT_NE(world().mailer.wait_for_text("told@example.com", 3).find("recovery code was used"), std::string::npos);
}

TEST_F(RecoveryCodesTest, SwitchedOff) {
    AuthConfig config = MfaWorld::mfa_config();
    config.mfa.recovery_codes = false;
    MfaWorld world(config);
    const std::string raised = world.person_with_factor("off@example.com");
    EXPECT_EQ(world.send(http::Method::post, "/factors/recovery-codes", boost::json::object(), raised).code(),
              "mfa_recovery_codes_enroll_not_enabled");
    EXPECT_EQ(world.send(http::Method::post, "/factors/recovery-codes/verify", {{"code", "x"}}, raised).code(),
              "mfa_recovery_codes_verify_not_enabled");
}

}  // namespace
}  // namespace tt::auth
