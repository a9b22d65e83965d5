#include "services/user-service/tests/organization_kit.hpp"

#include <algorithm>

namespace tt::user::testing {
namespace {

TEST_F(OrganizationTest, WhoMakesItOwnsIt) {
    const auto ada = kit().member("ada-owns@example.com");
    const auto made = post(ada, "/api/v1/organizations", R"({"name":"Analytical Engines"})");
    ASSERT_EQ(made.status, 201U) << made.text;
    EXPECT_EQ(made.str("name"), "Analytical Engines");
    EXPECT_EQ(made.str("role"), "owner");
    EXPECT_EQ(made.body.at("member_count").as_int64(), 1);
    const auto list = get(ada, "/api/v1/organizations");
    EXPECT_EQ(list.body.at("items").as_array().size(), 1U);
    EXPECT_TRUE(list.body.at("current").is_null());
    EXPECT_EQ(member_events(*ada.user_id), "owner");
}

TEST_F(OrganizationTest, ANameIsNeededAndNothingElseIsTaken) {
    const auto ada = kit().member("ada-name@example.com");
    EXPECT_EQ(post(ada, "/api/v1/organizations", R"({"name":""})").code(), "validation_failed");
    EXPECT_EQ(post(ada, "/api/v1/organizations", "{}").code(), "validation_failed");
    // S055: what is the server's to say is refused.
    EXPECT_EQ(post(ada, "/api/v1/organizations", R"({"name":"x","id":"1","role":"owner"})").status, 400U);
    EXPECT_EQ(kit().call({.target = "/api/v1/organizations"}).status, 401U);
}

TEST_F(OrganizationTest, SomebodyElsesDoesNotExist) {
    const auto ada = kit().member("ada-iso@example.com");
    const auto eve = kit().member("eve-iso@example.com");
    const auto id = make(ada);
    const auto member = "/members/" + to_string(*ada.user_id);
    struct Try {
        std::string method, path, body;
    };
    for (const auto& [method, path, body] :
         std::vector<Try>{{"GET", "", ""},
                          {"PATCH", "", R"({"name":"mine"})"},
                          {"DELETE", "", ""},
                          {"GET", "/members", ""},
                          {"PATCH", member, R"({"role":"member"})"},
                          {"DELETE", member, ""},
                          {"GET", "/invitations", ""},
                          {"POST", "/invitations", R"({"email":"x@y.zz","role":"owner"})"},
                          {"DELETE", "/invitations/" + to_string(uuid_v7()), ""},
                          {"POST", "/switch", ""}}) {
        const auto answer = send(eve, method, "/api/v1/organizations/" + id + path, body);
        EXPECT_EQ(answer.status, 404U) << method << path << answer.text;
        EXPECT_EQ(answer.code(), "organization_not_found") << method << path;
    }
    EXPECT_EQ(get(eve, "/api/v1/organizations").body.at("items").as_array().size(), 0U);
    EXPECT_EQ(get(ada, "/api/v1/organizations/" + id).str("name"), "Engines") << "untouched";
}

TEST_F(OrganizationTest, RolesDecideWhoMayDoWhat) {
    const auto ada = kit().member("ada-roles@example.com");
    const auto id = make(ada);
    const auto admin = joined(id, "admin-roles@example.com", "admin");
    const auto bob = joined(id, "bob-roles@example.com", "member");
    const auto at = [&](const Principal& who) {
        return "/api/v1/organizations/" + id + "/members/" + to_string(*who.user_id);
    };

    EXPECT_EQ(send(bob, "PATCH", "/api/v1/organizations/" + id, R"({"name":"Bob's"})").code(),
              "organization_role_required");
    EXPECT_EQ(send(bob, "PATCH", at(bob), R"({"role":"owner"})").code(), "organization_role_required");
    EXPECT_EQ(send(bob, "DELETE", at(admin)).code(), "organization_role_required");
    EXPECT_EQ(send(admin, "PATCH", at(admin), R"({"role":"owner"})").code(), "organization_role_required");
    EXPECT_EQ(send(admin, "DELETE", at(ada)).code(), "organization_role_required");
    EXPECT_EQ(send(admin, "DELETE", "/api/v1/organizations/" + id).code(), "organization_role_required");
    EXPECT_EQ(send(admin, "PATCH", at(bob), R"({"role":"admin"})").str("role"), "admin");
    EXPECT_EQ(member_events(*bob.user_id), "member,admin");
    EXPECT_EQ(send(admin, "PATCH", "/api/v1/organizations/" + id, R"({"name":"Renamed"})").str("name"), "Renamed");
    EXPECT_EQ(send(admin, "DELETE", at(bob)).status, 204U);
    EXPECT_EQ(send(admin, "DELETE", at(bob)).code(), "member_not_found");
    EXPECT_EQ(get(bob, "/api/v1/organizations/" + id).status, 404U);
    EXPECT_EQ(member_events(*bob.user_id), "member,admin,");
}

TEST_F(OrganizationTest, OnlyWhoManagesSeesAddresses) {
    const auto ada = kit().member("ada-seen@example.com");
    const auto id = make(ada);
    const auto bob = joined(id, "bob-seen@example.com", "member");
    const auto path = "/api/v1/organizations/" + id + "/members";
    const auto full = get(ada, path);
    ASSERT_EQ(full.body.at("items").as_array().size(), 2U) << full.text;
    EXPECT_NE(full.text.find("bob-seen@example.com"), std::string::npos);
    EXPECT_NE(full.text.find("\"display_name\":\"bob-seen\""), std::string::npos);
    const auto less = get(bob, path);
    EXPECT_EQ(less.body.at("items").as_array().size(), 2U);
    EXPECT_EQ(less.text.find("@example.com"), std::string::npos) << less.text;
    const auto first = get(ada, path + "?limit=1");
    ASSERT_EQ(first.body.at("items").as_array().size(), 1U);
    const auto second = get(ada, path + "?limit=1&after=" + first.str("next"));
    EXPECT_EQ(second.body.at("items").as_array().size(), 1U);
    EXPECT_TRUE(second.body.at("next").is_null());
    EXPECT_EQ(get(ada, path + "?limit=0").code(), "validation_failed");
}

TEST_F(OrganizationTest, TheLastOwnerCanNeitherLeaveNorBecomeLess) {
    const auto ada = kit().member("ada-last@example.com");
    const auto id = make(ada);
    const auto bob = joined(id, "bob-last@example.com", "admin");
    const auto self = "/api/v1/organizations/" + id + "/members/" + to_string(*ada.user_id);
    EXPECT_EQ(send(ada, "DELETE", self).code(), "last_owner");
    EXPECT_EQ(send(ada, "PATCH", self, R"({"role":"admin"})").code(), "last_owner");
    const auto other = "/api/v1/organizations/" + id + "/members/" + to_string(*bob.user_id);
    EXPECT_EQ(send(ada, "PATCH", other, R"({"role":"owner"})").status, 200U);
    EXPECT_EQ(send(ada, "DELETE", self).status, 204U);
}

TEST_F(OrganizationTest, TwoOwnersWhoLeaveAtOnceLeaveOne) {
    for (int round = 0; round < 5; ++round) {
        const auto ada = kit().member("ada-two@example.com");
        const auto id = make(ada);
        const auto bob = joined(id, "bob-two" + std::to_string(round) + "@example.com", "owner");
        const auto leave = [&](const Principal& who) {
            return Call{.method = "DELETE",
                        .target = "/api/v1/organizations/" + id + "/members/" + to_string(*who.user_id),
                        .caller = who};
        };
        const auto answers = kit().call_all_at_once({leave(ada), leave(bob)});
        EXPECT_EQ((answers[0].status == 204U) + (answers[1].status == 204U), 1) << answers[0].text << answers[1].text;
        EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.members WHERE organization_id = '" + id + "'"), "1");
        EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.memberships WHERE organization_id = '" + id + "'"), "1");
    }
}

TEST_F(OrganizationTest, DeletingItEndsAllMemberships) {
    const auto ada = kit().member("ada-end@example.com");
    const auto id = make(ada);
    const auto bob = joined(id, "bob-end@example.com", "member");
    EXPECT_EQ(send(ada, "DELETE", "/api/v1/organizations/" + id).status, 204U);
    EXPECT_EQ(get(bob, "/api/v1/organizations").body.at("items").as_array().size(), 0U);
    EXPECT_EQ(member_events(*bob.user_id), "member,");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.invitations WHERE organization_id = '" + id + "'"), "0");
    EXPECT_EQ(send(ada, "DELETE", "/api/v1/organizations/" + id).status, 404U) << "twice";
}

TEST_F(OrganizationTest, SwitchingTellsAuthWhichAndAsWhat) {
    const auto ada = kit().member("ada-switch@example.com");
    const auto id = make(ada);
    const auto entered = post(ada, "/api/v1/organizations/" + id + "/switch");
    ASSERT_EQ(entered.status, 200U) << entered.text;
    EXPECT_EQ(entered.str("org_id"), id);
    EXPECT_EQ(entered.str("org_role"), "owner");
    EXPECT_EQ(kit().accounts.entered(*ada.user_id), id + " owner");
    EXPECT_EQ(send(ada, "DELETE", "/api/v1/organizations/current").status, 204U);
    EXPECT_EQ(kit().accounts.entered(*ada.user_id), "");
    auto without_session = ada;
    without_session.session_id.clear();
    EXPECT_EQ(post(without_session, "/api/v1/organizations/" + id + "/switch").code(), "session_not_found");
}

TEST_F(OrganizationTest, TheTokensOrganisationIsShown) {
    auto ada = kit().member("ada-current@example.com");
    const auto id = make(ada);
    ada.org_id = parse_uuid(id);
    EXPECT_EQ(get(ada, "/api/v1/organizations").str("current"), id);
}

TEST_F(OrganizationTest, NorByMakingManyAtOnce) {
    const auto ada = kit().member("ada-burst@example.com");
    for (int i = 0; i < 15; ++i) make(ada);
    const Call call{
        .method = "POST", .target = "/api/v1/organizations", .body = R"({"name":"Engines"})", .caller = ada};
    const auto answers = kit().call_at_once(call, 16);
    EXPECT_EQ(std::ranges::count_if(answers, [](const Answer& one) { return one.status == 201; }), 5);
}

TEST_F(OrganizationTest, DeletingALargeOneTellsAuthOfEverybody) {
    const auto ada = kit().member("ada-large@example.com");
    const auto id = make(ada);
    kit().database.exec(
        "WITH people AS (SELECT gen_random_uuid() AS id FROM generate_series(1, 300)), joined AS ("
        "INSERT INTO account.members SELECT '" +
        id +
        "', id, 'member', now() FROM people) "
        "INSERT INTO account.memberships SELECT id, '" +
        id + "' FROM people");
    EXPECT_EQ(send(ada, "DELETE", "/api/v1/organizations/" + id).status, 204U);
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.memberships WHERE organization_id = '" + id + "'"), "0");
    EXPECT_EQ(kit().scalar("SELECT count(DISTINCT subject) FROM integ.outbox WHERE topic = "
                           "'organization.member_changed' AND payload ->> 'organization_id' = '" +
                           id + "' AND payload ->> 'role' = ''"),
              "301");
}

TEST_F(OrganizationTest, NobodyIsInMoreThanTwenty) {
    const auto ada = kit().member("ada-many@example.com");
    for (int i = 0; i < 20; ++i) make(ada);
    EXPECT_EQ(post(ada, "/api/v1/organizations", R"({"name":"One more"})").code(), "too_many_organizations");
}

}  // namespace
}  // namespace tt::user::testing
