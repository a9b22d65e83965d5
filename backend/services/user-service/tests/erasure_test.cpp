#include "platform/crypto/hash.hpp"
#include "services/user-service/tests/organization_kit.hpp"

#include <thread>

namespace tt::user::testing {
namespace {

class Erasure : public OrganizationTest {
protected:
    static void erase(const Principal& who) {
        kit().tell("user.deleted", *who.user_id,
                   {{"user_id", to_string(*who.user_id)}, {"email_sha256", crypto::sha256_hex(who.email)}});
        const std::string erased =
            "SELECT deleted_at IS NOT NULL AND email = '' FROM users WHERE id = '" + to_string(*who.user_id) + "'";
        EXPECT_EQ(kit().eventually(erased, "t"), "t");
    }
    static std::string count(const std::string& table, const Principal& who) {
        return kit().scalar("SELECT count(*) FROM " + table + " WHERE user_id = '" + to_string(*who.user_id) + "'");
    }
};

TEST_F(Erasure, NothingOfThePersonIsLeft) {
    const auto ada = kit().member("ada-gone@example.com");
    const auto bob = kit().member("bob-gone@example.com");
    const auto shared = make(bob);
    post(bob, "/api/v1/organizations/" + shared + "/invitations",
         R"({"email":"ada-gone@example.com","role":"member"})");
    const auto id = make(ada);
    send(ada, "PATCH", "/api/v1/preferences", R"({"theme":"dark"})");
    const auto made = post(ada, "/api/v1/exports", "{}").str("id");
    const std::string status = "SELECT status FROM account.exports WHERE id = '" + made + "'";
    ASSERT_EQ(kit().eventually(status, "ready"), "ready");
    const std::string key = kit().scalar("SELECT object_key FROM account.exports WHERE id = '" + made + "'");

    erase(ada);
    for (const std::string table :
         {"profiles", "account.preferences", "account.exports", "account.members", "account.memberships"}) {
        EXPECT_EQ(count(table, ada), "0") << table;
    }
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.invitations WHERE email = 'ada-gone@example.com'"), "0");
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.organizations WHERE id = '" + id + "'"), "0")
        << "nobody else was in it";
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.organizations WHERE id = '" + shared + "'"), "1");
    bool is_stored = true;
    for (int i = 0; i < 100 && is_stored; ++i) {
        is_stored = kit().runtime.run(kit().objects.open(key)).has_value();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_FALSE(is_stored) << "the file of the export";
}

TEST_F(Erasure, AnOrganisationPassesToTheAdminWhoIsThereLongest) {
    const auto ada = kit().member("ada-heir@example.com");
    const auto id = make(ada);
    const auto bob = joined(id, "bob-heir@example.com", "member");
    const auto eve = joined(id, "eve-heir@example.com", "admin");
    erase(ada);
    EXPECT_EQ(get(eve, "/api/v1/organizations/" + id).str("role"), "owner");
    EXPECT_EQ(get(bob, "/api/v1/organizations/" + id).str("role"), "member");
    EXPECT_EQ(member_events(*eve.user_id), "admin,owner");
}

TEST_F(Erasure, ItsPictureIsGoneADayLater) {
    const auto ada = kit().member("ada-face@example.com");
    const std::string key(64, 'a');
    kit().database.exec("INSERT INTO account.avatars (key, created_at) VALUES ('" + key +
                        "', now()); UPDATE profiles SET avatar_key = '" + key + "' WHERE user_id = '" +
                        to_string(*ada.user_id) + "'");
    erase(ada);
    kit().clock.advance(std::chrono::hours(25));
    kit().runtime.run(kit().clean_up());
    kit().clock.advance(-std::chrono::hours(25));
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM account.avatars WHERE key = '" + key + "'"), "0");
}

TEST_F(Erasure, ToldTwiceOrOfNobodyIsNoError) {
    const auto ada = kit().member("ada-twice@example.com");
    erase(ada);
    erase(ada);
    erase(person(UserId::make()));
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM integ.dead_letters"), "0");
}

TEST_F(Erasure, NeitherATokenNorALateMessageBringsAnybodyBack) {
    const auto ada = kit().member("ada-ghost@example.com");
    const auto bob = kit().member("bob-ghost@example.com");
    const auto id = make(bob);
    post(bob, "/api/v1/organizations/" + id + "/invitations",
         R"({"email":"eve-ghost@example.com","role":"member","any_address":true})");
    const auto token = token_to("eve-ghost@example.com");
    erase(ada);
    struct Try {
        std::string method, path, body;
    };
    for (const auto& [method, path, body] : std::vector<Try>{{"GET", "/profile", ""},
                                                             {"PATCH", "/profile", R"({"display_name":"Ada"})"},
                                                             {"DELETE", "/profile/avatar", ""},
                                                             {"GET", "/preferences", ""},
                                                             {"PATCH", "/preferences", R"({"theme":"dark"})"},
                                                             {"POST", "/exports", "{}"},
                                                             {"POST", "/organizations", R"({"name":"Ghosts"})"},
                                                             {"POST", "/invitations/accept", token_body(token)}}) {
        EXPECT_EQ(send(ada, method, "/api/v1" + path, body).status, 401U) << method << path;
    }
    kit().tell_created(*ada.user_id, "Ada");
    kit().tell("user.updated", *ada.user_id,
               {{"user_id", to_string(*ada.user_id)}, {"email", "ada-ghost@example.com"}, {"display_name", "Ada"}});
    const auto last = kit().member("last-ghost@example.com");
    kit().tell("user.updated", *last.user_id,
               {{"user_id", to_string(*last.user_id)}, {"email", "told@example.com"}, {"display_name", "Last"}});
    kit().eventually("SELECT email FROM users WHERE id = '" + to_string(*last.user_id) + "'", "told@example.com");
    for (const std::string table :
         {"profiles", "account.preferences", "account.exports", "account.members", "account.memberships"}) {
        EXPECT_EQ(count(table, ada), "0") << table;
    }
    EXPECT_EQ(kit().scalar("SELECT email FROM users WHERE id = '" + to_string(*ada.user_id) + "'"), "");
}

TEST_F(Erasure, OfSomebodyWhoIsAnnouncedLaterCounts) {
    const auto ada = person(UserId::make());
    erase(ada);
    EXPECT_EQ(kit().call({.caller = ada}).status, 401U);
}

TEST_F(Erasure, AnAddressThatChangedIsFollowed) {
    const auto ada = kit().member("ada-before@example.com");
    kit().tell("user.updated", *ada.user_id,
               {{"user_id", to_string(*ada.user_id)}, {"email", "ada-after@example.com"}, {"display_name", "Ada"}});
    EXPECT_EQ(kit().eventually("SELECT email FROM users WHERE id = '" + to_string(*ada.user_id) + "'",
                               "ada-after@example.com"),
              "ada-after@example.com");
}

}  // namespace
}  // namespace tt::user::testing
