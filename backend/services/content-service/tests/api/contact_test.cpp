#include "services/content-service/tests/support/content_kit.hpp"

#include <gmock/gmock.h>

namespace tt::content::testing {
namespace {

using ::testing::HasSubstr;

class ContactApi : public ContentTest {
protected:
    static std::string body(const std::string& email, const std::string& website = "") {
        return boost::json::serialize(boost::json::object{{"name", "Jane\r\nBcc: x@y.de"},
                                                          {"email", email},
                                                          {"subject", "Hi"},
                                                          {"message", "Hello\nthere"},
                                                          {"website", website}});
    }
    static std::string count_messages(const std::string& email, const std::string& status) {
        return kit().scalar("SELECT count(*) FROM contact_messages WHERE email = '" + email + "' AND status = '" +
                            status + "'");
    }
};

TEST_F(ContactApi, AMessageIsKeptAndMailed) {
    const auto user = UserId::make();
    const auto answer = kit().call({"POST", "/api/v1/contact", body("jane@example.com"), user});
    EXPECT_EQ(answer.status, 202U);
    EXPECT_EQ(answer.str("status"), "received");
    EXPECT_EQ(kit().scalar("SELECT user_id FROM contact_messages WHERE email = 'jane@example.com'"), to_string(user));
    EXPECT_EQ(kit().scalar("SELECT name FROM contact_messages WHERE email = 'jane@example.com'"), "Jane  Bcc: x@y.de");
    Contact contact(kit().site, kit().mailer, "team@site.test");
    const auto payload = kit().scalar("SELECT payload FROM integ.jobs WHERE payload ->> 'email' = 'jane@example.com'");
    kit().run(contact.send_notice({uuid_v7(), "contact.notice", payload, 1}));
    const auto mail = kit().mailer.sent_to("team@site.test").at(0);
    EXPECT_EQ(mail.subject, "[contact] Hi");
    EXPECT_THAT(mail.text, HasSubstr("Hello\nthere"));
    EXPECT_EQ(mail.headers.at(0).second, "jane@example.com");
}

TEST_F(ContactApi, ARepeatedKeyIsOneMessageAlsoSixteenAtOnce) {
    for (const std::string quote : {"", "\""}) {
        const std::string email = quote.empty() ? "plain@example.com" : "quoted@example.com";
        const Call call{"POST", "/api/v1/contact", body(email), {}, quote + to_string(uuid_v7()) + quote};
        for (const auto& answer : kit().call_at_once(call, 16)) EXPECT_EQ(answer.status, 202U) << answer.text;
        EXPECT_EQ(count_messages(email, "new"), "1");
        EXPECT_EQ(kit().count_jobs("contact.notice", email), "1");
    }
}

TEST_F(ContactApi, WithoutAKeyEverySendingIsAMessage) {
    kit().post("/api/v1/contact", body("two@example.com"));
    kit().post("/api/v1/contact", body("two@example.com"));
    EXPECT_EQ(count_messages("two@example.com", "new"), "2");
}

TEST_F(ContactApi, AFilledHoneypotIsQuarantinedAndAnsweredAlike) {
    const auto answer = kit().post("/api/v1/contact", body("bot@example.com", "http://spam.test"));
    EXPECT_EQ(answer.status, 202U);
    EXPECT_EQ(answer.str("status"), "received");
    EXPECT_EQ(count_messages("bot@example.com", "spam"), "1");
    EXPECT_EQ(kit().count_jobs("contact.notice", "bot@example.com"), "0");
}

TEST_F(ContactApi, WhatIsMissingOrTooLongIsPointedAt) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {R"({"email":"a@b.de","message":"m"})", "/name"},
        {R"({"name":"n","email":"a@b.de","message":""})", "/message"},
        {R"({"name":"n","email":"nobody","message":"m"})", "/email"},
        {R"({"name":"n","email":"a@b.de","message":")" + std::string(10'001, 'x') + "\"}", "/message"},
        {R"({"name":")" + std::string(121, 'x') + R"(","email":"a@b.de","message":"m"})", "/name"},
    };
    for (const auto& [text, pointer] : cases) {
        const auto refused = kit().post("/api/v1/contact", text);
        EXPECT_EQ(refused.status, 400U) << pointer;
        EXPECT_EQ(refused.str("code"), "validation_failed");
        EXPECT_THAT(refused.text, HasSubstr("\"" + pointer + "\""));
    }
}

TEST_F(ContactApi, ANameThatIsOnlyControlCharactersIsNoServerError) {
    const auto answer = kit().post("/api/v1/contact", R"({"name":"\r\n","email":"ctl@b.de","message":"m"})");
    EXPECT_LT(answer.status, 500U) << answer.text;
}

}  // namespace
}  // namespace tt::content::testing
