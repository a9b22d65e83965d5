#include "services/user-service/tests/user_kit.hpp"

#include <algorithm>

namespace tt::user::testing {
namespace {

class PreferencesTest : public UserTest {
protected:
    static Answer get(const Principal& who) { return kit().call({.target = "/api/v1/preferences", .caller = who}); }
    static Answer change(const Principal& who, std::string body, std::string if_match = "") {
        return kit().call({.method = "PATCH",
                           .target = "/api/v1/preferences",
                           .body = std::move(body),
                           .caller = who,
                           .if_match = std::move(if_match)});
    }
};

TEST_F(PreferencesTest, DefaultsAreThereBeforeAnybodyChoseAny) {
    const auto ada = person(UserId::make());
    const auto found = get(ada);
    ASSERT_EQ(found.status, 200U) << found.text;
    EXPECT_EQ(found.str("theme"), "system");
    EXPECT_EQ(found.str("locale"), "en");
    EXPECT_EQ(boost::json::serialize(found.body.at("mail")),
              R"({"security":true,"organizations":true,"marketing":false})");
    EXPECT_EQ(found.etag, "\"1\"");
    EXPECT_EQ(get({}).status, 401U);
}

TEST_F(PreferencesTest, WhatIsNotNamedStays) {
    const auto ada = person(UserId::make());
    const auto changed = change(ada, R"({"theme":"dark","mail":{"organizations":false}})");
    ASSERT_EQ(changed.status, 200U) << changed.text;
    EXPECT_EQ(changed.str("theme"), "dark");
    const auto again = change(ada, R"({"timezone":"Europe/Paris"})");
    EXPECT_EQ(again.str("theme"), "dark");
    EXPECT_EQ(again.str("timezone"), "Europe/Paris");
    EXPECT_FALSE(again.body.at("mail").at("organizations").as_bool());
    EXPECT_FALSE(again.body.at("mail").at("marketing").as_bool());
}

TEST_F(PreferencesTest, AndProfileAreOneFactEach) {
    const auto ada = person(UserId::make());
    change(ada, R"({"locale":"de","timezone":"Europe/Berlin","mail":{"marketing":true}})");
    const auto profile = kit().call({.caller = ada});
    EXPECT_EQ(profile.str("locale"), "de");
    EXPECT_EQ(profile.str("timezone"), "Europe/Berlin");
    EXPECT_TRUE(profile.body.at("marketing_consent").as_bool());
    EXPECT_EQ(kit().profile_events(*ada.user_id), "1,2") << "the academy hears of it";
}

TEST_F(PreferencesTest, MailsAboutSecurityAlwaysCome) {
    const auto ada = person(UserId::make());
    EXPECT_EQ(change(ada, R"({"mail":{"security":false}})").code(), "validation_failed");
    EXPECT_EQ(change(ada, R"({"mail":{"security":true,"organizations":false}})").status, 200U);
}

TEST_F(PreferencesTest, OnlyWhatThereIs) {
    const auto ada = person(UserId::make());
    EXPECT_EQ(change(ada, R"({"theme":"pink"})").code(), "validation_failed");
    EXPECT_EQ(change(ada, R"({"timezone":"Mars/Base"})").code(), "unknown_time_zone");
    EXPECT_EQ(change(ada, R"({"locale":"!!"})").code(), "validation_failed");
    EXPECT_EQ(change(ada, R"({"mail":{"spam":true}})").code(), "validation_failed");
    EXPECT_EQ(change(ada, R"({"mail":{"reminders":true}})").code(), "validation_failed") << "nobody sends such mails";
    EXPECT_EQ(change(ada, R"({"user_id":"x"})").code(), "validation_failed");
}

TEST_F(PreferencesTest, ALostUpdateIsRefused) {
    const auto ada = person(UserId::make());
    EXPECT_EQ(change(ada, R"({"theme":"dark"})", "\"1\"").status, 200U);
    EXPECT_EQ(change(ada, R"({"theme":"light"})", "\"1\"").code(), "precondition_failed");
    EXPECT_EQ(change(ada, R"({"theme":"light"})", "\"nonsense\"").code(), "precondition_failed");
    EXPECT_EQ(get(ada).str("theme"), "dark");
}

TEST_F(PreferencesTest, OfSixteenChangesOfOneVersionOneWins) {
    const auto ada = person(UserId::make());
    get(ada);
    const Call call{.method = "PATCH",
                    .target = "/api/v1/preferences",
                    .body = R"({"theme":"dark"})",
                    .caller = ada,
                    .if_match = "\"1\""};
    const auto answers = kit().call_at_once(call, 16);
    EXPECT_EQ(std::ranges::count_if(answers, [](const Answer& one) { return one.status == 200; }), 1);
}

TEST_F(PreferencesTest, NobodyElseReadsThemInTheDatabase) {
    const db::Context context{.role = "authenticated",
                              .settings = {{"request.jwt.claims", R"({"sub":")" + to_string(UserId::make()) + "\"}"}}};
    for (const std::string table : {"preferences", "exports", "organizations", "members", "invitations", "avatars"}) {
        const std::string text = "SELECT * FROM account." + table;
        const db::Query read{"test_read", text};
        EXPECT_THROW(kit().runtime.run(kit().pool.database("svc_user").run(context, read, {})), db::SqlError) << table;
    }
}

}  // namespace
}  // namespace tt::user::testing
