#include "platform/crypto/hash.hpp"
#include "services/auth-service/tests/people/people_kit.hpp"

#include <algorithm>

namespace tt::auth {
namespace {

using http::Method;

class DeletionTest : public PeopleTest {
protected:
    Answer leave(const std::string& token, const std::string& body = "{}") {
        return call(Method::delete_, "/auth/v1/user", body, token);
    }
    Answer restore(const std::string& token) { return call(Method::post, "/auth/v1/user/restore", "", token); }
    int erase_due() { return world.runtime.run(world.service.people().deletion().erase_due()); }
    std::string count(const std::string& table, const Person& person) {
        return world.database.scalar("SELECT count(*) FROM auth." + table + " WHERE user_id = '" + person.id + "'");
    }
    std::string deletions_told() {
        return world.database.scalar("SELECT count(*) FROM integ.outbox WHERE topic = 'user.deleted'");
    }
};

TEST_F(DeletionTest, EndsSessionsTellsTheDayAndMailsTheWayBack) {
    const auto ada = sign_up("ada@example.com");
    const auto elsewhere = world.sign_in("ada@example.com");
    pass();
    const auto left = leave(ada.token);
    ASSERT_EQ(left.status, 200U) << left.text;
    EXPECT_EQ(*parse_rfc3339(left.str("deletion_at")), world.clock.now() + std::chrono::days(14));
    follow();
    EXPECT_NE(call(Method::get, "/auth/v1/user", "", ada.token).status, 200U);
    EXPECT_EQ(world.refresh(ada.refresh_token).status, 400U);
    EXPECT_EQ(world.refresh(elsewhere.str("refresh_token")).status, 400U);
    const auto mail = world.mailer.wait_for_text("ada@example.com");
    EXPECT_NE(mail.find("http://site.test/account/restore"), std::string::npos) << mail;
    EXPECT_NE(audit_of("user_deletion_requested"), "");
    EXPECT_EQ(deletions_told(), "0") << "not yet";
}

TEST_F(DeletionTest, TheLastAdministratorStays) {
    const auto root = administrator("root@example.com");
    const auto refused = leave(root.token);
    EXPECT_EQ(refused.status, 409U) << refused.text;
    EXPECT_EQ(refused.code(), "last_administrator");
    const auto second = administrator("second@example.com");
    EXPECT_EQ(leave(root.token).status, 200U);
    EXPECT_EQ(leave(second.token).code(), "last_administrator") << "one who leaves is no other one";
}

TEST_F(DeletionTest, UntilThenOneSignsInAndKeepsTheAccount) {
    const auto ada = sign_up("ada@example.com");
    const auto day = leave(ada.token).str("deletion_at");
    pass(std::chrono::days(13));
    const auto back = world.sign_in("ada@example.com");
    ASSERT_EQ(back.status, 200U) << back.text;
    EXPECT_EQ(text_at(back.body, "/user/app_metadata/deletion_at"), day);
    follow();
    const auto kept = restore(back.str("access_token"));
    ASSERT_EQ(kept.status, 200U) << kept.text;
    EXPECT_EQ(text_at(kept.body, "/app_metadata/deletion_at"), "");
    EXPECT_EQ(restore(back.str("access_token")).status, 200U) << "twice";
    pass(std::chrono::days(10));
    EXPECT_EQ(erase_due(), 0);
    EXPECT_NE(audit_of("user_restored"), "");
}

TEST_F(DeletionTest, AfterwardsNothingIsLeftButTheFact) {
    const auto ada = sign_up("ada@example.com");
    leave(ada.token);
    pass(std::chrono::days(13));
    EXPECT_EQ(erase_due(), 0);
    pass(std::chrono::days(2));
    EXPECT_EQ(erase_due(), 1);
    EXPECT_EQ(erase_due(), 0);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users WHERE id = '" + ada.id + "'"), "0");
    for (const std::string table : {"user_emails", "identities", "sessions", "one_time_tokens"}) {
        EXPECT_EQ(count(table, ada), "0") << table;
    }
    EXPECT_EQ(world.database.scalar("SELECT payload ->> 'email_sha256' FROM integ.outbox WHERE topic = 'user.deleted' "
                                    "AND subject = '" +
                                    ada.id + "'"),
              crypto::sha256_hex("ada@example.com"));
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM integ.outbox WHERE topic = 'user.deleted' AND payload::text "
                                    "LIKE '%ada@%'"),
              "0");
    EXPECT_EQ(world.sign_in("ada@example.com").code(), "invalid_credentials");
    EXPECT_NE(sign_up("ada@example.com").id, ada.id) << "the address is free";
}

TEST_F(DeletionTest, AnOldSignInMustBeProvenAgain) {
    const auto ada = sign_up("ada@example.com");
    pass(std::chrono::minutes(11));
    EXPECT_EQ(leave(ada.token).code(), "reauthentication_needed");
    EXPECT_EQ(leave(ada.token, R"({"password":"wrong horse"})").code(), "current_password_invalid");
    EXPECT_EQ(leave(ada.token, R"({"nonce":"000000"})").code(), "reauthentication_not_valid");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users WHERE deletion_due_at IS NOT NULL"), "0");
    EXPECT_EQ(leave(ada.token, R"({"password":"correct horse"})").status, 200U);
    EXPECT_EQ(leave("").status, 401U);
}

TEST_F(DeletionTest, WithASecondFactorItMustHaveBeenUsed) {
    const auto ada = sign_up("ada@example.com");
    world.database.exec(
        "INSERT INTO auth.factors (user_id, id, factor_type, status, secret, created_at, updated_at) "
        "VALUES ('" +
        ada.id + "', '" + to_string(uuid_v4()) + "', 'totp', 'verified', '\\x00', now(), now())");
    EXPECT_EQ(leave(ada.token, R"({"password":"correct horse"})").code(), "insufficient_aal");
}

TEST_F(DeletionTest, EightRequestsAtOnceAreOneDayAndOneMail) {
    const auto ada = sign_up("ada@example.com");
    const std::vector<Call> calls(
        8, Call{.method = Method::delete_, .target = "/auth/v1/user", .body = "{}", .bearer = ada.token});
    const auto answers = call_all_at_once(calls);
    const auto done = std::ranges::count_if(answers, [](const Answer& one) { return one.status == 200; });
    EXPECT_GE(done, 1);
    for (const auto& answer : answers) {
        // Who came after the sessions had ended is told so.
        if (answer.status != 200U) EXPECT_EQ(answer.code(), "session_not_found") << answer.text;
    }
    world.mailer.wait_for_text("ada@example.com");
    EXPECT_EQ(world.mailer.sent_to("ada@example.com").size(), 1U);
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action = 'user_deletion_requested'"),
              "1");
}

TEST_F(DeletionTest, AskingAgainGivesTheSameDay) {
    const auto ada = sign_up("ada@example.com");
    const auto day = leave(ada.token).str("deletion_at");
    pass(std::chrono::days(1));
    const auto back = world.sign_in("ada@example.com").str("access_token");
    follow();
    EXPECT_EQ(leave(back).str("deletion_at"), day);
}

TEST_F(DeletionTest, TwoErasersAtOnceTellOnce) {
    const auto ada = sign_up("ada@example.com");
    leave(ada.token);
    pass(std::chrono::days(15));
    auto& deletion = world.service.people().deletion();
    auto one = world.runtime.start(deletion.erase_due(), 0);
    auto two = world.runtime.start(deletion.erase_due(), 1);
    EXPECT_EQ(one.get() + two.get(), 1);
    EXPECT_EQ(deletions_told(), "1");
}

TEST_F(DeletionTest, SomebodyWhoComesBackAtTheLastMomentIsKeptOrGoneNeverHalf) {
    for (int round = 0; round < 4; ++round) {
        const auto ada = sign_up("ada" + std::to_string(round) + "@example.com");
        leave(ada.token);
        const auto back = world.sign_in(ada.email).str("access_token");
        world.database.exec("UPDATE auth.users SET deletion_due_at = '2026-01-01' WHERE id = '" + ada.id + "'");
        auto erasing = world.runtime.start(world.service.people().deletion().erase_due(), 0);
        const auto kept = restore(back);
        const int erased = erasing.get();
        EXPECT_EQ((kept.status == 200U) + erased, 1) << kept.text;
        EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users WHERE id = '" + ada.id + "'"),
                  erased == 1 ? "0" : "1");
    }
}

TEST_F(DeletionTest, AllWhoseDayHasComeGoAtOnce) {
    world.database.exec(
        "INSERT INTO auth.users (id, deletion_due_at, created_at, updated_at) SELECT gen_random_uuid(), '2020-01-01', "
        "'2020-01-01', '2020-01-01' FROM generate_series(1, 250)");
    EXPECT_EQ(erase_due(), 250);
}

}  // namespace
}  // namespace tt::auth
