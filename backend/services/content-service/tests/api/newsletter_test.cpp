#include "services/content-service/tests/support/content_kit.hpp"

#include <gmock/gmock.h>

namespace tt::content::testing {
namespace {

using ::testing::HasSubstr;

class NewsletterApi : public ContentTest {
protected:
    static Answer subscribe(const std::string& email) {
        const boost::json::object body{{"email", email}, {"source", "footer"}};
        return kit().post("/api/v1/newsletter/subscriptions", boost::json::serialize(body));
    }
    static std::string status_of(const std::string& email) {
        return kit().scalar("SELECT status FROM newsletter_subscribers WHERE email = '" + email + "'");
    }
    static std::string count_events(const std::string& topic, const std::string& email) {
        return kit().scalar("SELECT count(*) FROM integ.outbox WHERE topic = '" + topic +
                            "' AND subject = (SELECT id::text FROM newsletter_subscribers WHERE email = '" + email +
                            "')");
    }
    /// Does the queued job, as the worker would.
    static void work_off(const std::string& email) {
        const std::string payload =
            kit().scalar("SELECT payload FROM integ.jobs WHERE payload ->> 'email' = '" + email + "'");
        kit().run(kit().newsletter.send_confirmation({uuid_v7(), "newsletter.confirmation", payload, 1}));
        kit().database.exec("DELETE FROM integ.jobs WHERE payload ->> 'email' = '" + email + "'");
    }
    static std::string token_in(const std::string& text, const std::string& before) {
        const auto start = text.find(before) + before.size();
        return text.substr(start, text.find_first_of("\n\"", start) - start);
    }
    static std::string confirmation_token(const std::string& email) {
        return token_in(kit().mailer.sent_to(email).at(0).text, "/newsletter/confirm?token=");
    }
    static Answer confirm(const std::string& token) {
        return kit().post("/api/v1/newsletter/confirmations", R"({"token":")" + token + "\"}");
    }
    static Answer one_click(const std::string& token) { return kit().call({"POST", "/u/" + token}); }
    static std::string goodbye_token(const std::string& email) {
        const auto id = kit().scalar("SELECT id FROM newsletter_subscribers WHERE email = '" + email + "'");
        return kit().tokens.unsubscription(parse_uuid(id).value());
    }
};

TEST_F(NewsletterApi, SubscribingTwiceIsOneRowAndOneMail) {
    EXPECT_EQ(subscribe("Twice@Example.com").status, 202U);
    const auto again = subscribe("twice@example.com");
    EXPECT_EQ(again.status, 202U);
    EXPECT_EQ(again.str("status"), "pending");
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", "twice@example.com"), "1");
    work_off("twice@example.com");
    EXPECT_EQ(kit().mailer.sent_to("twice@example.com").size(), 1U);
    subscribe("twice@example.com");  // within a minute of the mail
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", "twice@example.com"), "0");
    kit().clock.advance(std::chrono::seconds(61));
    subscribe("twice@example.com");
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", "twice@example.com"), "1");
}

TEST_F(NewsletterApi, SixteenAtOnceAreOneRowAndOneMail) {
    const Call call{"POST", "/api/v1/newsletter/subscriptions", R"({"email":"crowd@example.com"})"};
    for (const auto& answer : kit().call_at_once(call, 16)) EXPECT_EQ(answer.status, 202U) << answer.text;
    EXPECT_EQ(kit().scalar("SELECT count(*) FROM newsletter_subscribers WHERE email = 'crowd@example.com'"), "1");
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", "crowd@example.com"), "1");
}

TEST_F(NewsletterApi, WhatIsNoAddressIsRefusedWithItsPointer) {
    for (const std::string email : {"", "jane", "a@b.de, c@d.de", "Jane <a@b.de>"}) {
        const auto refused = subscribe(email);
        EXPECT_EQ(refused.status, 400U) << email;
        EXPECT_THAT(refused.text, HasSubstr("/email")) << email;
    }
    EXPECT_EQ(kit().post("/api/v1/newsletter/subscriptions", "{}").status, 400U);
    EXPECT_EQ(kit().post("/api/v1/newsletter/subscriptions", R"({"email":"a@b.de","status":"confirmed"})").status,
              400U);
}

TEST_F(NewsletterApi, TheMailsButtonConfirmsAlsoTwice) {
    subscribe("button@example.com");
    work_off("button@example.com");
    const auto mail = kit().mailer.sent_to("button@example.com").at(0);
    EXPECT_THAT(mail.unsubscribe_url.value(), HasSubstr("http://site.test/u/"));
    const auto token = confirmation_token("button@example.com");
    EXPECT_EQ(confirm(token).str("status"), "confirmed");
    EXPECT_EQ(confirm(token).status, 200U);
    EXPECT_EQ(status_of("button@example.com"), "confirmed");
    EXPECT_EQ(count_events("newsletter.confirmed", "button@example.com"), "1");
}

TEST_F(NewsletterApi, OneClickEndsItAndTwiceIsFine) {
    subscribe("leaving@example.com");
    const auto token = goodbye_token("leaving@example.com");
    const auto shown = kit().get("/api/v1/newsletter/unsubscribe/" + token);
    EXPECT_EQ(shown.str("email_masked"), "l•••@example.com");
    EXPECT_EQ(shown.str("status"), "pending");
    EXPECT_EQ(one_click(token).status, 200U);
    EXPECT_EQ(one_click(token).status, 200U);
    EXPECT_EQ(status_of("leaving@example.com"), "unsubscribed");
    EXPECT_EQ(count_events("newsletter.unsubscribed", "leaving@example.com"), "1");
}

TEST_F(NewsletterApi, AConfirmedPersonWhoSubscribesAgainStaysConfirmed) {
    subscribe("loyal@example.com");
    work_off("loyal@example.com");
    confirm(confirmation_token("loyal@example.com"));
    EXPECT_EQ(subscribe("loyal@example.com").str("status"), "pending") << "the answer must not tell";
    EXPECT_EQ(status_of("loyal@example.com"), "confirmed");
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", "loyal@example.com"), "0");
}

TEST_F(NewsletterApi, WhoLeftMayComeBackAfterConfirmingAgain) {
    subscribe("back@example.com");
    one_click(goodbye_token("back@example.com"));
    subscribe("back@example.com");
    EXPECT_EQ(status_of("back@example.com"), "pending");
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", "back@example.com"), "1");
}

TEST_F(NewsletterApi, ForeignAndExpiredTokensAreRefused) {
    subscribe("late@example.com");
    work_off("late@example.com");
    const auto token = confirmation_token("late@example.com");
    EXPECT_EQ(confirm(goodbye_token("late@example.com")).str("code"), "token_invalid");
    EXPECT_EQ(one_click(token).status, 400U);
    EXPECT_EQ(confirm("").status, 400U);
    EXPECT_EQ(confirm(kit().tokens.confirmation(uuid_v7(), kit().clock.now() + std::chrono::hours(1))).status, 400U);
    EXPECT_EQ(one_click(kit().tokens.unsubscription(uuid_v7())).status, 400U);
    EXPECT_EQ(kit().get("/api/v1/newsletter/unsubscribe/nonsense").status, 400U);
    kit().clock.advance(std::chrono::hours(73));
    EXPECT_EQ(confirm(token).str("code"), "token_invalid");
    EXPECT_EQ(status_of("late@example.com"), "pending");
}

TEST_F(NewsletterApi, RowsInsertedAsAnonThroughRowSecurityGetTheirMail) {
    db::Context anon{.role = "anon"};
    const db::Query insert{"test_insert", "INSERT INTO newsletter_subscribers (email, source) VALUES ($1, 'rest')"};
    kit().run(kit().site.run(anon, insert, {"rest@example.com"}));
    kit().run(kit().newsletter.queue_unsent());
    kit().run(kit().newsletter.queue_unsent());
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", "rest@example.com"), "1");
    work_off("rest@example.com");
    EXPECT_EQ(kit().mailer.sent_to("rest@example.com").size(), 1U);
    kit().run(kit().newsletter.queue_unsent());
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", "rest@example.com"), "0");
}

TEST_F(NewsletterApi, WhatIsNoAddressIsGivenUp) {
    db::Context anon{.role = "anon"};
    const db::Query insert{"test_insert", "INSERT INTO newsletter_subscribers (email, source) VALUES ($1, 'rest')"};
    const std::string trick = "a@example.com\r\nbcc: b@example.com";
    kit().run(kit().site.run(anon, insert, {trick}));
    kit().run(kit().newsletter.queue_unsent());
    EXPECT_EQ(kit().count_jobs("newsletter.confirmation", trick), "0");
    EXPECT_EQ(kit().scalar("SELECT status FROM newsletter_subscribers WHERE email LIKE 'a@example.com%bcc%'"),
              "unsubscribed");
}

TEST_F(NewsletterApi, AnonMayNotConfirmItself) {
    db::Context anon{.role = "anon"};
    const db::Query insert{"test_insert",
                           "INSERT INTO newsletter_subscribers (email, status) VALUES ('x@example.com', 'confirmed')"};
    const db::Query read{"test_read", "SELECT count(*) FROM newsletter_subscribers"};
    EXPECT_THROW(kit().run(kit().site.run(anon, insert, {})), db::SqlError);
    EXPECT_THROW(kit().run(kit().site.run(anon, read, {})), db::SqlError);
}

TEST_F(NewsletterApi, AMailThatCouldNotBeSentIsNotTakenForSent) {
    subscribe("outage@example.com");
    kit().mailer.is_down = true;
    EXPECT_THROW(work_off("outage@example.com"), mail::MailError);
    kit().mailer.is_down = false;
    EXPECT_EQ(kit().scalar("SELECT confirmation_sent_at FROM newsletter_subscribers WHERE email = "
                           "'outage@example.com'"),
              "");
}

}  // namespace
}  // namespace tt::content::testing
