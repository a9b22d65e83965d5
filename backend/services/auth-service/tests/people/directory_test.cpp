#include "platform/testing/test_server.hpp"
#include "services/auth-service/contract/account_directory.hpp"
#include "services/auth-service/tests/people/people_kit.hpp"

#include <thread>

namespace tt::auth {
namespace {

using http::Method;

/// One suite for both implementations of the contract: the service itself and its HTTP client.
class AccountsOfOthers : public PeopleTest, public ::testing::WithParamInterface<bool> {
protected:
    AccountsOfOthers() : client_(world.runtime.get()) {
        server_ = std::make_unique<platform::testing::TestServer>(world.runtime, gateway);
        const auto sign = [](http::ClientRequest& request) {
            request.headers.set("Authorization", "Bearer " + service_key());
        };
        remote_ = make_http_account_directory(http::SigningClient(client_, sign), server_->url());
    }
    ~AccountsOfOthers() override { server_.reset(); }

    AccountDirectory& directory() { return GetParam() ? *remote_ : world.service.account_directory(); }
    template <class T>
    T run(Task<T> task) {
        return world.runtime.run(std::move(task));
    }
    SessionId session_of(const Person& person) {
        return SessionId::parse(principal_in(person.token).session_id).value();
    }

    http::Client client_;
    std::unique_ptr<platform::testing::TestServer> server_;
    std::unique_ptr<AccountDirectory> remote_;
};

TEST_P(AccountsOfOthers, AnAccountIsItsAddress) {
    const auto ada = sign_up("ada@example.com");
    const auto card = run(directory().account(UserId::parse(ada.id).value()));
    ASSERT_TRUE(card);
    EXPECT_EQ(card->email, "ada@example.com");
    EXPECT_TRUE(card->is_email_confirmed);
    EXPECT_EQ(run(directory().account(UserId::make())).error().reason, "user_not_found");
}

TEST_P(AccountsOfOthers, ASessionEntersAnOrganisationAndLeavesIt) {
    auto ada = sign_up("ada@example.com");
    const UserId user = UserId::parse(ada.id).value();
    const auto organization = uuid_v7();
    EXPECT_TRUE(run(directory().enter_organization(user, session_of(ada), {organization, "admin"})));
    ada = refreshed(ada);
    const auto inside = principal_in(ada.token);
    EXPECT_EQ(inside.org_id, organization);
    EXPECT_EQ(inside.org_role, "admin");
    EXPECT_TRUE(run(directory().enter_organization(user, session_of(ada), {})));
    const auto outside = principal_in(refreshed(ada).token);
    EXPECT_EQ(to_string(outside.user_id.value()), ada.id);
    EXPECT_FALSE(outside.org_id);
    EXPECT_EQ(run(directory().enter_organization(user, SessionId{uuid_v4()}, {organization, "admin"})).error().reason,
              "session_not_found");
    const auto eve = UserId::parse(sign_up("eve@example.com").id).value();
    EXPECT_EQ(run(directory().enter_organization(eve, session_of(ada), {organization, "admin"})).error().reason,
              "session_not_found")
        << "somebody else's session";
}

TEST_P(AccountsOfOthers, AllDataOfAPersonWithoutSecrets) {
    const auto ada = sign_up("ada@example.com");
    PersonalDataOwner owner{UserId::parse(ada.id).value(), "ada@example.com"};
    const auto data = run(directory().personal_data(owner));
    std::vector<std::string> names;
    std::string all;
    for (const auto& part : data.parts) {
        names.push_back(part.name);
        all += part.data.text;
    }
    EXPECT_EQ(names, account_part_names());
    EXPECT_NE(all.find("ada@example.com"), std::string::npos);
    EXPECT_NE(all.find("people tests"), all.find("auth tests")) << "the devices of sessions";
    for (const auto* secret : {"password_hash", "refresh_key", "argon2", "token_hash"}) {
        EXPECT_EQ(all.find(secret), std::string::npos) << secret;
    }
    EXPECT_NE(audit_of("data_exported"), "");
}

INSTANTIATE_TEST_SUITE_P(LocalAndHttp, AccountsOfOthers, ::testing::Bool(),
                         [](const auto& info) { return info.param ? "Http" : "Local"; });

class MembersTest : public PeopleTest {
protected:
    void tell(const Person& person, const Uuid& organization, const std::string& role) {
        world.database.exec("INSERT INTO integ.outbox (event_id, topic, subject, payload) VALUES ('" +
                            to_string(uuid_v7()) + "', 'organization.member_changed', '" + person.id +
                            "', '{\"user_id\":\"" + person.id + "\",\"organization_id\":\"" + to_string(organization) +
                            "\",\"role\":\"" + role + "\"}')");
    }
    std::string eventually(const std::string& sql, const std::string& expected) {
        std::string last = world.database.scalar(sql);
        for (int i = 0; i < 200 && last != expected; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            last = world.database.scalar(sql);
        }
        return last;
    }
};

TEST_F(MembersTest, AnotherRoleAndLeavingReachTheTokens) {
    auto ada = sign_up("ada@example.com");
    const auto organization = uuid_v7();
    const UserId user = UserId::parse(ada.id).value();
    const auto caller = principal_in(ada.token);
    world.runtime.run(world.service.account_directory().enter_organization(
        user, SessionId::parse(caller.session_id).value(), {organization, "admin"}));
    ada = refreshed(ada);
    pass();
    tell(ada, organization, "member");
    const std::string role = "SELECT org_role FROM auth.sessions WHERE user_id = '" + ada.id + "'";
    EXPECT_EQ(eventually(role, "member"), "member");
    follow();
    EXPECT_EQ(call(Method::get, "/api/v1/probe/permissions", "", ada.token).status, 401U) << "it still says admin";
    ada = refreshed(ada);
    pass();
    tell(ada, uuid_v7(), "");  // of another organisation
    tell(ada, organization, "");
    EXPECT_EQ(eventually(role, ""), "");
    follow();
    EXPECT_EQ(call(Method::get, "/api/v1/probe/permissions", "", ada.token).status, 401U);
    const auto left = principal_in(refreshed(ada).token);
    EXPECT_EQ(to_string(left.user_id.value()), ada.id);
    EXPECT_FALSE(left.org_id);
    EXPECT_NE(audit_of("organization_changed").find(R"({"role": "member"})"), std::string::npos);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM integ.dead_letters"), "0");
}

class ProfileNamesTest : public MembersTest {
protected:
    /// What user-service tells of a profile.
    void tell_profile(const Person& person, const std::string& name, bool is_renamed) {
        world.database.exec("INSERT INTO integ.outbox (event_id, topic, subject, payload) VALUES ('" +
                            to_string(uuid_v7()) + "', 'profile.updated', '" + person.id + "', '{\"user_id\":\"" +
                            person.id + "\",\"display_name\":\"" + name +
                            "\",\"version\":2,\"is_renamed\":" + (is_renamed ? "true" : "false") + "}')");
    }
    std::string found_by(const std::string& name, const Person& administrator) {
        return call(Method::get, "/auth/v1/admin/users?filter=" + name, "", administrator.token).text;
    }
};

TEST_F(ProfileNamesTest, AChangedOneIsTheAccountsToo) {
    const auto admin = administrator("admin@example.com");
    const auto ada = sign_up("ada@example.com");
    world.database.exec(
        "UPDATE auth.users SET user_metadata = '{\"display_name\":\"Ada\",\"likes\":\"maths\"}' "
        "WHERE id = '" +
        ada.id + "'");
    const std::string metadata =
        "SELECT user_metadata ->> 'display_name' || ' ' || (user_metadata ->> 'likes') "
        "FROM auth.users WHERE id = '" +
        ada.id + "'";
    tell_profile(ada, "Countess", true);
    EXPECT_EQ(eventually(metadata, "Countess maths"), "Countess maths");
    EXPECT_NE(found_by("countess", admin).find(ada.id), std::string::npos);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM integ.outbox WHERE topic = 'user.updated'"), "0")
        << "user-service knows it already";

    tell_profile(ada, "Somebody", false);  // the profile's picture changed, and its name is another one since long
    tell_profile(ada, "Lovelace", true);
    EXPECT_EQ(eventually(metadata, "Lovelace maths"), "Lovelace maths");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM integ.dead_letters"), "0");
}

TEST_F(ProfileNamesTest, OfADeletedAccountIsNotKept) {
    const auto ada = sign_up("ada@example.com");
    const auto eve = sign_up("eve@example.com");
    world.database.exec("UPDATE auth.users SET user_metadata = '{}', deleted_at = now() WHERE id = '" + ada.id + "'");
    tell_profile(ada, "Countess", true);
    tell_profile(eve, "Eve", true);
    eventually("SELECT user_metadata ->> 'display_name' FROM auth.users WHERE id = '" + eve.id + "'", "Eve");
    EXPECT_EQ(eventually("SELECT count(*) FROM integ.inbox WHERE consumer = 'auth.names'", "2"), "2");
    EXPECT_EQ(world.database.scalar("SELECT user_metadata FROM auth.users WHERE id = '" + ada.id + "'"), "{}");
}

TEST_F(MembersTest, OnlyServicesAsk) {
    const auto ada = sign_up("ada@example.com");
    const std::string account = "/internal/v1/accounts/" + ada.id;
    EXPECT_EQ(call(Method::get, account).status, 401U);
    EXPECT_EQ(call(Method::get, account, "", ada.token).status, 403U);
    EXPECT_EQ(call(Method::get, account, "", service_key()).status, 200U);
    EXPECT_EQ(call(Method::put, account + "/sessions/" + to_string(uuid_v4()) + "/organization",
                   R"({"org_id":null,"org_role":""})", ada.token)
                  .status,
              403U);
    EXPECT_EQ(call(Method::post, "/internal/v1/personal-data/account", R"({"user_id":")" + ada.id + R"(","email":""})",
                   ada.token)
                  .status,
              403U);
}

}  // namespace
}  // namespace tt::auth
