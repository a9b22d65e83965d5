#include "services/auth-service/tests/auth_world.hpp"
#include "services/auth-service/tests/mail_kit.hpp"

#include <gtest/gtest.h>
#include <regex>

namespace tt::auth {
namespace {

/// The members and the kind of each value: "a: uuid, b: [text]".
std::string shape_of(const boost::json::value& value) {
    static const std::regex uuid("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    static const std::regex digits("[0-9]");
    std::string shape;
    if (const auto* object = value.if_object()) {
        for (const auto& [name, member] : *object) shape += std::string(name) + ": " + shape_of(member) + ", ";
        return "{" + shape + "}";
    }
    if (const auto* list = value.if_array()) {
        for (const auto& item : *list) shape += shape_of(item) + ", ";
        return "[" + shape + "]";
    }
    if (const auto* text = value.if_string()) {
        const std::string plain(*text);
        return std::regex_replace(std::regex_replace(plain, uuid, "<uuid>"), digits, "0");
    }
    return boost::json::serialize(value);
}

AuthConfig with_phones(bool autoconfirm) {
    AuthConfig config = test_config(autoconfirm);
    config.phone_enabled = true;
    config.sms_provider = "inbox";
    return config;
}

// S006, C8: members and values look the same for an address that is free, taken and confirmed, or taken and not.
TEST(Enumeration, ASignUpTellsNothing) {
    AuthWorld world(test_config(false));
    const auto ask = [&world](const std::string& email) {
        const boost::json::object body{
            {"email", email}, {"password", "correct horse"}, {"data", {{"display_name", "Ada"}, {"a", 1}}}};
        return world.post("/auth/v1/signup", boost::json::serialize(body));
    };
    const Answer fresh = ask("ada0@example.com");
    ASSERT_EQ(fresh.status, 200U) << fresh.text;
    EXPECT_EQ(fresh.str("role"), "authenticated");
    EXPECT_EQ(fresh.str("id"), world.database.scalar("SELECT id FROM auth.users")) << "what is new is told as it is";
    const Answer again = ask("ada0@example.com");
    EXPECT_EQ(shape_of(again.body), shape_of(fresh.body));
    world.database.exec("UPDATE auth.users SET email_confirmed_at = now()");
    const Answer taken = ask("ada0@example.com");
    EXPECT_EQ(shape_of(taken.body), shape_of(fresh.body));
    EXPECT_NE(taken.str("id"), fresh.str("id"));
    EXPECT_EQ(shape_of(ask("ada1@example.com").body), shape_of(fresh.body));
}

TEST(Enumeration, NorDoesOneWithAPhone) {
    AuthWorld world(with_phones(false));
    const std::string body = R"({"phone":"34600111222","password":"correct horse"})";
    const Answer fresh = world.post("/auth/v1/signup", body);
    ASSERT_EQ(fresh.status, 200U) << fresh.text;
    EXPECT_EQ(shape_of(world.post("/auth/v1/signup", body).body), shape_of(fresh.body));
    world.database.exec("UPDATE auth.users SET phone_confirmed_at = now()");
    EXPECT_EQ(shape_of(world.post("/auth/v1/signup", body).body), shape_of(fresh.body));
}

TEST(Enumeration, TheClientsOfUpstreamAreToldAsThere) {
    AuthConfig config = test_config(false);
    config.tells_who_exists = true;
    AuthWorld world(config);
    world.sign_up("ada@example.com");
    world.database.exec("UPDATE auth.users SET email_confirmed_at = now()");
    const Answer taken = world.sign_up("ada@example.com");
    EXPECT_EQ(taken.str("role"), "");
    EXPECT_TRUE(taken["identities"].as_array().empty());
}

TEST(Enumeration, CodesForPhonesAreAnsweredAlike) {
    AuthWorld world(with_phones(true));
    world.post("/auth/v1/signup", R"({"phone":"34600111222","password":"correct horse"})");
    for (const char* phone : {"34600111222", "34600111222", "34600999999"}) {
        const std::string to = R"({"phone":")" + std::string(phone) + "\"";
        EXPECT_EQ(world.post("/auth/v1/otp", to + R"(,"create_user":false})").text, "{}") << phone;
        EXPECT_EQ(world.post("/auth/v1/resend", to + R"(,"type":"sms"})").text, "{}") << phone;
    }
}

TEST(Enumeration, APhoneThatNobodyCanReachIsOneForEverybody) {
    AuthConfig config = with_phones(true);
    config.sms_provider = "";
    AuthWorld world(config);
    world.database.exec(
        "INSERT INTO auth.users (id, phone, created_at, updated_at) VALUES (gen_random_uuid(), '34600111222', now(), "
        "now())");
    world.database.exec("INSERT INTO auth.user_phones (phone, user_id) SELECT phone, id FROM auth.users");
    for (const char* phone : {"34600111222", "34600999999"}) {
        const std::string body = R"({"phone":")" + std::string(phone) + R"(","create_user":false})";
        EXPECT_EQ(world.post("/auth/v1/otp", body).code(), "sms_send_failed") << phone;
    }
}

/// Codes for known and unknown people wait for the same moment to be answered.
void expect_no_early_answer(AuthConfig config, const std::string& more) {
    AuthWorld world(std::move(config));
    world.database.exec(
        "INSERT INTO auth.users (id, email, created_at, updated_at) VALUES (gen_random_uuid(), 'ada@example.com', "
        "now(), now())");
    world.database.exec("INSERT INTO auth.user_emails (email, user_id) SELECT email, id FROM auth.users");
    for (const char* email : {"ada@example.com", "ghost@example.com"}) {
        const auto start = std::chrono::steady_clock::now();
        const Answer answer = world.post("/auth/v1/otp", R"({"email":")" + std::string(email) + "\"" + more + "}");
        EXPECT_EQ(answer.text, "{}") << email;
        EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(50)) << email;
    }
}

TEST(Enumeration, NobodyIsAnsweredEarlierWhereSignUpIsClosed) {
    AuthConfig config = test_config(false);
    config.is_signup_open = false;
    expect_no_early_answer(config, "");
}

TEST(Enumeration, NorWhereItIsOpen) {
    expect_no_early_answer(test_config(false), "");
    expect_no_early_answer(test_config(false), R"(,"create_user":false)");
}

}  // namespace
}  // namespace tt::auth
