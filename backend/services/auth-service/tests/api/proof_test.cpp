#include "services/auth-service/tests/admin_kit.hpp"
#include "services/auth-service/tests/mail_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

/// What somebody in a session shows to change their account: guesses of it are counted and in the log.
class ProofTest : public ::testing::Test {
protected:
    ProofTest() {
        token_ = world_.sign_up("ada@example.com").str("access_token");
        world_.clock.advance(std::chrono::minutes(11));  // the sign-in alone proves nothing any more
    }
    Answer put(const boost::json::object& body) {
        return world_.put("/auth/v1/user", boost::json::serialize(body), token_);
    }
    Answer leave(const boost::json::object& body) {
        return world_.call({http::Method::delete_, "/auth/v1/user", boost::json::serialize(body), token_});
    }
    std::string failures(const std::string& method) {
        return world_.database.scalar(
            "SELECT count(*) FROM auth.audit_entries WHERE action = 'verification_attempted' AND outcome = 'failure' "
            "AND ip = '127.0.0.1' AND details ->> 'method' = '" +
            method + "'");
    }
    std::string nonce() {
        EXPECT_EQ(world_.get("/auth/v1/reauthenticate", token_).status, 200U);
        return code_in(world_.mailer.wait_for_text("ada@example.com"));
    }

    AuthWorld world_{test_config(true)};
    std::string token_;
};

// C6: a stolen session is no place to guess the password in.
TEST_F(ProofTest, TheCurrentPasswordCannotBeGuessed) {
    const boost::json::object guess{{"password", "another horse"}, {"current_password", "wrong horse"}};
    for (int i = 0; i < 10; ++i) EXPECT_EQ(put(guess).code(), "current_password_invalid") << i;
    EXPECT_EQ(failures("password"), "10");
    EXPECT_EQ(put({{"password", "another horse"}, {"current_password", "correct horse"}}).code(),
              "over_request_rate_limit");
    EXPECT_EQ(world_.sign_in("ada@example.com").code(), "over_request_rate_limit") << "one count for both";
}

TEST_F(ProofTest, NorWhereTheAccountIsDeleted) {
    for (int i = 0; i < 10; ++i) EXPECT_EQ(leave({{"password", "wrong horse"}}).code(), "current_password_invalid");
    EXPECT_EQ(leave({{"password", "correct horse"}}).code(), "over_request_rate_limit");
    EXPECT_EQ(failures("password"), "10");
}

TEST_F(ProofTest, TheRightOneForgetsTheWrongOnes) {
    for (int i = 0; i < 9; ++i) put({{"password", "another horse"}, {"current_password", "wrong horse"}});
    EXPECT_EQ(put({{"password", "another horse"}, {"current_password", "correct horse"}}).status, 200U);
    EXPECT_EQ(world_.sign_in("ada@example.com", "another horse").status, 200U);
}

// C7
TEST_F(ProofTest, ANonceIsNotUsedUpForAPasswordThatIsRefused) {
    const std::string sent = nonce();
    EXPECT_EQ(put({{"password", "short"}, {"nonce", sent}}).code(), "weak_password");
    EXPECT_EQ(put({{"password", "another horse"}, {"nonce", sent}}).status, 200U);
}

TEST_F(ProofTest, WrongNoncesAreCountedForWhereTheyComeFrom) {
    EXPECT_EQ(put({{"password", "another horse"}, {"nonce", "000000"}}).code(), "reauthentication_not_valid");
    EXPECT_EQ(failures("nonce"), "1");
    // Known from the sign-up: what others guess elsewhere does not lock this browser out.
    const std::string devices(world_.sign_in("ada@example.com").headers.find("set-cookie").value_or(""));
    const std::string cookie = devices.substr(0, devices.find(';'));
    for (int i = 0; i < 12; ++i) put({{"password", "another horse"}, {"nonce", "000000"}});
    EXPECT_EQ(put({{"password", "another horse"}, {"nonce", "000000"}}).code(), "over_request_rate_limit");
    const Call known{.method = http::Method::put,
                     .target = "/auth/v1/user",
                     .body = R"({"password":"another horse","nonce":"000000"})",
                     .bearer = token_,
                     .cookie = cookie};
    EXPECT_EQ(world_.call(known).code(), "reauthentication_not_valid");
}

class RefusedSignInTest : public ::testing::Test {
protected:
    std::string reasons() {
        return world_.database.scalar(
            "SELECT string_agg(details ->> 'reason', ',' ORDER BY id) FROM auth.audit_entries WHERE action = 'login' "
            "AND outcome = 'failure'");
    }
    AuthWorld world_{test_config(false)};
};

TEST_F(RefusedSignInTest, ARightPasswordThatIsNotEnoughIsInTheLog) {
    const std::string id = world_.sign_up("ada@example.com").str("id");
    EXPECT_EQ(world_.sign_in("ada@example.com").code(), "email_not_confirmed");
    world_.put("/auth/v1/admin/users/" + id, R"({"email_confirm":true,"ban_duration":"24h"})", service_key());
    EXPECT_EQ(world_.sign_in("ada@example.com").code(), "user_banned");
    EXPECT_EQ(reasons(), "email_not_confirmed,user_banned");
}

}  // namespace
}  // namespace tt::auth
