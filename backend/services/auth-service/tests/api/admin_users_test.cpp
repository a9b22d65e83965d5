#include "services/auth-service/tests/admin_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

class AdminUsersTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(test_config(true)); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }

    Answer send(http::Method method, const std::string& path, const std::string& body = "",
                const std::string& bearer = service_key()) {
        return world().call({method, "/auth/v1" + path, body, bearer});
    }
    Answer create(const std::string& body) { return send(http::Method::post, "/admin/users", body); }
    std::string scalar(const std::string& sql) { return world().database.scalar(sql); }

    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> AdminUsersTest::world_;

TEST_F(AdminUsersTest, OnlyAdministratorsMay) {
    const std::string person = world().sign_up("nobody@example.com").str("access_token");
    struct Row {
        std::string bearer;
        unsigned status;
        const char* code;
    };
    const Row rows[] = {{"", 401, "no_authorization"}, {"nonsense", 403, "bad_jwt"}, {person, 403, "not_admin"}};
    const std::pair<http::Method, std::string> routes[] = {
        {http::Method::get, "/admin/users"},
        {http::Method::post, "/admin/users"},
        {http::Method::get, "/admin/users/" + to_string(uuid_v7())},
        {http::Method::put, "/admin/users/" + to_string(uuid_v7())},
        {http::Method::delete_, "/admin/users/" + to_string(uuid_v7())},
        {http::Method::get, "/admin/audit"}};
    for (const auto& [method, path] : routes) {
        for (const Row& row : rows) {
            const Answer answer = send(method, path, "", row.bearer);
            EXPECT_EQ(answer.status, row.status) << path << answer.text;
            EXPECT_EQ(answer.code(), row.code) << path << answer.text;
        }
    }
}

TEST_F(AdminUsersTest, APersonWithTheRoleMayWhileTheirSessionLives) {
    const std::string token = administrator_token(world(), "boss@example.com");
    EXPECT_EQ(send(http::Method::get, "/admin/users", "", token).status, 200U);
    world().post("/auth/v1/logout", "", token);
    EXPECT_EQ(send(http::Method::get, "/admin/users", "", token).code(), "session_not_found");
}

TEST_F(AdminUsersTest, CreatesWithAllThatWasAsked) {
    const Answer answer = create(R"({"email":"New@Example.com","phone":"+491701234567","password":"correct horse",
        "email_confirm":true,"user_metadata":{"name":"N"},"app_metadata":{"roles":["instructor"],"plan":"x"},
        "id":"019c0000-0000-7000-8000-000000000001"})");
    ASSERT_EQ(answer.status, 200U) << answer.text;
    EXPECT_EQ(answer.str("id"), "019c0000-0000-7000-8000-000000000001");
    EXPECT_EQ(answer.str("email"), "new@example.com");
    EXPECT_EQ(answer.str("phone"), "491701234567");
    EXPECT_TRUE(answer.body.as_object().contains("email_confirmed_at"));
    EXPECT_FALSE(answer.body.as_object().contains("phone_confirmed_at"));
    EXPECT_EQ(text_at(answer.body, "/user_metadata/name"), "N");
    EXPECT_EQ(text_at(answer.body, "/app_metadata/provider"), "email");
    EXPECT_EQ(text_at(answer.body, "/app_metadata/plan"), "x");
    EXPECT_EQ(answer["identities"].as_array().size(), 2U);
    EXPECT_EQ(world().sign_in("new@example.com").status, 200U);
    EXPECT_EQ(
        scalar("SELECT count(*) FROM integ.outbox WHERE topic='user.created' AND subject='" + answer.str("id") + "'"),
        "1");
    EXPECT_EQ(scalar("SELECT action || ' ' || actor_kind FROM auth.audit_entries WHERE subject_id='" +
                     answer.str("id") + "' AND action='user_signedup'"),
              "user_signedup service");
}

TEST_F(AdminUsersTest, CreateRefuses) {
    create(R"({"email":"taken@example.com","phone":"15550001"})");
    struct Row {
        const char* name;
        const char* body;
        unsigned status;
        const char* code;
    };
    const Row rows[] = {
        {"nothing", "{}", 400, "validation_failed"},
        {"no JSON", "{", 400, "bad_json"},
        {"bad address", R"({"email":"xx:;x@x.x"})", 400, "validation_failed"},
        {"bad number", R"({"phone":"12x"})", 400, "validation_failed"},
        {"address taken", R"({"email":"TAKEN@example.com"})", 422, "email_exists"},
        {"number taken", R"({"email":"other@example.com","phone":"+15550001"})", 422, "phone_exists"},
        {"both passwords", R"({"email":"b@example.com","password":"correct horse","password_hash":"$2b$10$x"})", 400,
         "validation_failed"},
        {"unknown hash", R"({"email":"b@example.com","password_hash":"md5:abc"})", 400, "validation_failed"},
        {"short password", R"({"email":"b@example.com","password":"short"})", 422, "weak_password"},
        {"nil id", R"({"email":"b@example.com","id":"00000000-0000-0000-0000-000000000000"})", 400,
         "validation_failed"},
        {"no id", R"({"email":"b@example.com","id":"x"})", 400, "validation_failed"},
        {"ban", R"({"email":"b@example.com","ban_duration":"soon"})", 400, "validation_failed"},
        {"service role", R"({"email":"b@example.com","role":"service_role"})", 400, "validation_failed"},
        {"metadata", R"({"email":"b@example.com","app_metadata":"x"})", 400, "bad_json"},
    };
    for (const Row& row : rows) {
        const Answer answer = create(row.body);
        EXPECT_EQ(answer.status, row.status) << row.name << answer.text;
        EXPECT_EQ(answer.code(), row.code) << row.name << answer.text;
    }
    EXPECT_EQ(scalar("SELECT count(*) FROM auth.users WHERE email='b@example.com'"), "0");
    EXPECT_EQ(scalar("SELECT count(*) FROM auth.user_emails WHERE email='other@example.com'"), "0");
}

TEST_F(AdminUsersTest, AnIdIsUsedOnce) {
    const std::string id = to_string(uuid_v4());
    EXPECT_EQ(create(R"({"email":"first@example.com","id":")" + id + "\"}").status, 200U);
    EXPECT_EQ(create(R"({"email":"second@example.com","id":")" + id + "\"}").code(), "user_already_exists");
    EXPECT_EQ(scalar("SELECT count(*) FROM auth.user_emails WHERE email='second@example.com'"), "0");
}

TEST_F(AdminUsersTest, APersonMadeWithoutAPasswordCannotSignInWithOne) {
    create(R"({"email":"nopass@example.com","email_confirm":true})");
    EXPECT_EQ(world().sign_in("nopass@example.com", "").code(), "invalid_credentials");
    EXPECT_EQ(world().sign_in("nopass@example.com", "anything at all").code(), "invalid_credentials");
}

TEST_F(AdminUsersTest, ImportedBcryptHashesWork) {
    // "correct horse" under bcrypt, cost 4
    const Answer made = create(R"({"email":"bcrypt@example.com","email_confirm":true,)"
                               R"("password_hash":"$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e"})");
    ASSERT_EQ(made.status, 200U) << made.text;
    EXPECT_EQ(world().sign_in("bcrypt@example.com", "wrong horse").code(), "invalid_credentials");
    EXPECT_EQ(world().sign_in("bcrypt@example.com").status, 200U);
}

TEST_F(AdminUsersTest, ChangesAndTells) {
    const std::string id = create(R"({"email":"change@example.com","password":"correct horse","email_confirm":true,
        "user_metadata":{"a":1,"b":2},"app_metadata":{"plan":"x"}})")
                               .str("id");
    const Answer answer = send(http::Method::put, "/admin/users/" + id,
                               R"({"email":"changed@example.com","user_metadata":{"a":null,"c":3},
                               "app_metadata":{"roles":["marketer"]}})");
    ASSERT_EQ(answer.status, 200U) << answer.text;
    EXPECT_EQ(answer.str("email"), "changed@example.com");
    EXPECT_FALSE(answer["user_metadata"].as_object().contains("a"));
    EXPECT_EQ(answer["user_metadata"].at("b").as_int64(), 2);
    EXPECT_EQ(answer["user_metadata"].at("c").as_int64(), 3);
    EXPECT_EQ(text_at(answer.body, "/app_metadata/roles/0"), "marketer");
    EXPECT_EQ(text_at(answer.body, "/app_metadata/plan"), "x");
    EXPECT_EQ(text_at(answer.body, "/identities/0/identity_data/email"), "changed@example.com");
    EXPECT_EQ(world().sign_in("changed@example.com").status, 200U);
    EXPECT_EQ(world().sign_in("change@example.com").code(), "invalid_credentials");
    EXPECT_EQ(create(R"({"email":"change@example.com"})").status, 200U);  // the old address is free again
    EXPECT_EQ(send(http::Method::put, "/admin/users/" + id, R"({"email":"change@example.com"})").code(),
              "email_exists");
}

TEST_F(AdminUsersTest, AnAddressThatIsRepeatedStaysProven) {
    const std::string id = create(R"({"email":"same@example.com","email_confirm":true,"phone":"34600999000",
        "phone_confirm":true})")
                               .str("id");
    const Answer answer =
        send(http::Method::put, "/admin/users/" + id, R"({"email":"same@example.com","phone":"34600999000"})");
    for (const auto& identity : answer["identities"].as_array()) {
        const auto& data = identity.at("identity_data");
        EXPECT_EQ(data.at(text_at(identity, "/provider") + "_verified"), true) << answer.text;
    }
    const Answer moved = send(http::Method::put, "/admin/users/" + id, R"({"email":"moved@example.com"})");
    EXPECT_EQ(moved["identities"].at(0).at("identity_data").at("email_verified"), false) << moved.text;
}

TEST_F(AdminUsersTest, ConfirmsOnRequestOnly) {
    const std::string id = create(R"({"email":"confirm@example.com"})").str("id");
    EXPECT_FALSE(send(http::Method::get, "/admin/users/" + id).body.as_object().contains("email_confirmed_at"));
    const Answer answer = send(http::Method::put, "/admin/users/" + id, R"({"email_confirm":true})");
    EXPECT_TRUE(answer.body.as_object().contains("email_confirmed_at"));
}

// S040: an administrator bans, sets a password or deletes: sessions end.
TEST_F(AdminUsersTest, ABanEndsSessionsAndForbidsNewOnes) {
    const Answer session = world().sign_up("banned@example.com");
    const std::string id = text_at(session.body, "/user/id");
    const Answer banned = send(http::Method::put, "/admin/users/" + id, R"({"ban_duration":"24h"})");
    ASSERT_EQ(banned.status, 200U) << banned.text;
    EXPECT_TRUE(banned.body.as_object().contains("banned_until"));
    EXPECT_NE(world().refresh(session.str("refresh_token")).status, 200U);
    EXPECT_NE(world().get("/auth/v1/user", session.str("access_token")).status, 200U);
    EXPECT_EQ(world().sign_in("banned@example.com").code(), "user_banned");
    EXPECT_NE(scalar("SELECT count(*) FROM auth.revocations WHERE subject='" + id + "'"), "0");
    EXPECT_EQ(scalar("SELECT count(*) FROM auth.audit_entries WHERE subject_id='" + id + "' AND action='user_banned'"),
              "1");
    EXPECT_EQ(send(http::Method::put, "/admin/users/" + id, R"({"ban_duration":"none"})").status, 200U);
    EXPECT_EQ(world().sign_in("banned@example.com").status, 200U);
}

TEST_F(AdminUsersTest, ANewPasswordEndsAllSessions) {
    const Answer session = world().sign_up("reset@example.com");
    const std::string id = text_at(session.body, "/user/id");
    EXPECT_EQ(send(http::Method::put, "/admin/users/" + id, R"({"password":"another horse"})").status, 200U);
    EXPECT_NE(world().refresh(session.str("refresh_token")).status, 200U);
    EXPECT_EQ(world().sign_in("reset@example.com").code(), "invalid_credentials");
    EXPECT_EQ(world().sign_in("reset@example.com", "another horse").status, 200U);
}

TEST_F(AdminUsersTest, DeletingRemovesEverythingAndTheAddressIsFree) {
    const Answer session = world().sign_up("gone@example.com");
    const std::string id = text_at(session.body, "/user/id");
    const Answer answer = send(http::Method::delete_, "/admin/users/" + id, R"({"should_soft_delete":false})");
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.text, "{}");
    EXPECT_EQ(send(http::Method::get, "/admin/users/" + id).code(), "user_not_found");
    EXPECT_EQ(send(http::Method::delete_, "/admin/users/" + id).code(), "user_not_found");
    EXPECT_NE(world().refresh(session.str("refresh_token")).status, 200U);
    EXPECT_EQ(scalar("SELECT count(*) FROM integ.outbox WHERE topic='user.deleted' AND subject='" + id + "'"), "1");
    EXPECT_EQ(world().sign_up("gone@example.com").status, 200U);
}

TEST_F(AdminUsersTest, SoftDeletionKeepsAnEmptyShell) {
    const std::string id = text_at(world().sign_up("shell@example.com").body, "/user/id");
    EXPECT_EQ(send(http::Method::delete_, "/admin/users/" + id, R"({"should_soft_delete":true})").text, "{}");
    const Answer shell = send(http::Method::get, "/admin/users/" + id);
    EXPECT_EQ(shell.str("email"), "");
    EXPECT_TRUE(shell.body.as_object().contains("deleted_at"));
    EXPECT_EQ(shell["identities"].as_array().size(), 0U);
    EXPECT_EQ(send(http::Method::delete_, "/admin/users/" + id, R"({"should_soft_delete":true})").status, 200U);
    EXPECT_EQ(world().sign_up("shell@example.com").status, 200U);
}

TEST_F(AdminUsersTest, IdsInThePathAreUuids) {
    for (const char* id : {"x", "1"}) {
        const Answer answer = send(http::Method::get, std::string("/admin/users/") + id);
        EXPECT_EQ(answer.status, 404U);
        EXPECT_EQ(answer.code(), "validation_failed");
    }
}

TEST(AdminUserList, PagesInBothWays) {
    AuthWorld world(test_config(true));
    for (int n = 0; n < 5; ++n) {
        world.sign_up("page" + std::to_string(n) + "@example.com");
        world.clock.advance(std::chrono::seconds(1));
    }
    const auto list = [&world](const std::string& query) {
        return world.call({http::Method::get, "/auth/v1/admin/users" + query, "", service_key()});
    };
    const Answer first = list("?page=1&per_page=2");
    ASSERT_EQ(first.status, 200U) << first.text;
    EXPECT_EQ(text_at(first.body, "/users/0/email"), "page4@example.com");
    EXPECT_EQ(first.str("aud"), "authenticated");
    EXPECT_EQ(first["total"].as_int64(), 5);
    EXPECT_EQ(first["next_page"].as_int64(), 2);
    EXPECT_EQ(first.headers.find("x-total-count"), "5");
    EXPECT_EQ(first.headers.find("link"),
              "</admin/users?page=2&per_page=2>; rel=\"next\", </admin/users?page=3&per_page=2>; rel=\"last\"");
    const Answer last = list("?page=3&per_page=2");
    EXPECT_EQ(last["users"].as_array().size(), 1U);
    EXPECT_TRUE(last["next_page"].is_null());
    EXPECT_EQ(text_at(list("?sort=created_at%20asc").body, "/users/0/email"), "page0@example.com");

    std::string cursor;
    std::vector<std::string> seen;
    for (int n = 0; n < 4; ++n) {
        const Answer page = list("?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
        for (const auto& user : page["users"].as_array()) seen.push_back(text_at(user, "/email"));
        cursor = text_at(page.body, "/pagination/next_cursor");
        if (cursor.empty()) break;
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"page4@example.com", "page3@example.com", "page2@example.com",
                                              "page1@example.com", "page0@example.com"}));
}

TEST(AdminUserList, FindsPeople) {
    AuthWorld world(test_config(true));
    world.sign_up("ann_b@example.com");
    world.sign_up("annxb@example.com");
    const auto list = [&world](const std::string& query) {
        return world.call({http::Method::get, "/auth/v1/admin/users" + query, "", service_key()});
    };
    EXPECT_EQ(list("?filter=ann_b")["users"].as_array().size(), 1U);  // _ is no wildcard
    EXPECT_EQ(list("?filter=ada")["users"].as_array().size(), 2U);    // display_name
    EXPECT_EQ(list("?filter=nobody")["users"].as_array().size(), 0U);
    EXPECT_EQ(text_at(list("?email=ANNXB@example.com").body, "/users/0/email"), "annxb@example.com");
    EXPECT_EQ(list("?email=ann")["users"].as_array().size(), 0U);
    for (const char* bad : {"?page=-1", "?per_page=x", "?per_page=0", "?sort=email", "?sort=created_at%20up",
                            "?cursor=zzz", "?limit=0"}) {
        EXPECT_EQ(list(bad).code(), "validation_failed") << bad;
    }
}

}  // namespace
}  // namespace tt::auth
