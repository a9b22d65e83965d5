#include "services/auth-service/tests/people/people_kit.hpp"

namespace tt::auth {
namespace {

using http::Method;

/// Roles as the admin API changes them (app_metadata, bans, deletions), and what permissions open of it.
class AdminRolesTest : public PeopleTest {
protected:
    Answer admin_call(Method method, const std::string& path, const std::string& body = "",
                      const std::string& bearer = service_key()) {
        pass();
        return call(method, "/auth/v1/admin" + path, body, bearer);
    }
    Answer change(const Person& whom, const std::string& body, const std::string& bearer = service_key()) {
        return admin_call(Method::put, "/users/" + whom.id, body, bearer);
    }
    Answer remove(const Person& whom, bool is_soft, const std::string& bearer = service_key()) {
        return admin_call(Method::delete_, "/users/" + whom.id,
                          is_soft ? R"({"should_soft_delete":true})" : R"({"should_soft_delete":false})", bearer);
    }
    /// Somebody with a role made for them.
    Person holder(const std::string& email, const std::string& role, const std::string& permissions_json) {
        call(Method::post, "/api/v1/roles", R"({"name":")" + role + R"(","permissions":)" + permissions_json + "}",
             service_key());
        const auto person = sign_up(email);
        EXPECT_EQ(change(person, R"({"app_metadata":{"roles":[")" + role + R"("]}})").status, 200U);
        return refreshed(person);
    }
    std::string count_of(const std::string& action, const Person& subject) {
        return world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action = '" + action +
                                     "' AND subject_id = '" + subject.id + "'");
    }
};

TEST_F(AdminRolesTest, TheLastAdministratorStaysWhicheverWay) {
    const auto root = administrator("root@example.com");
    const auto second = administrator("second@example.com");
    EXPECT_EQ(change(second, R"({"ban_duration":"24h"})").status, 200U);
    for (const char* body : {R"({"app_metadata":{"roles":[]}})", R"({"app_metadata":{"roles":null}})",
                             R"({"app_metadata":{"roles":["support"]}})", R"({"ban_duration":"24h"})"}) {
        const auto refused = change(root, body);
        EXPECT_EQ(refused.status, 409U) << body << refused.text;
        EXPECT_EQ(refused.code(), "last_administrator") << body;
    }
    for (const bool is_soft : {false, true}) EXPECT_EQ(remove(root, is_soft).code(), "last_administrator");
    EXPECT_EQ(change(root, R"({"user_metadata":{"name":"R"}})").status, 200U) << "all else may be changed";
    EXPECT_EQ(change(second, R"({"ban_duration":"none"})").status, 200U);
    EXPECT_EQ(remove(root, true).status, 200U) << "now there is another one";
}

TEST_F(AdminRolesTest, OfTwoAdministratorsWhoBanEachOtherAtOnceOneStays) {
    const auto one = administrator("one@example.com");
    const auto two = administrator("two@example.com");
    const auto ban = [](const Person& by, const Person& whom) {
        return Call{.method = Method::put,
                    .target = "/auth/v1/admin/users/" + whom.id,
                    .body = R"({"ban_duration":"24h"})",
                    .bearer = by.token};
    };
    const auto answers = call_all_at_once({ban(one, two), ban(two, one)});
    EXPECT_EQ((answers[0].status == 200U) + (answers[1].status == 200U), 1) << answers[0].text << answers[1].text;
}

TEST_F(AdminRolesTest, OnlyRolesThatExistCanBeGiven) {
    const auto ada = sign_up("ada@example.com");
    EXPECT_EQ(change(ada, R"({"app_metadata":{"roles":["support","publisher"]}})").code(), "unknown_role");
    EXPECT_EQ(change(ada, R"({"app_metadata":{"roles":"admin"}})").code(), "validation_failed");
    EXPECT_EQ(change(ada, R"({"app_metadata":{"roles":[7]}})").code(), "validation_failed");
    const auto refused =
        admin_call(Method::post, "/users", R"({"email":"bob@example.com","app_metadata":{"roles":["publisher"]}})");
    EXPECT_EQ(refused.status, 422U) << refused.text;
    EXPECT_EQ(refused.code(), "unknown_role");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.user_emails WHERE email = 'bob@example.com'"), "0");
    EXPECT_EQ(change(ada, R"({"app_metadata":{"plan":"x","roles":["support"]}})").status, 200U);
    // What came with an import stays until somebody takes it away.
    world.database.exec("UPDATE auth.users SET app_metadata = '{\"roles\":[\"ancient\"]}' WHERE id = '" + ada.id + "'");
    EXPECT_EQ(change(ada, R"({"app_metadata":{"roles":["ancient","support"]}})").status, 200U);
}

TEST(AdminRoleNames, AreFreeForTheSuiteOfTheClients) {
    AuthConfig config = test_config(true);
    config.any_role_names = true;
    AuthWorld world(config);
    const std::string id = text_at(world.sign_up("ada@example.com").body, "/user/id");
    const auto changed =
        world.put("/auth/v1/admin/users/" + id, R"({"app_metadata":{"roles":["admin","publisher"]}})", service_key());
    EXPECT_EQ(changed.status, 200U) << changed.text;
}

TEST_F(AdminRolesTest, WhatIsGivenAndTakenIsInTheLog) {
    const auto root = administrator("root@example.com");
    const auto ada = sign_up("ada@example.com");
    EXPECT_EQ(change(ada, R"({"app_metadata":{"roles":["support","marketer"]}})", root.token).status, 200U);
    EXPECT_EQ(count_of("role_granted", ada), "2");
    EXPECT_EQ(change(ada, R"({"app_metadata":{"roles":["marketer"]}})", root.token).status, 200U);
    EXPECT_EQ(count_of("role_granted", ada), "2");
    EXPECT_EQ(world.database.scalar("SELECT target || ' ' || actor_kind FROM auth.audit_entries WHERE action = "
                                    "'role_revoked'"),
              "support admin");
    const auto made = admin_call(Method::post, "/users",
                                 R"({"email":"bob@example.com","app_metadata":{"roles":["support"]}})", root.token);
    ASSERT_EQ(made.status, 200U) << made.text;
    EXPECT_EQ(count_of("role_granted", Person{.id = made.str("id")}), "1");
}

TEST_F(AdminRolesTest, SupportLooksUpAccountsAndNothingMore) {
    const auto root = administrator("root@example.com");
    auto ada = sign_up("ada@example.com");
    give_roles(root, ada, R"(["support"])");
    ada = refreshed(ada);
    const std::string person = "/users/" + root.id;
    for (const std::string& path :
         {std::string("/users"), person, person + "/sessions", person + "/factors", person + "/passkeys"}) {
        EXPECT_EQ(admin_call(Method::get, path, "", ada.token).status, 200U) << path;
    }
    const std::pair<Method, std::string> others[] = {{Method::post, "/users"},
                                                     {Method::put, person},
                                                     {Method::delete_, person},
                                                     {Method::delete_, person + "/sessions"},
                                                     {Method::delete_, person + "/factors/" + to_string(uuid_v4())},
                                                     {Method::post, "/generate_link"},
                                                     {Method::get, "/audit"},
                                                     {Method::get, "/oauth/clients"},
                                                     {Method::get, "/sso/providers"}};
    for (const auto& [method, path] : others) {
        EXPECT_EQ(admin_call(method, path, "", ada.token).code(), "not_admin") << path;
    }
    for (const char* path : {"/api/v1/audit", "/api/v1/audit/verify", "/api/v1/audit/export"}) {
        EXPECT_EQ(call(Method::get, path, "", ada.token).code(), "permission_required") << path;
    }
}

TEST_F(AdminRolesTest, AnAuditorReadsTheLogOnly) {
    const auto auditor = holder("auditor@example.com", "auditor", R"(["audit.read"])");
    EXPECT_EQ(admin_call(Method::get, "/audit", "", auditor.token).status, 200U);
    EXPECT_EQ(call(Method::get, "/api/v1/audit", "", auditor.token).status, 200U);
    EXPECT_EQ(admin_call(Method::get, "/users", "", auditor.token).code(), "not_admin");
}

TEST_F(AdminRolesTest, WhoManagesAccountsManagesNobodyWhoMayMore) {
    const auto root = administrator("root@example.com");
    const auto second = administrator("second@example.com");
    const auto keeper = holder("keeper@example.com", "keeper", R"(["users.read","users.manage"])");
    const auto ada = sign_up("ada@example.com");
    EXPECT_EQ(change(ada, R"({"password":"another horse"})", keeper.token).status, 200U);
    EXPECT_EQ(change(ada, R"({"ban_duration":"24h"})", keeper.token).status, 200U);
    EXPECT_EQ(change(ada, R"({"app_metadata":{"roles":["keeper"]}})", keeper.token).code(), "permission_required")
        << "roles are another permission";
    EXPECT_EQ(change(root, R"({"password":"another horse"})", keeper.token).code(), "permission_required");
    EXPECT_EQ(remove(second, false, keeper.token).code(), "permission_required");
    const auto link =
        admin_call(Method::post, "/generate_link", R"({"type":"recovery","email":"root@example.com"})", keeper.token);
    EXPECT_EQ(link.code(), "permission_required") << link.text;
    EXPECT_EQ(remove(ada, false, keeper.token).status, 200U);
}

TEST_F(AdminRolesTest, ANewPasswordLetsThePersonInAgain) {
    const auto ada = sign_up("ada@example.com");
    for (int i = 0; i < 11; ++i) world.sign_in("ada@example.com", "wrong horse");
    EXPECT_EQ(world.sign_in("ada@example.com").code(), "over_request_rate_limit");
    EXPECT_EQ(change(ada, R"({"password":"another horse"})").status, 200U);
    EXPECT_EQ(world.sign_in("ada@example.com", "another horse").status, 200U);
}

}  // namespace
}  // namespace tt::auth
