#include "platform/crypto/hash.hpp"
#include "services/content-service/src/personal_data.hpp"
#include "services/content-service/tests/support/content_kit.hpp"

namespace tt::content::testing {
namespace {

/// What a person may have left: with an account, and before there was one.
class ContentErasure : public ContentTest {
protected:
    static PersonalDataOwner leaves_traces(const std::string& email) {
        const PersonalDataOwner owner{UserId::make(), email};
        const std::string id = to_string(owner.user_id);
        kit().database.exec(
            "INSERT INTO newsletter_subscribers (email, name) VALUES ('" + email +
            "', 'Ada'); INSERT INTO contact_messages (name, email, message) VALUES ('Ada', '" + email +
            "', 'before'); INSERT INTO contact_messages (name, email, message, user_id) VALUES ('Ada', "
            "'other@mail.test', "
            "'after', '" +
            id + "'); INSERT INTO quiz_results (email, answers) VALUES ('" + email +
            "', '{\"a\":1}'); INSERT INTO quiz_results (user_id, answers, token_sha256) VALUES ('" + id +
            "', '{\"a\":2}', '\\x5ec7e7'); INSERT INTO blog_posts (slug, title, content, author_id, author_name) "
            "VALUES ('post-of-" +
            id + "', 'T', 'C', '" + id + "', 'Ada')");
        return owner;
    }
    static void erase(const PersonalDataOwner& owner) { kit().run(erase_in_transaction(owner)); }
    static Task<void> erase_in_transaction(PersonalDataOwner owner) {
        events::Event event;
        event.topic = "user.deleted";
        event.payload = R"({"user_id":")" + to_string(owner.user_id) + R"(","email_sha256":")" +
                        (owner.email.empty() ? "" : crypto::sha256_hex(owner.email)) + "\"}";
        db::Tx tx = co_await kit().site.begin();
        co_await erase_person(tx, std::move(event));
        co_await tx.commit();
    }
    static std::string left(const PersonalDataOwner& owner) {
        const std::string mine = " WHERE user_id = '" + to_string(owner.user_id) + "' OR email = '" + owner.email + "'";
        return kit().scalar("SELECT (SELECT count(*) FROM quiz_results" + mine +
                            ") + (SELECT count(*) FROM contact_messages" + mine +
                            ") + (SELECT count(*) FROM newsletter_subscribers WHERE email = '" + owner.email + "')");
    }
};

TEST_F(ContentErasure, WhatIsExportedIsWhatThePersonLeft) {
    const auto ada = leaves_traces("ada-export@example.com");
    leaves_traces("eve-export@example.com");
    const auto data = kit().run(kit().service.personal_data(ada));
    ASSERT_EQ(data.parts.size(), 3U);
    std::vector<std::string> names;
    std::string all;
    for (const auto& part : data.parts) {
        names.push_back(part.name);
        all += part.data.text;
    }
    EXPECT_EQ(names, kit().service.part_names());
    for (std::size_t i : {0U, 2U}) EXPECT_EQ(boost::json::parse(data.parts[i].data.text).as_array().size(), 2U);
    EXPECT_EQ(boost::json::parse(data.parts[1].data.text).as_array().size(), 1U);
    EXPECT_EQ(all.find("eve-export"), std::string::npos);
    EXPECT_EQ(all.find("5ec7e7"), std::string::npos) << "a hash of a secret is nobody's data";
}

TEST_F(ContentErasure, AnAccountWithoutAnAddressHasNobodyElsesData) {
    leaves_traces("eve-guest@example.com");
    const auto data = kit().run(kit().service.personal_data({UserId::make(), ""}));
    for (const auto& part : data.parts) EXPECT_EQ(part.data.text, "[]") << part.name;
}

TEST_F(ContentErasure, NothingOfThePersonIsLeftAndNothingOfOthersIsGone) {
    const auto ada = leaves_traces("ada-erase@example.com");
    const auto eve = leaves_traces("eve-erase@example.com");
    EXPECT_EQ(left(ada), "5");
    erase(ada);
    EXPECT_EQ(left(ada), "0");
    EXPECT_EQ(left(eve), "5");
    EXPECT_EQ(kit().scalar("SELECT author_id IS NULL AND author_name = '' FROM blog_posts WHERE slug = 'post-of-" +
                           to_string(ada.user_id) + "'"),
              "t")
        << "the post stays";
    erase(ada);  // told twice
    erase({UserId::make(), ""});
    EXPECT_EQ(left(eve), "5");
}

}  // namespace
}  // namespace tt::content::testing
