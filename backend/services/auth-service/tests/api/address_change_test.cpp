#include "services/auth-service/tests/admin_kit.hpp"
#include "services/auth-service/tests/mail_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

AuthConfig open_world() {
    AuthConfig config = test_config(true);
    config.anonymous_enabled = true;
    config.phone_enabled = true;
    config.sms_provider = "inbox";
    config.linking.manual = true;
    config.test_codes = {"1234567890=123456"};
    return config;
}

class AddressChangeTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() { world_ = std::make_unique<AuthWorld>(open_world()); }
    static void TearDownTestSuite() { world_.reset(); }
    AuthWorld& world() { return *world_; }

    Answer put(const std::string& body, const std::string& token) { return world().put("/auth/v1/user", body, token); }
    Answer verify(const boost::json::object& body) {
        return world().post("/auth/v1/verify", boost::json::serialize(body));
    }
    std::string message_to(const std::string& phone, std::size_t nth = 1) {
        return world().mailer.wait_for_text(phone + "@phone.invalid", nth);
    }
    static std::unique_ptr<AuthWorld> world_;
};
std::unique_ptr<AuthWorld> AddressChangeTest::world_;

// S022, §3 row 13: both addresses agree, also where sign-up is confirmed at once; each answer says which one did.
TEST_F(AddressChangeTest, S022BothAddressesConfirmAndTheOldOneIsTold) {
    const std::string token = world().sign_up("old@example.com").str("access_token");
    const Answer begun = put(R"({"email":"New@example.com"})", token);
    ASSERT_EQ(begun.status, 200U) << begun.text;
    EXPECT_EQ(begun.str("email"), "old@example.com");
    EXPECT_EQ(begun.str("new_email"), "new@example.com");

    const std::string to_new = world().mailer.wait_for_text("new@example.com");
    const std::string to_old = world().mailer.wait_for_text("old@example.com");
    const Answer half = verify({{"type", "email_change"}, {"email", "new@example.com"}, {"token", code_in(to_new)}});
    EXPECT_EQ(half.status, 200U) << half.text;
    EXPECT_EQ(half.str("code"), "200");
    EXPECT_EQ(half.str("email_change_confirmed"), "new");
    EXPECT_EQ(half.str("msg").rfind("Confirmation link accepted.", 0), 0U);
    EXPECT_EQ(world().get("/auth/v1/user", token).str("email"), "old@example.com");

    const Answer done = world().get(link_in(to_old));
    EXPECT_NE(location_of(done).find("#access_token="), std::string::npos) << location_of(done);
    const Answer user = world().get("/auth/v1/user", token);
    EXPECT_EQ(user.str("email"), "new@example.com");
    EXPECT_FALSE(user.body.as_object().contains("new_email"));
    EXPECT_EQ(user["identities"].at(0).at("identity_data").at("email"), "new@example.com");
    EXPECT_NE(world().mailer.wait_for_text("old@example.com", 2).find("address was changed"), std::string::npos);
    EXPECT_EQ(world().sign_in("new@example.com").status, 200U);
    EXPECT_EQ(world().sign_in("old@example.com").code(), "invalid_credentials");
    EXPECT_EQ(world().sign_up("old@example.com").status, 200U) << "the old address is free";
}

TEST_F(AddressChangeTest, TheFirstLinkSaysSoInTheFragment) {
    const std::string token = world().sign_up("first@example.com").str("access_token");
    put(R"({"email":"second@example.com"})", token);
    const std::string location = location_of(world().get(link_in(world().mailer.wait_for_text("first@example.com"))));
    EXPECT_EQ(location.rfind("http://site.test#message=Confirmation%20link%20accepted", 0), 0U) << location;
    EXPECT_NE(location.find("&email_change_confirmed=current"), std::string::npos);
}

TEST_F(AddressChangeTest, ALinkOpenedAgainAgreesToNothingMore) {
    const std::string token = world().sign_up("calm@example.com").str("access_token");
    put(R"({"email":"eager@example.com"})", token);
    Call open{http::Method::get, link_in(world().mailer.wait_for_text("eager@example.com"))};
    const Answer first = world().call(open);
    const std::string cookie(first.headers.find("set-cookie").value_or(""));
    open.cookie = cookie.substr(0, cookie.find(';'));
    const std::string again = location_of(world().call(open));
    EXPECT_EQ(again, location_of(first));
    EXPECT_NE(again.find("&email_change_confirmed=new"), std::string::npos) << again;
    EXPECT_EQ(again.find("access_token"), std::string::npos) << again;
}

TEST_F(AddressChangeTest, LinksForOneAddressProveNoOther) {
    const std::string token = world().sign_up("fickle@example.com").str("access_token");
    put(R"({"email":"mine-too@example.com"})", token);
    const std::string to_new = link_in(world().mailer.wait_for_text("mine-too@example.com"));
    const std::string to_old = link_in(world().mailer.wait_for_text("fickle@example.com"));
    put(R"({"email":"victims@example.com"})", token);  // too soon for mails of its own
    EXPECT_NE(location_of(world().get(to_new)).find("otp_expired"), std::string::npos);
    EXPECT_NE(location_of(world().get(to_old)).find("otp_expired"), std::string::npos);
    EXPECT_EQ(world().get("/auth/v1/user", token).str("email"), "fickle@example.com");
}

TEST_F(AddressChangeTest, AnAdministratorsEditDoesNotBeginItAgain) {
    const Answer session = world().sign_up("halfway@example.com");
    put(R"({"email":"there@example.com"})", session.str("access_token"));
    world().get(link_in(world().mailer.wait_for_text("there@example.com")));
    const std::string path = "/auth/v1/admin/users/" + text_at(session.body, "/user/id");
    world().put(path, R"({"user_metadata":{"plan":"gold"}})", service_key());
    world().put(path, R"({"email":"halfway@example.com"})", service_key());
    const std::string done = location_of(world().get(link_in(world().mailer.wait_for_text("halfway@example.com"))));
    EXPECT_NE(done.find("#access_token="), std::string::npos) << done;
    EXPECT_EQ(world().get("/auth/v1/user", session.str("access_token")).str("email"), "there@example.com");
}

TEST_F(AddressChangeTest, CanBeTakenBack) {
    const std::string token = world().sign_up("back@example.com").str("access_token");
    put(R"({"email":"forth@example.com"})", token);
    const std::string link = link_in(world().mailer.wait_for_text("forth@example.com"));
    const Answer cancelled = world().call({http::Method::delete_, "/auth/v1/user/email-change", "", token});
    EXPECT_EQ(cancelled.status, 200U) << cancelled.text;
    EXPECT_FALSE(cancelled.body.as_object().contains("new_email"));
    EXPECT_NE(location_of(world().get(link)).find("otp_expired"), std::string::npos);
}

// ASVS 6.3.8: an address that is taken looks like any other, and its owner hears of it.
TEST_F(AddressChangeTest, SomebodyElsesAddressIsNotTold) {
    world().sign_up("owner@example.com");
    const std::string token = world().sign_up("envy@example.com").str("access_token");
    const Answer answer = put(R"({"email":"owner@example.com"})", token);
    EXPECT_EQ(answer.status, 200U) << answer.text;
    EXPECT_EQ(answer.str("new_email"), "owner@example.com");
    EXPECT_NE(world().mailer.wait_for_text("owner@example.com").find("already have an account"), std::string::npos);
}

TEST(AddressChangeCompatibility, EmailExistsWhereItMayBeTold) {
    AuthConfig config = open_world();
    config.tells_who_exists = true;
    AuthWorld world(config);
    world.sign_up("owner@example.com");
    const std::string token = world.sign_up("envy@example.com").str("access_token");
    EXPECT_EQ(world.put("/auth/v1/user", R"({"email":"owner@example.com"})", token).code(), "email_exists");
}

// ASVS 7.5.1: an old sign-in must be proven again before an address changes.
TEST_F(AddressChangeTest, OldSignInsNeedAProof) {
    const Answer session = world().sign_up("proof@example.com");
    world().clock.advance(std::chrono::seconds(601));
    const std::string token = world().refresh(session.str("refresh_token")).str("access_token");
    EXPECT_EQ(put(R"({"email":"moved@example.com"})", token).code(), "reauthentication_needed");
    EXPECT_EQ(put(R"({"email":"moved@example.com","current_password":"wrong"})", token).code(),
              "current_password_invalid");
    EXPECT_EQ(world().get("/auth/v1/reauthenticate", token).text, "{}");
    const std::string nonce = code_in(world().mailer.wait_for_text("proof@example.com"));
    const std::string wrong = nonce == "111111" ? "222222" : "111111";
    EXPECT_EQ(put(R"({"email":"moved@example.com","nonce":")" + wrong + "\"}", token).code(),
              "reauthentication_not_valid");
    EXPECT_EQ(put(R"({"email":"moved@example.com","nonce":")" + nonce + "\"}", token).status, 200U);
    EXPECT_EQ(put(R"({"email":"again@example.com","nonce":")" + nonce + "\"}", token).code(),
              "reauthentication_not_valid")
        << "once";
}

TEST_F(AddressChangeTest, TwoPeopleRacingForOneAddressEndAsOneOwner) {
    const std::string first = world().sign_up("racer1@example.com").str("access_token");
    const std::string second = world().sign_up("racer2@example.com").str("access_token");
    put(R"({"email":"prize@example.com"})", first);
    const std::string link1 = link_in(world().mailer.wait_for_text("prize@example.com"));
    put(R"({"email":"prize@example.com"})", second);
    const std::string link2 = link_in(world().mailer.wait_for_text("prize@example.com", 2));
    world().get(link1);
    world().get(link2);
    world().get(link_in(world().mailer.wait_for_text("racer1@example.com")));
    const std::string lost = location_of(world().get(link_in(world().mailer.wait_for_text("racer2@example.com"))));
    EXPECT_NE(lost.find("error_code=email_exists"), std::string::npos) << lost;
    EXPECT_EQ(world().get("/auth/v1/user", first).str("email"), "prize@example.com");
    EXPECT_EQ(world().get("/auth/v1/user", second).str("email"), "racer2@example.com");
}

TEST_F(AddressChangeTest, PhonesSignUpAndIn) {
    const Answer user = world().post("/auth/v1/signup", R"({"phone":"+34 600 111 222","password":"correct horse"})");
    ASSERT_EQ(user.status, 200U) << user.text;
    EXPECT_EQ(user.str("phone"), "34600111222");
    EXPECT_FALSE(user.body.as_object().contains("access_token"));
    const std::string by_phone = R"({"phone":"34600111222","password":"correct horse"})";
    EXPECT_EQ(world().post("/auth/v1/token?grant_type=password", by_phone).code(), "phone_not_confirmed");
    const std::string code = code_in(message_to("34600111222"));
    const Answer session = verify({{"type", "sms"}, {"phone", "+34600111222"}, {"token", code}});
    ASSERT_EQ(session.status, 200U) << session.text;
    EXPECT_TRUE(session["user"].as_object().contains("phone_confirmed_at"));
    EXPECT_EQ(session["user"].at("app_metadata").at("provider"), "phone");
    EXPECT_EQ(world().post("/auth/v1/token?grant_type=password", by_phone).status, 200U);
    world().clock.advance(std::chrono::seconds(61));
    const Answer sent = world().post("/auth/v1/otp", R"({"phone":"34600111222"})");
    EXPECT_EQ(sent.text, "{}") << "an id would tell that there is somebody";
    EXPECT_EQ(
        verify({{"type", "sms"}, {"phone", "34600111222"}, {"token", code_in(message_to("34600111222", 2))}}).status,
        200U);
}

TEST_F(AddressChangeTest, PhoneRefusals) {
    struct Row {
        const char* path;
        const char* body;
        unsigned status;
        const char* message;
    };
    const Row rows[] = {
        {"/auth/v1/verify", R"({"type":"sms","phone":"12-invalid","token":"1"})", 400,
         "Invalid phone number format (E.164 required)"},
        {"/auth/v1/verify", R"({"type":"sms","phone":"34699999999","token":"123456"})", 403,
         "Token has expired or is invalid"},
        {"/auth/v1/verify", R"({"type":"phone_change","phone":"34699999999","token":"123456"})", 403,
         "Token has expired or is invalid"},
        {"/auth/v1/signup", R"({"phone":"0","password":"correct horse"})", 400,
         "Invalid phone number format (E.164 required)"},
        {"/auth/v1/signup", R"({"phone":"34600","email":"a@example.com","password":"correct horse"})", 400,
         "Only an email address or phone number should be provided on signup."},
        {"/auth/v1/otp", R"({"phone":"34600111333","channel":"pigeon"})", 400,
         "Invalid channel, supported values are 'sms' or 'whatsapp'"},
    };
    for (const Row& row : rows) {
        const Answer answer = world().post(row.path, row.body);
        EXPECT_EQ(answer.status, row.status) << row.body << answer.text;
        EXPECT_EQ(answer.str("msg"), row.message) << row.body;
    }
}

TEST_F(AddressChangeTest, TestPhonesNeedNoMessage) {
    EXPECT_EQ(world().post("/auth/v1/otp", R"({"phone":"1234567890"})").text, "{}");
    EXPECT_EQ(verify({{"type", "sms"}, {"phone", "1234567890"}, {"token", "123455"}}).status, 403U);
    EXPECT_EQ(verify({{"type", "sms"}, {"phone", "1234567890"}, {"token", "123456"}}).status, 200U);
}

TEST(Unlinking, NeedsManualLinking) {
    AuthWorld world(test_config(true));
    const Answer session = world.sign_up("linked@example.com");
    const std::string id(session["user"].at("identities").at(0).at("identity_id").as_string());
    const Answer refused =
        world.call({http::Method::delete_, "/auth/v1/user/identities/" + id, "", session.str("access_token")});
    EXPECT_EQ(refused.status, 404U);
    EXPECT_EQ(refused.code(), "manual_linking_disabled");
}

TEST(PhoneProvider, WithoutOneNothingIsPromised) {
    AuthConfig config = test_config(false);
    config.phone_enabled = true;
    AuthWorld world(config);
    const Answer answer = world.post("/auth/v1/otp", R"({"phone":"34600111222"})");
    EXPECT_EQ(answer.status, 422U);
    EXPECT_EQ(answer.code(), "sms_send_failed");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "0") << "and nothing is kept";
}

TEST_F(AddressChangeTest, APhoneCanBeAdded) {
    const std::string token = world().sign_up("adds@example.com").str("access_token");
    const Answer begun = put(R"({"phone":"+34611222333"})", token);
    ASSERT_EQ(begun.status, 200U) << begun.text;
    EXPECT_EQ(begun.str("new_phone"), "34611222333");
    const std::string code = code_in(message_to("34611222333"));
    EXPECT_EQ(verify({{"type", "phone_change"}, {"phone", "34611222333"}, {"token", code}}).status, 200U);
    const Answer user = world().get("/auth/v1/user", token);
    EXPECT_EQ(user.str("phone"), "34611222333");
    EXPECT_EQ(user["identities"].as_array().size(), 2U);

    const std::string phone_identity(user["identities"].at(1).at("identity_id").as_string());
    const Answer unlinked =
        world().call({http::Method::delete_, "/auth/v1/user/identities/" + phone_identity, "", token});
    EXPECT_EQ(unlinked.status, 200U) << unlinked.text;
    EXPECT_EQ(unlinked.text, "{}");
    const Answer after = world().get("/auth/v1/user", token);
    EXPECT_EQ(after.str("phone"), "");
    EXPECT_EQ(boost::json::serialize(after["app_metadata"].at("providers")), R"(["email"])");
    const std::string email_identity(after["identities"].at(0).at("identity_id").as_string());
    EXPECT_EQ(world().call({http::Method::delete_, "/auth/v1/user/identities/" + email_identity, "", token}).code(),
              "single_identity_not_deletable");
    EXPECT_EQ(world().call({http::Method::delete_, "/auth/v1/user/identities/7", "", token}).status, 404U);
}

TEST_F(AddressChangeTest, GuestsBecomePeople) {
    const Answer guest = world().post("/auth/v1/signup", R"({"data":{"cart":3}})");
    ASSERT_EQ(guest.status, 200U) << guest.text;
    EXPECT_EQ(guest["user"].at("is_anonymous"), true);
    EXPECT_EQ(guest["user"].at("role"), "authenticated");
    EXPECT_EQ(guest["user"].at("user_metadata").at("cart"), 3);
    const std::string token = guest.str("access_token");
    EXPECT_EQ(world().get("/auth/v1/reauthenticate", token).str("msg"),
              "Reauthentication requires the user to have an email or a phone number");
    EXPECT_EQ(put(R"({"password":"correct horse"})", token).status, 422U) << "a password needs an address";

    const Answer upgraded = put(R"({"email":"guest@example.com","password":"correct horse"})", token);
    ASSERT_EQ(upgraded.status, 200U) << upgraded.text;
    EXPECT_EQ(upgraded["is_anonymous"], false);
    EXPECT_EQ(upgraded.str("email"), "guest@example.com");
    EXPECT_EQ(upgraded.str("id"), guest["user"].at("id").as_string());
    EXPECT_EQ(world().sign_in("guest@example.com")["user"].at("user_metadata").at("cart"), 3);
    EXPECT_EQ(world().refresh(guest.str("refresh_token"))["user"].at("is_anonymous"), false);
}

TEST(Guests, AreConfirmedByMailWhereSignUpIs) {
    AuthConfig config = test_config(false);
    config.anonymous_enabled = true;
    AuthWorld world(config);
    const std::string token = world.post("/auth/v1/signup", "{}").str("access_token");
    const Answer begun = world.put("/auth/v1/user", R"({"email":"guest@example.com"})", token);
    EXPECT_EQ(begun["is_anonymous"], true);
    EXPECT_EQ(begun.str("new_email"), "guest@example.com");
    const std::string link = link_in(world.mailer.wait_for_text("guest@example.com"));
    EXPECT_NE(location_of(world.get(link)).find("#access_token="), std::string::npos) << "no other address to ask";
    EXPECT_EQ(world.get("/auth/v1/user", token)["is_anonymous"], false);
}

TEST(Guests, AreForgottenAfterThirtyDays) {
    AuthConfig config = test_config(true);
    config.anonymous_enabled = true;
    AuthWorld world(config);
    world.post("/auth/v1/signup", "{}");
    world.sign_up("stays@example.com");
    world.clock.advance(std::chrono::days(29));
    world.runtime.run(world.service.accounts().clean_up());
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "2");
    world.clock.advance(std::chrono::days(2));
    world.runtime.run(world.service.accounts().clean_up());
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users WHERE is_anonymous"), "0");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "1");
}

TEST(Guests, AreForgottenHoweverManyTheyAre) {
    AuthWorld world(test_config(true));
    world.database.exec(
        "INSERT INTO auth.users (id, is_anonymous, created_at, updated_at) SELECT gen_random_uuid(), true, "
        "'2020-01-01', '2020-01-01' FROM generate_series(1, 250)");
    world.runtime.run(world.service.accounts().clean_up());
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "0");
    EXPECT_EQ(world.database.scalar(
                  "SELECT count(*) FROM auth.audit_entries WHERE action = 'user_deleted' AND actor_kind = 'system'"),
              "250");
}

}  // namespace
}  // namespace tt::auth
