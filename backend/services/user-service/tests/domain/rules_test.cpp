#include "services/user-service/src/domain/export_file.hpp"
#include "services/user-service/src/domain/invitation_token.hpp"
#include "services/user-service/src/domain/organization_rules.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace tt::user {
namespace {

constexpr auto owner = MemberRole::owner;
constexpr auto admin = MemberRole::admin;
constexpr auto member = MemberRole::member;

TEST(OrganizationRules, OwnersAndAdminsManage) {
    EXPECT_TRUE(may_manage(owner));
    EXPECT_TRUE(may_manage(admin));
    EXPECT_EQ(may_manage(member).error().reason, "organization_role_required");
    EXPECT_TRUE(may_delete(owner));
    EXPECT_FALSE(may_delete(admin));
}

TEST(OrganizationRules, AdminsNeitherMakeNorTouchOwners) {
    EXPECT_TRUE(may_grant(owner, owner));
    EXPECT_FALSE(may_grant(admin, owner));
    EXPECT_TRUE(may_grant(admin, admin));
    EXPECT_FALSE(may_grant(member, member));
    EXPECT_FALSE(may_change_role(admin, owner, member));
    EXPECT_TRUE(may_change_role(admin, member, admin));
    EXPECT_FALSE(may_remove(admin, owner, false));
    EXPECT_TRUE(may_remove(admin, admin, false));
    EXPECT_FALSE(may_remove(member, member, false));
}

TEST(OrganizationRules, EverybodyMayLeaveButTheLastOwner) {
    EXPECT_TRUE(may_remove(member, member, true));
    EXPECT_TRUE(may_remove(owner, owner, true));
    EXPECT_TRUE(keeps_an_owner(owner, member, 2));
    EXPECT_TRUE(keeps_an_owner(admin, member, 1));
    EXPECT_TRUE(keeps_an_owner(owner, owner, 1));
    EXPECT_EQ(keeps_an_owner(owner, member, 1).error().reason, "last_owner");
}

TEST(InvitationToken, NamesItsInvitation) {
    const InvitationKey key{uuid_v7(), uuid_v7()};
    const std::string token = make_invitation_token(key);
    const auto read = key_of_invitation_token(token);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->organization_id, key.organization_id);
    EXPECT_EQ(read->id, key.id);
    EXPECT_NE(make_invitation_token(key), token) << "random, not derived";
}

TEST(InvitationToken, AnythingElseIsNone) {
    EXPECT_FALSE(key_of_invitation_token(""));
    EXPECT_FALSE(key_of_invitation_token("abc"));
    const std::string token = make_invitation_token({uuid_v7(), uuid_v7()});
    EXPECT_FALSE(key_of_invitation_token(token + "A"));
    EXPECT_FALSE(key_of_invitation_token(token.substr(1)));
    EXPECT_FALSE(key_of_invitation_token("+" + token.substr(1)));
}

TEST(InvitationToken, AHintTellsWhoWithoutTellingAll) {
    EXPECT_EQ(email_hint("ada@example.com"), "a…@example.com");
    EXPECT_EQ(email_hint("@example.com"), "");
    EXPECT_EQ(email_hint("ada"), "");
}

TEST(ExportFile, JsonIsReadableAndTheSame) {
    const std::string json = R"({"a":[1,{"b":"x\n"}],"empty":[],"none":{},"n":null})";
    const std::string readable = readable_json(json);
    EXPECT_NE(readable.find("\n  \"a\": [\n    1,\n"), std::string::npos) << readable;
    EXPECT_EQ(boost::json::parse(readable), boost::json::parse(json));
}

TEST(ExportFile, SaysWhatIsInItAndWhatIsMissing) {
    const ExportFacts facts{UserId::make(), *parse_rfc3339("2026-11-22T12:00:00Z"), {"progress"}};
    const std::vector<PersonalDataPart> parts{{"account", {R"({"email":"a@b.c"})"}}};
    const auto document = boost::json::parse(export_json(facts, parts));
    EXPECT_EQ(document.at("data").at("account").at("email").as_string(), "a@b.c");
    EXPECT_EQ(document.at("missing").at(0).as_string(), "progress");
    const std::string readme = export_readme(facts, parts);
    EXPECT_NE(readme.find("account.json"), std::string::npos);
    EXPECT_NE(readme.find("  progress\n"), std::string::npos);
    EXPECT_EQ(export_readme({facts.user_id, facts.made_at, {}}, parts).find("could not be had"), std::string::npos);
}

}  // namespace
}  // namespace tt::user
