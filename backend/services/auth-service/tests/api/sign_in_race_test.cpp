#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"
#include "services/auth-service/src/store/accounts.hpp"
#include "services/auth-service/tests/mfa/mfa_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

constexpr const char* flow_verifier = "a-verifier-of-forty-three-characters-or-more-0123456789";
constexpr const char* handoff_exchange = "/api/v1/session-handoff/exchange";

constexpr db::Query ban{"race_ban", "UPDATE auth.users SET banned_until = '2999-01-01' WHERE id = $1"};
constexpr db::Query retirement{"race_retirement", "UPDATE auth.users SET deleted_at = now() WHERE id = $1"};
constexpr db::Query new_password{"race_new_password",
                                 "UPDATE auth.users SET password_hash = (SELECT password_hash FROM auth.users WHERE "
                                 "email = 'other@example.com') WHERE id = $1"};

/// Somebody who administers an account holds its row, and somebody else is in the middle of signing in to it.
class SignInRace : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<MfaWorld>(); }
    static void TearDownTestSuite() { world_.reset(); }
    MfaWorld& world() { return *world_; }

    static Task<void> hold(AuthWorld& world, std::optional<db::Tx>& tx, UserId id) {
        tx.emplace(co_await world.pool.database("svc_auth").begin());
        co_await store::lock_user(*tx, id);
    }
    static Task<void> change(std::optional<db::Tx>& tx, db::Query meanwhile, UserId id) {
        co_await tx->execute(meanwhile, id);
        co_await tx->commit();
        tx.reset();
    }
    /// The answer to `call`, which meets the account's row while `meanwhile` has not committed.
    Answer answer_during(const std::string& id, Call call, db::Query meanwhile) {
        const UserId user = UserId::parse(id).value();
        std::optional<db::Tx> tx;
        world().runtime.run(hold(world(), tx, user));
        auto answering = world().start(std::move(call), 1);
        EXPECT_TRUE(world().comes_to_wait(1));
        world().runtime.run(change(tx, meanwhile, user));
        return answering.get();
    }
    std::string id_of(const std::string& email) {
        return world().database.scalar("SELECT id FROM auth.users WHERE email = '" + email + "'");
    }
    std::string sessions_of(const std::string& id) {
        return world().count("auth.sessions WHERE user_id = '" + id + "'");
    }
    static Call password_call(const std::string& email) {
        return {http::Method::post, "/auth/v1/token?grant_type=password",
                R"({"email":")" + email + R"(","password":"correct horse"})"};
    }
    /// A sign-in that is proven and waits for its client.
    Call flow_call(const std::string& id, const std::string& code) {
        const std::string challenge = crypto::base64url_encode(crypto::sha256(flow_verifier));
        world().database.exec(
            "INSERT INTO auth.flow_states (code_hash, user_id, amr_method, code_challenge, "
            "challenge_method, created_at) VALUES (sha256('" +
            code + "'), '" + id + "', 'otp', '" + challenge + "', 's256', '" + to_rfc3339(world().clock.now()) + "')");
        return {http::Method::post, "/auth/v1/token?grant_type=pkce",
                R"({"auth_code":")" + code + R"(","code_verifier":")" + flow_verifier + "\"}"};
    }
    static std::unique_ptr<MfaWorld> world_;
};
std::unique_ptr<MfaWorld> SignInRace::world_;

TEST_F(SignInRace, APasswordLetsNobodyInWhoIsBannedMeanwhile) {
    world().sign_up("banned@example.com");
    const std::string id = id_of("banned@example.com");
    world().database.exec("DELETE FROM auth.sessions");
    EXPECT_EQ(answer_during(id, password_call("banned@example.com"), ban).code(), "user_banned");
    EXPECT_EQ(sessions_of(id), "0");
}

TEST_F(SignInRace, NorWhoseAccountOrPasswordIsAnotherMeanwhile) {
    world().sign_up("other@example.com", "battery staple");
    world().sign_up("changed@example.com");
    const std::string id = id_of("changed@example.com");
    world().database.exec("DELETE FROM auth.sessions");
    EXPECT_EQ(answer_during(id, password_call("changed@example.com"), new_password).code(), "invalid_credentials");
    EXPECT_EQ(sessions_of(id), "0");
    EXPECT_EQ(world().sign_in("changed@example.com", "battery staple").status, 200U);

    world().sign_up("gone@example.com");
    EXPECT_EQ(answer_during(id_of("gone@example.com"), password_call("gone@example.com"), retirement).code(),
              "invalid_credentials");
}

// A hash of old parameters is renewed on sign-in: never over a password that was set meanwhile.
TEST_F(SignInRace, ARenewedHashOverwritesNoNewPassword) {
    world().sign_up("other@example.com", "battery staple");
    world().sign_up("rehash@example.com");
    world().give_old_hash("rehash@example.com");
    const Call call{http::Method::post, "/auth/v1/token?grant_type=password",
                    R"({"email":"rehash@example.com","password":"password"})"};
    EXPECT_EQ(answer_during(id_of("rehash@example.com"), call, new_password).code(), "invalid_credentials");
    EXPECT_EQ(world().sign_in("rehash@example.com", "battery staple").status, 200U);
}

TEST_F(SignInRace, ParallelSignInsThatRenewTheHashAllSucceed) {
    world().sign_up("imported@example.com");
    world().give_old_hash("imported@example.com");
    const Call call{http::Method::post, "/auth/v1/token?grant_type=password",
                    R"({"email":"imported@example.com","password":"password"})"};
    for (const Answer& answer : world().call_at_once(call, 6)) EXPECT_EQ(answer.status, 200U) << answer.text;
}

TEST_F(SignInRace, ACodeLetsNobodyInWhoIsBannedOrRetiredMeanwhile) {
    world().sign_up("flow@example.com");
    const std::string id = id_of("flow@example.com");
    world().database.exec("DELETE FROM auth.sessions");
    EXPECT_EQ(answer_during(id, flow_call(id, "code one"), ban).code(), "user_banned");
    world().database.exec("UPDATE auth.users SET banned_until = NULL WHERE id = '" + id + "'");
    EXPECT_EQ(answer_during(id, flow_call(id, "code two"), retirement).code(), "flow_state_not_found");
    EXPECT_EQ(sessions_of(id), "0");
}

TEST_F(SignInRace, AHandoffLetsNobodyInWhoIsBannedMeanwhile) {
    const Answer session = world().sign_up("handed@example.com");
    const Answer made = world().post("/api/v1/session-handoff", "", session.str("access_token"));
    const Call call{http::Method::post, handoff_exchange, R"({"code":")" + made.str("code") + "\"}"};
    EXPECT_EQ(answer_during(id_of("handed@example.com"), call, ban).str("code"), "handoff_invalid");
    EXPECT_EQ(sessions_of(id_of("handed@example.com")), "1");
}

TEST_F(SignInRace, APasskeyLetsNobodyInWhoIsBannedMeanwhile) {
    platform::testing::SoftwareAuthenticator key = world().authenticator();
    world().passkey(key, world().person("keyed@example.com"));
    const Answer begun = world().send(http::Method::post, "/passkeys/authentication/options", boost::json::object());
    const boost::json::object answer{{"challenge_id", begun["challenge_id"]},
                                     {"credential", key.get(begun["options"].as_object())}};
    const Call call{http::Method::post, "/auth/v1/passkeys/authentication/verify", boost::json::serialize(answer)};
    EXPECT_EQ(answer_during(id_of("keyed@example.com"), call, ban).code(), "user_banned");
}

// What was proven before all sessions ended does not come in after.
TEST_F(SignInRace, CodesEndWithTheSessions) {
    const Answer session = world().sign_up("codes@example.com");
    const std::string id = id_of("codes@example.com");
    const Call by_logout = flow_call(id, "before the logout");
    EXPECT_EQ(world().post("/auth/v1/logout", "", session.str("access_token")).status, 204U);
    EXPECT_EQ(world().call(by_logout).code(), "flow_state_not_found");

    const std::string token = world().sign_in("codes@example.com").str("access_token");
    const Call by_password = flow_call(id, "before the new password");
    EXPECT_EQ(world().put("/auth/v1/user", R"({"password":"battery staple"})", token).status, 200U);
    EXPECT_EQ(world().call(by_password).code(), "flow_state_not_found");
    EXPECT_EQ(world().call(flow_call(id, "after all")).status, 200U);
}

}  // namespace
}  // namespace tt::auth
