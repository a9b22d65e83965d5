#include "services/user-service/src/store/avatars_sql.hpp"
#include "services/user-service/src/store/exports_sql.hpp"
#include "services/user-service/src/store/invitations_sql.hpp"
#include "services/user-service/src/store/organizations_sql.hpp"
#include "services/user-service/src/store/preferences_sql.hpp"
#include "services/user-service/src/store/profiles_sql.hpp"
#include "services/user-service/tests/user_kit.hpp"

#include <gmock/gmock.h>
#include <algorithm>

namespace tt::user::testing {
namespace {

using ::testing::HasSubstr;

class ProfileApi : public UserTest {
protected:
    static Answer get(UserId user, std::string name = "Ada") { return kit().call({.caller = person(user, name)}); }
    static Call change(UserId user, std::string body, std::string if_match = "") {
        return {.method = "PATCH", .body = std::move(body), .caller = person(user), .if_match = std::move(if_match)};
    }
};

TEST_F(ProfileApi, TheFirstVisitCreatesIt) {
    const auto user = UserId::make();
    const auto profile = get(user);
    ASSERT_EQ(profile.status, 200U) << profile.text;
    EXPECT_EQ(profile.body.at("display_name").as_string(), "Ada");
    EXPECT_EQ(profile.body.at("email").as_string(), "ada@example.com");
    EXPECT_EQ(profile.body.at("locale").as_string(), "en");
    EXPECT_EQ(profile.etag, "\"1\"");
    EXPECT_EQ(kit().profile_events(user), "1");
    get(user);
    EXPECT_EQ(kit().profile_events(user), "1");
}

TEST_F(ProfileApi, SixteenFirstVisitsAtOnceAreOneProfileAndOneEvent) {
    const auto user = UserId::make();
    for (const auto& answer : kit().call_at_once({.caller = person(user)}, 16)) {
        EXPECT_EQ(answer.status, 200U) << answer.text;
    }
    EXPECT_EQ(kit().profile_events(user), "1");
}

TEST_F(ProfileApi, NobodyHasNone) {
    EXPECT_EQ(kit().call({}).status, 401U);
    EXPECT_EQ(kit().call({.method = "PATCH", .body = "{}"}).code(), "unauthenticated");
    EXPECT_EQ(kit().call({.caller = service_key()}).status, 401U);
}

TEST_F(ProfileApi, AnyNameOfUserMetadataMakesAProfile) {
    std::string long_name;
    for (int i = 0; i < 300; ++i) long_name += "é";
    const auto profile = get(UserId::make(), long_name);
    ASSERT_EQ(profile.status, 200U) << profile.text;
    EXPECT_EQ(profile.body.at("display_name").as_string().size(), 240U);
    EXPECT_TRUE(get(UserId::make(), "").body.at("display_name").is_null());
}

TEST_F(ProfileApi, AChangeKeepsWhatItDoesNotNameAndTellsTheAcademy) {
    const auto user = UserId::make();
    get(user);
    const auto changed = kit().call(change(user, R"({"headline":"Engineer","locale":"pt-BR"})"));
    ASSERT_EQ(changed.status, 200U) << changed.text;
    EXPECT_EQ(changed.body.at("display_name").as_string(), "Ada");
    EXPECT_EQ(changed.body.at("headline").as_string(), "Engineer");
    EXPECT_EQ(changed.body.at("row_version").as_int64(), 2);
    EXPECT_EQ(kit().profile_events(user), "1,2");
    EXPECT_EQ(kit().scalar("SELECT payload ->> 'locale' FROM integ.outbox WHERE subject = '" + to_string(user) +
                           "' ORDER BY id DESC LIMIT 1"),
              "pt-BR");
    const auto cleared = kit().call(change(user, R"({"headline":""})"));
    EXPECT_TRUE(cleared.body.at("headline").is_null());
}

TEST_F(ProfileApi, OnlyAnotherNameIsTellingOfANewName) {
    const auto user = UserId::make();
    get(user);
    kit().call(change(user, R"({"headline":"Engineer"})"));
    kit().call(change(user, R"({"display_name":"Ada","bio":"x"})"));
    kit().call(change(user, R"({"display_name":"Countess"})"));
    EXPECT_EQ(
        kit().scalar("SELECT string_agg(payload ->> 'is_renamed', ',' ORDER BY id) FROM integ.outbox WHERE topic = "
                     "'profile.updated' AND subject = '" +
                     to_string(user) + "'"),
        "false,false,false,true");
}

TEST_F(ProfileApi, ALostUpdateIsRefused) {
    const auto user = UserId::make();
    const auto version = get(user).etag;
    EXPECT_EQ(kit().call(change(user, R"({"bio":"one"})", version)).status, 200U);
    const auto refused = kit().call(change(user, R"({"bio":"two"})", version));
    EXPECT_EQ(refused.status, 412U);
    EXPECT_EQ(refused.code(), "precondition_failed");
    EXPECT_EQ(get(user).body.at("bio").as_string(), "one");
    EXPECT_EQ(kit().profile_events(user), "1,2");
    EXPECT_EQ(kit().call(change(user, R"({"bio":"x"})", "nonsense")).status, 412U);
    EXPECT_EQ(kit().call(change(user, R"({"bio":"x"})", "*")).status, 200U);
}

TEST_F(ProfileApi, OfSixteenChangesOfOneVersionOneWins) {
    const auto user = UserId::make();
    const auto version = get(user).etag;
    const auto answers = kit().call_at_once(change(user, R"({"bio":"race"})", version), 16);
    EXPECT_EQ(std::count_if(answers.begin(), answers.end(), [](const Answer& one) { return one.status == 200; }), 1);
    EXPECT_EQ(std::count_if(answers.begin(), answers.end(), [](const Answer& one) { return one.status == 412; }), 15);
    EXPECT_EQ(kit().profile_events(user), "1,2");
}

TEST_F(ProfileApi, WhatIsNotAllowedIsPointedAtAndLeavesNoTrace) {
    const auto user = UserId::make();
    get(user);
    const std::vector<std::pair<std::string, std::string>> cases{
        {R"({"locale":"english"})", "/locale"},
        {R"({"locale":"EN"})", "/locale"},
        {R"({"locale":"e"})", "/locale"},
        {R"({"display_name":""})", "/display_name"},
        {R"({"display_name":")" + std::string(121, 'x') + "\"}", "/display_name"},
        {R"({"timezone":""})", "/timezone"},
        {R"({"bio":")" + std::string(4001, 'x') + "\"}", "/bio"},
        {R"({"email":"x@y.de"})", "/email"},
        {R"({"user_id":"x"})", "/user_id"},
        {R"({"marketing_consent":"yes"})", "/marketing_consent"},
    };
    for (const auto& [body, pointer] : cases) {
        const auto refused = kit().call(change(user, body));
        EXPECT_EQ(refused.status, 400U) << body << refused.text;
        EXPECT_EQ(refused.code(), "validation_failed");
        EXPECT_THAT(refused.text, HasSubstr("\"" + pointer + "\"")) << body;
    }
    EXPECT_EQ(kit().profile_events(user), "1");
    EXPECT_EQ(get(user).etag, "\"1\"");
}

TEST_F(ProfileApi, ATimeZoneIsOneOfTheIanaDatabase) {
    const auto user = UserId::make();
    get(user);
    for (const std::string zone : {"Mars/Phobos", "europe/paris", "GMT+3", "../../etc/passwd"}) {
        const auto refused = kit().call(change(user, R"({"timezone":")" + zone + R"(","bio":"x"})"));
        EXPECT_EQ(refused.status, 422U) << zone << refused.text;
        EXPECT_EQ(refused.code(), "unknown_time_zone");
        EXPECT_THAT(refused.text, HasSubstr(R"("/timezone")"));
    }
    EXPECT_EQ(get(user).etag, "\"1\"");
    for (const std::string zone : {"Asia/Kolkata", "UTC"}) {
        EXPECT_EQ(kit().call(change(user, R"({"timezone":")" + zone + "\"}")).status, 200U);
        EXPECT_EQ(get(user).body.at("timezone").as_string(), zone);
    }
    // One that the database no longer has does not stand in the way of other changes.
    kit().scalar("UPDATE profiles SET timezone = 'Old/Zone' WHERE user_id = '" + to_string(user) + "' RETURNING 1");
    EXPECT_EQ(kit().call(change(user, R"({"timezone":"Old/Zone","bio":"x"})")).status, 200U);
}

TEST_F(ProfileApi, ConsentIsDatedWhenItChanges) {
    const auto user = UserId::make();
    const std::string at =
        "SELECT marketing_consent_at IS NOT NULL FROM profiles WHERE user_id = '" + to_string(user) + "'";
    kit().call(change(user, R"({"bio":"x"})"));
    EXPECT_EQ(kit().scalar(at), "f");
    kit().call(change(user, R"({"marketing_consent":true})"));
    EXPECT_EQ(kit().scalar(at), "t");
}

TEST_F(ProfileApi, EventAndFirstVisitMakeOneProfileInEitherOrder) {
    const auto name_of = [](UserId user) {
        return "SELECT display_name FROM profiles WHERE user_id = '" + to_string(user) + "'";
    };
    const auto told = [](UserId user) {
        return "SELECT count(*) FROM integ.inbox i JOIN integ.outbox o USING (event_id) WHERE i.consumer = "
               "'user.create_profile' AND o.subject = '" +
               to_string(user) + "'";
    };
    const auto early = UserId::make(), late = UserId::make(), unnamed = UserId::make();
    kit().tell_created(early, "By event");
    EXPECT_EQ(kit().eventually(name_of(early), "By event"), "By event");
    EXPECT_EQ(get(early, "By visit").body.at("display_name").as_string(), "By event");
    EXPECT_EQ(kit().profile_events(early), "1");

    get(late, "By visit");
    kit().tell_created(late, "By event");
    EXPECT_EQ(kit().eventually(told(late), "1"), "1");
    EXPECT_EQ(kit().scalar(name_of(late)), "By visit");
    EXPECT_EQ(kit().profile_events(late), "1");

    kit().tell_created(unnamed, "");
    EXPECT_EQ(kit().eventually(told(unnamed), "1"), "1");
    EXPECT_EQ(kit().scalar(name_of(unnamed)), "");
}

TEST_F(ProfileApi, PeopleSeeOnlyTheirOwnRow) {
    const auto mine = UserId::make(), other = UserId::make();
    get(mine);
    get(other);
    const db::Context context{.role = "authenticated",
                              .settings = {{"request.jwt.claims", R"({"sub":")" + to_string(mine) + "\"}"}}};
    const db::Query read{"test_read", "SELECT user_id FROM profiles"};
    const auto rows = kit().runtime.run(kit().pool.database("svc_user").run(context, read, {}));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.text(0, 0), to_string(mine));
}

TEST(UserSql, EveryQueryPrepares) {
    const TestDb database(std::string("site"));
    for (const auto& queries :
         {std::span<const db::Query>(sql::profiles_queries), std::span<const db::Query>(sql::preferences_queries),
          std::span<const db::Query>(sql::avatars_queries), std::span<const db::Query>(sql::exports_queries),
          std::span<const db::Query>(sql::organizations_queries),
          std::span<const db::Query>(sql::invitations_queries)}) {
        EXPECT_EQ(database.prepare_all(queries), std::vector<std::string>());
    }
}

}  // namespace
}  // namespace tt::user::testing
