#include "services/auth-service/tests/admin_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

class AdminSessionsTest : public ::testing::Test {
protected:
    Answer send(http::Method method, const std::string& path, const std::string& bearer) {
        return world_.call({method, "/auth/v1/admin/users/" + path, "", bearer});
    }
    std::string id_of(const Answer& session) { return text_at(session.body, "/user/id"); }

    AuthWorld world_{test_config(true)};
    std::string boss_ = administrator_token(world_, "boss@example.com");
};

TEST_F(AdminSessionsTest, ListsWhereSomebodyIsSignedInAndEndsOne) {
    const Answer ada = world_.sign_up("ada@example.com");
    world_.sign_in("ada@example.com");
    const Answer list = send(http::Method::get, id_of(ada) + "/sessions", boss_);
    ASSERT_EQ(list.status, 200U) << list.text;
    ASSERT_EQ(list.body.as_array().size(), 2U);
    const std::string ended = text_at(list.body, "/0/id");
    EXPECT_EQ(send(http::Method::delete_, id_of(ada) + "/sessions/" + ended, boss_).status, 204U);
    EXPECT_EQ(send(http::Method::delete_, id_of(ada) + "/sessions/" + ended, boss_).code(), "session_not_found");
    EXPECT_EQ(send(http::Method::get, id_of(ada) + "/sessions", boss_).body.as_array().size(), 1U);
    EXPECT_EQ(world_.database.scalar("SELECT count(*) FROM auth.revocations WHERE subject = '" + ended + "'"), "1");
    EXPECT_EQ(world_.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action = 'session_revoked'"
                                     " AND actor_kind = 'admin' AND target = '" +
                                     ended + "'"),
              "1");
}

TEST_F(AdminSessionsTest, SignsSomebodyOutEverywhere) {
    const Answer ada = world_.sign_up("ada@example.com");
    world_.sign_in("ada@example.com");
    EXPECT_EQ(send(http::Method::delete_, id_of(ada) + "/sessions", boss_).status, 204U);
    EXPECT_EQ(world_.get("/auth/v1/user", ada.str("access_token")).code(), "session_not_found");
    EXPECT_TRUE(send(http::Method::get, id_of(ada) + "/sessions", boss_).body.as_array().empty());
    EXPECT_EQ(send(http::Method::get, id_of(ada), boss_).status, 200U);  // the administrator goes on
}

TEST_F(AdminSessionsTest, OnlyAdministratorsMayAndOnlyThePersonsOwnSessionsAreMeant) {
    const Answer ada = world_.sign_up("ada@example.com");
    const Answer bob = world_.sign_up("bob@example.com");
    const std::string of_ada = id_of(ada) + "/sessions";
    const std::string session = text_at(send(http::Method::get, of_ada, boss_).body, "/0/id");
    for (const auto& [method, path] : {std::pair{http::Method::get, of_ada},
                                       {http::Method::delete_, of_ada},
                                       {http::Method::delete_, of_ada + "/" + session}}) {
        EXPECT_EQ(send(method, path, bob.str("access_token")).code(), "not_admin");
    }
    EXPECT_EQ(send(http::Method::delete_, id_of(bob) + "/sessions/" + session, boss_).code(), "session_not_found");
    EXPECT_EQ(send(http::Method::get, of_ada, boss_).body.as_array().size(), 1U);
}

}  // namespace
}  // namespace tt::auth
