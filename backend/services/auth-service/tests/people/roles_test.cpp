#include "platform/db/admin_connection.hpp"
#include "services/auth-service/tests/people/people_kit.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

using http::Method;

class RolesTest : public PeopleTest {
protected:
    Answer make_role(const Person& by, const std::string& name, const std::string& permissions_json) {
        return call(Method::post, "/api/v1/roles",
                    R"({"name":")" + name + R"(","permissions":)" + permissions_json + "}", by.token);
    }
};

TEST_F(RolesTest, TheFiveOfThePlatformAreThere) {
    const auto admin = administrator("root@example.com");
    const auto list = call(Method::get, "/api/v1/roles", "", admin.token);
    ASSERT_EQ(list.status, 200U) << list.text;
    std::vector<std::string> names;
    for (const auto& role : list.body.at("items").as_array()) {
        names.emplace_back(role.at("name").as_string());
        EXPECT_TRUE(role.at("is_builtin").as_bool());
    }
    EXPECT_EQ(names, (std::vector<std::string>{"admin", "instructor", "marketer", "student", "support"}));
    EXPECT_GT(list.body.at("permissions").as_array().size(), 5U);
    EXPECT_EQ(permissions_of(admin.token), "*");
}

TEST_F(RolesTest, AreForWhoeverMayManageThem) {
    const auto ada = sign_up("ada@example.com");
    for (const auto& [method, path, body] : std::vector<std::tuple<Method, std::string, std::string>>{
             {Method::get, "/api/v1/roles", ""},
             {Method::post, "/api/v1/roles", R"({"name":"x1","permissions":[]})"},
             {Method::patch, "/api/v1/roles/student", "{}"},
             {Method::delete_, "/api/v1/roles/student", ""},
             {Method::get, "/api/v1/users/" + ada.id + "/roles", ""},
             {Method::put, "/api/v1/users/" + ada.id + "/roles", R"({"roles":["admin"]})"}}) {
        EXPECT_EQ(call(method, path, body).status, 401U) << path;
        const auto refused = call(method, path, body, ada.token);
        EXPECT_EQ(refused.status, 403U) << path << refused.text;
        EXPECT_EQ(refused.code(), "permission_required") << path;
    }
}

TEST_F(RolesTest, ACustomOneIsMadeChangedAndDeleted) {
    const auto admin = administrator("root@example.com");
    const auto made = make_role(admin, "auditor", R"(["audit.read","users.read"])");
    ASSERT_EQ(made.status, 201U) << made.text;
    EXPECT_FALSE(made.body.at("is_builtin").as_bool());
    EXPECT_EQ(make_role(admin, "auditor", "[]").code(), "role_exists");
    EXPECT_EQ(make_role(admin, "pilot", R"(["planes.fly"])").code(), "unknown_permission");
    EXPECT_EQ(make_role(admin, "Bad Name", "[]").code(), "validation_failed");
    const auto changed = call(Method::patch, "/api/v1/roles/auditor", R"({"permissions":["audit.read"]})", admin.token);
    EXPECT_EQ(changed.body.at("permissions").as_array().size(), 1U) << changed.text;
    EXPECT_EQ(changed.body.at("row_version").as_int64(), 2);
    EXPECT_EQ(call(Method::patch, "/api/v1/roles/admin", R"({"permissions":[]})", admin.token).code(),
              "role_is_builtin");
    EXPECT_EQ(call(Method::delete_, "/api/v1/roles/admin", "", admin.token).code(), "role_is_builtin");
    EXPECT_EQ(call(Method::delete_, "/api/v1/roles/auditor", "", admin.token).status, 204U);
    EXPECT_EQ(call(Method::delete_, "/api/v1/roles/auditor", "", admin.token).code(), "role_not_found");
}

TEST_F(RolesTest, GivenOnesAreInTheNextTokenWithWhatTheyAllow) {
    const auto admin = administrator("root@example.com");
    auto ada = sign_up("ada@example.com");
    EXPECT_EQ(permissions_of(ada.token), "");
    const auto given = give_roles(admin, ada, R"(["support","marketer","support"])");
    ASSERT_EQ(given.status, 200U) << given.text;
    EXPECT_EQ(given.body.at("roles").as_array().size(), 2U);
    ada = refreshed(ada);
    EXPECT_EQ(permissions_of(ada.token),
              "content.manage,leads.read,learners.read,messages.manage,newsletter.manage,users.read");
    EXPECT_EQ(call(Method::get, "/api/v1/users/" + ada.id + "/roles", "", admin.token).body.at("roles"),
              given.body.at("roles"));
    EXPECT_NE(audit_of("role_granted").find(ada.id), std::string::npos);
}

TEST_F(RolesTest, ATakenOneIsRefusedAsSoonAsGatewaysHear) {  // S041
    const auto admin = administrator("root@example.com");
    auto ada = sign_up("ada@example.com");
    give_roles(admin, ada, R"(["support"])");
    ada = refreshed(ada);
    follow();
    EXPECT_EQ(call(Method::get, "/api/v1/probe/users-read", "", ada.token).status, 204U);
    pass();
    EXPECT_EQ(give_roles(admin, ada, "[]").status, 200U);
    follow();
    EXPECT_EQ(call(Method::get, "/api/v1/probe/users-read", "", ada.token).status, 401U) << "the token of before";
    ada = refreshed(ada);
    EXPECT_EQ(call(Method::get, "/api/v1/probe/users-read", "", ada.token).code(), "permission_required");
    EXPECT_NE(audit_of("role_revoked").find(ada.id), std::string::npos);
}

TEST_F(RolesTest, APermissionTakenFromARoleIsRefusedTheSameWay) {
    const auto admin = administrator("root@example.com");
    auto ada = sign_up("ada@example.com");
    make_role(admin, "reader", R"(["users.read"])");
    give_roles(admin, ada, R"(["reader"])");
    ada = refreshed(ada);
    follow();
    EXPECT_EQ(call(Method::delete_, "/api/v1/roles/reader", "", admin.token).code(), "role_in_use");
    EXPECT_EQ(call(Method::get, "/api/v1/probe/users-read", "", ada.token).status, 204U);
    pass();
    call(Method::patch, "/api/v1/roles/reader", R"({"permissions":["audit.read"]})", admin.token);
    follow();
    EXPECT_EQ(call(Method::get, "/api/v1/probe/users-read", "", ada.token).status, 401U);
    EXPECT_EQ(permissions_of(refreshed(ada).token), "audit.read");
}

TEST_F(RolesTest, ATokenAskedForWhileARoleChangesSaysWhatHoldsThen) {
    const auto admin = administrator("root@example.com");
    const auto ada = sign_up("ada@example.com");
    make_role(admin, "reader", R"(["users.read"])");
    give_roles(admin, ada, R"(["reader"])");
    pass();
    // The change has revoked the tokens of before and waits for its entry in the log.
    db::AdminConnection log(world.database.url());
    log.exec("BEGIN; LOCK TABLE auth.audit_entries IN SHARE MODE");
    auto changing = start({.method = Method::patch,
                           .target = "/api/v1/roles/reader",
                           .body = R"({"permissions":["audit.read"]})",
                           .bearer = admin.token},
                          0);
    EXPECT_TRUE(world.comes_to_wait(1));
    pass();
    auto signing = start({.method = Method::post,
                          .target = "/auth/v1/token?grant_type=refresh_token",
                          .body = R"({"refresh_token":")" + ada.refresh_token + "\"}"},
                         1);
    EXPECT_TRUE(world.comes_to_wait(2)) << "for the holders of the role, who wait for the change";
    log.exec("COMMIT");
    EXPECT_EQ(changing.get().status, 200U);
    const auto answer = signing.get();
    ASSERT_EQ(answer.status, 200U) << answer.text;
    follow();
    const auto seen = call(Method::get, "/api/v1/probe/permissions", "", answer.str("access_token"));
    if (seen.status != 401U) EXPECT_EQ(seen.text, "audit.read");
}

TEST_F(RolesTest, NobodyGivesWhatTheyMayNotDo) {
    const auto admin = administrator("root@example.com");
    auto lead = sign_up("lead@example.com");
    const auto ada = sign_up("ada@example.com");
    make_role(admin, "lead", R"(["roles.manage","users.read"])");
    give_roles(admin, lead, R"(["lead"])");
    lead = refreshed(lead);
    EXPECT_EQ(give_roles(lead, ada, R"(["admin"])").code(), "permission_required");
    EXPECT_EQ(give_roles(lead, lead, R"(["lead","admin"])").code(), "permission_required");
    EXPECT_EQ(give_roles(lead, admin, "[]").status, 409U) << "the last administrator";
    EXPECT_EQ(make_role(lead, "more", R"(["users.manage"])").code(), "permission_required");
    EXPECT_EQ(make_role(lead, "less", R"(["users.read"])").status, 201U);
    EXPECT_EQ(give_roles(lead, ada, R"(["less"])").status, 200U);
}

TEST_F(RolesTest, WhatPeopleSayOfThemselvesIsNoRole) {  // S034, S055
    const auto session = call(Method::post, "/auth/v1/signup",
                              R"({"email":"eve@example.com","password":"correct horse","data":{"role":"service_role",
                                  "roles":["admin"],"app_metadata":{"roles":["admin"]},"permissions":["*"]},
                                  "app_metadata":{"roles":["admin"]},"role":"service_role"})");
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_EQ(permissions_of(session.str("access_token")), "");
    EXPECT_EQ(call(Method::get, "/api/v1/roles", "", session.str("access_token")).code(), "permission_required");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users WHERE app_metadata ? 'roles'"), "0");
    EXPECT_EQ(call(Method::put, "/auth/v1/user", R"({"app_metadata":{"roles":["admin"]}})", session.str("access_token"))
                  .code(),
              "not_admin");
}

TEST_F(RolesTest, UnknownPeopleAndRoles) {
    const auto admin = administrator("root@example.com");
    const auto ada = sign_up("ada@example.com");
    EXPECT_EQ(give_roles(admin, ada, R"(["emperor"])").code(), "unknown_role");
    Person nobody{.id = to_string(uuid_v4())};
    EXPECT_EQ(give_roles(admin, nobody, "[]").code(), "user_not_found");
    nobody.id = "nonsense";
    EXPECT_EQ(give_roles(admin, nobody, "[]").code(), "user_not_found");
}

TEST_F(RolesTest, OfTwoAdministratorsWhoDemoteEachOtherAtOnceOneStays) {
    for (int round = 0; round < 3; ++round) {
        const auto tail = std::to_string(round) + "@example.com";
        const auto one = administrator("one" + tail);
        const auto two = administrator("two" + tail);
        const auto demote = [](const Person& by, const Person& whom) {
            return Call{.method = Method::put,
                        .target = "/api/v1/users/" + whom.id + "/roles",
                        .body = R"({"roles":[]})",
                        .bearer = by.token};
        };
        const auto answers = call_all_at_once({demote(one, two), demote(two, one)});
        EXPECT_EQ((answers[0].status == 200U) + (answers[1].status == 200U), 1) << answers[0].text << answers[1].text;
        EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users WHERE app_metadata -> 'roles' ? 'admin'"),
                  "1");
        world.database.exec("UPDATE auth.users SET app_metadata = app_metadata - 'roles'");
    }
}

TEST_F(RolesTest, WithASecondFactorItMustHaveBeenUsed) {
    const auto admin = administrator("root@example.com");
    world.database.exec(
        "INSERT INTO auth.factors (user_id, id, factor_type, status, secret, created_at, updated_at) "
        "VALUES ('" +
        admin.id + "', '" + to_string(uuid_v4()) + "', 'totp', 'verified', '\\x00', now(), now())");
    EXPECT_EQ(call(Method::get, "/api/v1/roles", "", admin.token).code(), "insufficient_aal");
}

// Everybody who has the role is revoked, also who gets it at this moment, and nobody waits for somebody who waits.
TEST_F(RolesTest, ARoleIsChangedWhileItIsGiven) {
    const auto admin = administrator("root@example.com");
    make_role(admin, "reader", R"(["users.read"])");
    std::vector<Person> people;
    for (int i = 0; i < 6; ++i) people.push_back(sign_up("p" + std::to_string(i) + "@example.com"));
    for (int round = 0; round < 5; ++round) {
        std::vector<Call> calls{
            {.method = Method::patch,
             .target = "/api/v1/roles/reader",
             .body = round % 2 == 0 ? R"({"permissions":["audit.read"]})" : R"({"permissions":["users.read"]})",
             .bearer = admin.token}};
        for (std::size_t i = 0; i < people.size(); ++i) {
            calls.push_back(
                {.method = Method::put,
                 .target = "/api/v1/users/" + people[i].id + "/roles",
                 .body = (i + static_cast<std::size_t>(round)) % 2 == 0 ? R"({"roles":["reader"]})" : R"({"roles":[]})",
                 .bearer = admin.token});
        }
        for (const Answer& answer : call_all_at_once(calls)) EXPECT_EQ(answer.status, 200U) << answer.text;
        pass();
    }
    const std::string revocations = "SELECT count(*) FROM auth.revocations";
    const std::string holders = "SELECT count(*) FROM auth.users WHERE app_metadata -> 'roles' ? 'reader'";
    const int before = std::stoi(world.database.scalar(revocations));
    call(Method::patch, "/api/v1/roles/reader", R"({"permissions":[]})", admin.token);
    EXPECT_EQ(std::stoi(world.database.scalar(revocations)) - before, std::stoi(world.database.scalar(holders)));
}

}  // namespace
}  // namespace tt::auth
