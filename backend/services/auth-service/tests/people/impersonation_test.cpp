#include "services/auth-service/tests/people/people_kit.hpp"

namespace tt::auth {
namespace {

using http::Method;

class ImpersonationTest : public PeopleTest {
protected:
    Answer act_as(const Person& by, const std::string& id, const std::string& reason = "ticket 4711") {
        return call(Method::post, "/auth/v1/admin/users/" + id + "/impersonate", R"({"reason":")" + reason + "\"}",
                    by.token);
    }
};

TEST_F(ImpersonationTest, IsAShortSessionThatSaysWhoActs) {
    const auto admin = administrator("root@example.com");
    const auto ada = sign_up("ada@example.com");
    const auto before = world.database.scalar("SELECT last_sign_in_at FROM auth.users WHERE id = '" + ada.id + "'");
    pass();
    const auto begun = act_as(admin, ada.id);
    ASSERT_EQ(begun.status, 200U) << begun.text;
    EXPECT_EQ(text_at(begun.body, "/user/id"), ada.id);
    EXPECT_EQ(text_at(begun.body, "/act/sub"), admin.id);
    EXPECT_EQ(begun.text.find("refresh_token"), std::string::npos);
    EXPECT_LE(begun["expires_in"].as_int64(), 1800);
    EXPECT_EQ(begun.headers.find("Cache-Control").value_or(""), "no-store");
    const auto token = begun.str("access_token");
    EXPECT_EQ(to_string(principal_in(token).acting.value()), admin.id);
    EXPECT_EQ(text_at(call(Method::get, "/auth/v1/user", "", token).body, "/email"), "ada@example.com");
    EXPECT_EQ(world.database.scalar("SELECT last_sign_in_at FROM auth.users WHERE id = '" + ada.id + "'"), before)
        << "she did not sign in";
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.sessions WHERE user_id = '" + ada.id +
                                    "' AND act_user = '" + admin.id + "' AND not_after - created_at <= '30 min'"),
              "1");
    EXPECT_EQ(audit_of("impersonation_started"), ada.id + R"( {"reason": "ticket 4711"})");
}

TEST_F(ImpersonationTest, CannotTouchWhatProvesWhoSomebodyIs) {
    const auto admin = administrator("root@example.com");
    const auto ada = sign_up("ada@example.com");
    const auto token = act_as(admin, ada.id).str("access_token");
    for (const auto& [method, path, body] : std::vector<std::tuple<Method, std::string, std::string>>{
             {Method::put, "/auth/v1/user", R"({"password":"another horse"})"},
             {Method::put, "/auth/v1/user", R"({"email":"eve@example.com"})"},
             {Method::delete_, "/auth/v1/user", "{}"},
             {Method::get, "/auth/v1/reauthenticate", ""},
             {Method::post, "/auth/v1/factors", R"({"factor_type":"totp"})"},
             {Method::post, "/auth/v1/passkeys/registration/options", "{}"},
             {Method::post, "/api/v1/api-keys", R"({"name":"x","scopes":[]})"},
             {Method::post, "/api/v1/session-handoff", ""},
             {Method::get, "/auth/v1/admin/users", ""},
             {Method::get, "/api/v1/roles", ""}}) {
        const auto refused = call(method, path, body, token);
        EXPECT_EQ(refused.status, 403U) << path << refused.text;
        EXPECT_EQ(refused.code(), "impersonation_forbidden") << path;
    }
    EXPECT_EQ(world.sign_in("ada@example.com").status, 200U) << "her password is as it was";
}

TEST_F(ImpersonationTest, EndsBySigningOutAndByItself) {
    const auto admin = administrator("root@example.com");
    const auto ada = sign_up("ada@example.com");
    const auto token = act_as(admin, ada.id).str("access_token");
    pass();
    EXPECT_EQ(call(Method::post, "/auth/v1/logout", "", token).status, 204U) << "everywhere is not theirs to say";
    follow();
    EXPECT_NE(call(Method::get, "/auth/v1/user", "", token).status, 200U);
    EXPECT_EQ(call(Method::get, "/auth/v1/user", "", ada.token).status, 200U) << "hers goes on";
    const auto second = act_as(administrator("root2@example.com"), ada.id).str("access_token");
    pass(std::chrono::minutes(31));
    EXPECT_NE(call(Method::get, "/auth/v1/user", "", second).status, 200U);
}

TEST_F(ImpersonationTest, NobodyActsAsAdministratorsThemselvesOrNobody) {
    const auto admin = administrator("root@example.com");
    const auto other = administrator("other@example.com");
    EXPECT_EQ(act_as(admin, other.id).code(), "cannot_impersonate_administrator");
    EXPECT_EQ(act_as(admin, admin.id).code(), "cannot_impersonate_administrator");
    EXPECT_EQ(act_as(admin, to_string(uuid_v4())).code(), "user_not_found");
    EXPECT_EQ(act_as(admin, "nonsense").status, 404U);
}

TEST_F(ImpersonationTest, OnlyWhoMayAndWithAReason) {
    const auto admin = administrator("root@example.com");
    const auto ada = sign_up("ada@example.com");
    const auto eve = sign_up("eve@example.com");
    EXPECT_EQ(act_as(eve, ada.id).code(), "permission_required");
    EXPECT_EQ(call(Method::post, "/auth/v1/admin/users/" + ada.id + "/impersonate", R"({"reason":"xyz"})").status,
              401U);
    EXPECT_EQ(act_as(admin, ada.id, "").code(), "validation_failed");
    EXPECT_EQ(act_as(admin, ada.id, "  x ").code(), "validation_failed");
    EXPECT_EQ(act_as(admin, ada.id, std::string(501, 'x')).code(), "validation_failed");
    const Person key{.token = service_key()};
    EXPECT_EQ(act_as(key, ada.id).code(), "not_admin") << "a key is nobody";
    EXPECT_EQ(audit_of("impersonation_started"), "");
}

TEST_F(ImpersonationTest, ARoleOfOnesOwnMayAllowItWithinItsRights) {
    const auto admin = administrator("root@example.com");
    auto helper = sign_up("helper@example.com");
    const auto ada = sign_up("ada@example.com");
    const auto writer = sign_up("writer@example.com");
    call(Method::post, "/api/v1/roles", R"({"name":"helpdesk","permissions":["users.impersonate"]})", admin.token);
    give_roles(admin, helper, R"(["helpdesk"])");
    give_roles(admin, writer, R"(["marketer"])");
    helper = refreshed(helper);
    EXPECT_EQ(act_as(helper, ada.id).status, 200U);
    EXPECT_EQ(act_as(helper, writer.id).code(), "cannot_impersonate_administrator") << "she may do more";
}

TEST_F(ImpersonationTest, IsNoLadder) {
    const auto admin = administrator("root@example.com");
    auto helper = sign_up("helper@example.com");
    const auto ada = sign_up("ada@example.com");
    call(Method::post, "/api/v1/roles", R"({"name":"helpdesk","permissions":["users.impersonate"]})", admin.token);
    give_roles(admin, helper, R"(["helpdesk"])");
    const Person acting{.token = act_as(admin, helper.id).str("access_token")};
    EXPECT_EQ(act_as(acting, ada.id).code(), "impersonation_forbidden");
    // Also behind the gateway's guard.
    EXPECT_EQ(
        world.post("/auth/v1/admin/users/" + ada.id + "/impersonate", R"({"reason":"ladder"})", acting.token).code(),
        "impersonation_forbidden");
}

}  // namespace
}  // namespace tt::auth
