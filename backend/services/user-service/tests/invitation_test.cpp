#include "services/user-service/tests/organization_kit.hpp"

#include <algorithm>

namespace tt::user::testing {
namespace {

class InvitationTest : public OrganizationTest {
protected:
    static Answer invite(const Principal& by, const std::string& organization, const std::string& email,
                         const std::string& role = "member", bool any_address = false) {
        const boost::json::object body{{"email", email}, {"role", role}, {"any_address", any_address}};
        return post(by, "/api/v1/organizations/" + organization + "/invitations", boost::json::serialize(body));
    }
    static Answer accept(const Principal& who, const std::string& token) {
        return post(who, "/api/v1/invitations/accept", token_body(token));
    }
};

TEST_F(InvitationTest, ByMailIntoTheOrganisation) {
    const auto ada = kit().member("ada-inv@example.com");
    const auto id = make(ada);
    const auto sent = invite(ada, id, "Bob-Inv@Example.com", "admin");
    ASSERT_EQ(sent.status, 201U) << sent.text;
    EXPECT_EQ(sent.str("email"), "bob-inv@example.com");
    EXPECT_EQ(sent.text.find("token"), std::string::npos) << "the secret goes by mail only";
    const auto token = token_to("bob-inv@example.com");
    ASSERT_FALSE(token.empty());
    EXPECT_EQ(get(ada, "/api/v1/organizations/" + id + "/invitations").body.at("items").as_array().size(), 1U);

    const auto seen =
        kit().call({.method = "POST", .target = "/api/v1/invitations/preview", .body = token_body(token)});
    ASSERT_EQ(seen.status, 200U) << seen.text;
    EXPECT_EQ(seen.str("organization_name"), "Engines");
    EXPECT_EQ(seen.str("email_hint"), "b…@example.com");

    const auto bob = kit().member("bob-inv@example.com");
    const auto joined = accept(bob, token);
    ASSERT_EQ(joined.status, 200U) << joined.text;
    EXPECT_EQ(joined.str("role"), "admin");
    EXPECT_EQ(accept(bob, token).status, 200U) << "the same person again";
    EXPECT_EQ(member_events(*bob.user_id), "admin");
    const auto eve = kit().member("eve-inv@example.com");
    EXPECT_EQ(accept(eve, token).code(), "invitation_used");
    EXPECT_EQ(get(ada, "/api/v1/organizations/" + id + "/invitations").body.at("items").as_array().size(), 0U);
}

TEST_F(InvitationTest, OnlyItsHashIsKept) {
    const auto ada = kit().member("ada-hash@example.com");
    const auto id = make(ada);
    invite(ada, id, "bob-hash@example.com");
    const auto token = token_to("bob-hash@example.com");
    EXPECT_EQ(kit().scalar("SELECT encode(token_hash, 'hex') = encode(sha256('" + token +
                           "'), 'hex') FROM account.invitations WHERE organization_id = '" + id + "'"),
              "t");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM integ.jobs WHERE payload::text LIKE '%" + token + "%'"), "0");
}

TEST_F(InvitationTest, TheInvitedAddressAcceptsIt) {
    const auto ada = kit().member("ada-addr@example.com");
    const auto id = make(ada);
    invite(ada, id, "bob-addr@example.com");
    const auto token = token_to("bob-addr@example.com");
    const auto eve = kit().member("eve-addr@example.com");
    const auto refused = accept(eve, token);
    EXPECT_EQ(refused.code(), "invitation_for_other_address");
    EXPECT_EQ(refused.text.find("bob-addr"), std::string::npos) << "a hint, not the address";
    const auto unconfirmed = kit().member("bob-addr@example.com", false);
    EXPECT_EQ(accept(unconfirmed, token).code(), "invitation_for_other_address");
    EXPECT_EQ(accept(kit().member("bob-addr@example.com"), token).status, 200U);
}

TEST_F(InvitationTest, UnlessAnyAddressMay) {
    const auto ada = kit().member("ada-any@example.com");
    const auto id = make(ada);
    invite(ada, id, "team-any@example.com", "member", true);
    EXPECT_EQ(accept(kit().member("private-any@example.com"), token_to("team-any@example.com")).status, 200U);
}

TEST_F(InvitationTest, TwoPeopleWithOneLinkAtOnceAreOneMember) {
    const auto ada = kit().member("ada-race@example.com");
    const auto id = make(ada);
    invite(ada, id, "race@example.com", "member", true);
    const auto token = token_to("race@example.com");
    std::vector<Call> calls;
    for (int i = 0; i < 8; ++i) {
        calls.push_back({.method = "POST",
                         .target = "/api/v1/invitations/accept",
                         .body = token_body(token),
                         .caller = kit().member("racer" + std::to_string(i) + "@example.com")});
    }
    const auto answers = kit().call_all_at_once(calls);
    EXPECT_EQ(std::ranges::count_if(answers, [](const Answer& one) { return one.status == 200; }), 1);
    EXPECT_EQ(std::ranges::count_if(answers, [](const Answer& one) { return one.code() == "invitation_used"; }), 7);
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.members WHERE organization_id = '" + id + "'"), "2");
}

TEST_F(InvitationTest, OnePersonTwiceAtOnceIsOneMember) {
    const auto ada = kit().member("ada-dup@example.com");
    const auto id = make(ada);
    invite(ada, id, "bob-dup@example.com");
    const auto bob = kit().member("bob-dup@example.com");
    const Call call{.method = "POST",
                    .target = "/api/v1/invitations/accept",
                    .body = token_body(token_to("bob-dup@example.com")),
                    .caller = bob};
    for (const auto& answer : kit().call_at_once(call, 8)) EXPECT_EQ(answer.status, 200U) << answer.text;
    EXPECT_EQ(member_events(*bob.user_id), "member");
}

TEST_F(InvitationTest, WhatIsWrongTakenBackOrOldDoesNotWork) {
    const auto ada = kit().member("ada-old@example.com");
    const auto id = make(ada);
    const auto bob = kit().member("bob-old@example.com");
    invite(ada, id, "bob-old@example.com");
    auto token = token_to("bob-old@example.com");
    EXPECT_EQ(accept(bob, "nonsense").code(), "invitation_not_found");
    std::string wrong = token;
    wrong.back() = wrong.back() == 'A' ? 'E' : 'A';
    wrong[60] = wrong[60] == 'A' ? 'B' : 'A';
    EXPECT_EQ(accept(bob, wrong).code(), "invitation_not_found");

    const auto list = get(ada, "/api/v1/organizations/" + id + "/invitations");
    const std::string invitation(list.body.at("items").at(0).at("id").as_string());
    const auto path = "/api/v1/organizations/" + id + "/invitations/" + invitation;
    EXPECT_EQ(send(bob, "DELETE", path).status, 404U) << "somebody else's";
    EXPECT_EQ(send(ada, "DELETE", path).status, 204U);
    EXPECT_EQ(send(ada, "DELETE", path).code(), "invitation_not_found");
    EXPECT_EQ(accept(bob, token).code(), "invitation_not_found");

    EXPECT_EQ(invite(ada, id, "bob-old@example.com").status, 201U) << "invited anew";
    token = token_to("bob-old@example.com", 2);
    kit().clock.advance(std::chrono::days(7));
    EXPECT_EQ(accept(bob, token).code(), "invitation_expired");
    kit().clock.advance(-std::chrono::days(7));
    EXPECT_EQ(accept(bob, token).status, 200U);
}

TEST_F(InvitationTest, RulesOfInviting) {
    const auto ada = kit().member("ada-rules@example.com");
    const auto id = make(ada);
    const auto admin = joined(id, "admin-rules@example.com", "admin");
    const auto bob = joined(id, "bob-rules@example.com", "member");
    EXPECT_EQ(invite(bob, id, "x-rules@example.com").code(), "organization_role_required");
    EXPECT_EQ(invite(admin, id, "x-rules@example.com", "owner").code(), "organization_role_required");
    EXPECT_EQ(invite(ada, id, "bob-rules@example.com").code(), "already_member");
    EXPECT_EQ(invite(admin, id, "x-rules@example.com").status, 201U);
    EXPECT_EQ(invite(admin, id, "X-rules@example.com").code(), "already_invited");
    // S085: no second recipient, no header.
    EXPECT_EQ(invite(ada, id, "a@example.com,b@example.com").code(), "validation_failed");
    EXPECT_EQ(invite(ada, id, "a@example.com\r\nBcc: b@example.com").code(), "validation_failed");
    EXPECT_EQ(invite(ada, id, "x-rules@example.com", "emperor").code(), "validation_failed");
    EXPECT_EQ(get(bob, "/api/v1/organizations/" + id + "/invitations").code(), "organization_role_required");
}

TEST_F(InvitationTest, AnOrganisationCannotSendMailToTheWorld) {
    const auto ada = kit().member("ada-flood@example.com");
    const auto id = make(ada);
    for (int i = 0; i < 50; ++i) {
        ASSERT_EQ(invite(ada, id, "flood" + std::to_string(i) + "@example.com").status, 201U);
    }
    const auto refused = invite(ada, id, "flood50@example.com");
    EXPECT_EQ(refused.status, 429U);
    EXPECT_EQ(refused.code(), "too_many_invitations");
}

TEST_F(InvitationTest, NorCanAPersonWhoMakesNewOrganisations) {
    const auto ada = kit().member("ada-world@example.com");
    unsigned sent = 0;
    Answer last;
    for (int round = 0; round < 6; ++round) {
        const auto id = make(ada);
        for (int i = 0; i < 10; ++i) {
            last = invite(ada, id, "world" + std::to_string(round) + std::to_string(i) + "@example.com");
            if (last.status == 201U) ++sent;
        }
        send(ada, "DELETE", "/api/v1/organizations/" + id);
    }
    EXPECT_EQ(sent, 50U);
    EXPECT_EQ(last.code(), "too_many_invitations");
    EXPECT_EQ(last.status, 429U);
    kit().clock.advance(std::chrono::minutes(30));
    const auto id = make(ada);
    EXPECT_EQ(invite(ada, id, "later-world@example.com").status, 201U) << "they come back evenly";
    EXPECT_EQ(invite(ada, id, "too-soon-world@example.com").status, 429U);
    kit().clock.advance(-std::chrono::minutes(30));
    const auto bob = kit().member("bob-world@example.com");
    EXPECT_EQ(invite(bob, make(bob), "other-world@example.com").status, 201U) << "another person";
    kit().clock.advance(std::chrono::hours(25));
    kit().runtime.run(kit().clean_up());
    kit().clock.advance(-std::chrono::hours(25));
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.inviters"), "0");
}

TEST_F(InvitationTest, WhoWantsNoMailsOfOrganisationsGetsNone) {
    const auto ada = kit().member("ada-quiet@example.com");
    const auto bob = kit().member("Bob-Quiet@example.com");
    const auto eve = kit().member("eve-quiet@example.com");
    send(bob, "PATCH", "/api/v1/preferences", R"({"mail":{"organizations":false}})");
    send(eve, "PATCH", "/api/v1/preferences", R"({"mail":{"organizations":true}})");
    const auto id = make(ada);
    EXPECT_EQ(invite(ada, id, "bob-quiet@example.com").status, 201U) << "whoever invites learns nothing of it";
    EXPECT_EQ(invite(ada, id, "eve-quiet@example.com").status, 201U);
    EXPECT_TRUE(kit().mailer.wait_for("eve-quiet@example.com"));
    EXPECT_EQ(kit().eventually("SELECT count(*) FROM integ.jobs WHERE queue = 'user.invitation'", "0"), "0");
    EXPECT_EQ(kit().mailer.count("bob-quiet@example.com"), 0U);
}

TEST_F(InvitationTest, ANameIsPrintedLiterallyInTheMail) {
    const auto ada = kit().member("ada-lit@example.com");
    // S084, S081: neither a template nor markup.
    const auto made = post(ada, "/api/v1/organizations", R"({"name":"<b>{{7*7}}</b> ${x}"})");
    invite(ada, made.str("id"), "bob-lit@example.com");
    const auto mail = kit().mailer.wait_for("bob-lit@example.com");
    ASSERT_TRUE(mail);
    EXPECT_NE(mail->text.find("<b>{{7*7}}</b> ${x}"), std::string::npos);
    EXPECT_NE(mail->html.find("&lt;b&gt;{{7*7}}&lt;/b&gt; ${x}"), std::string::npos) << mail->html;
    EXPECT_EQ(mail->subject.find("7*7"), std::string::npos);
}

}  // namespace
}  // namespace tt::user::testing
