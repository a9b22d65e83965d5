#include "services/progress-service/src/personal_data.hpp"
#include "services/progress-service/tests/support/progress_kit.hpp"

namespace tt::progress::testing {
namespace {

class LearnerErasure : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = new ProgressKit; }
    static void TearDownTestSuite() {
        delete kit_;
        kit_ = nullptr;
    }

    static void erase(UserId user) { kit_->run(erase_in_transaction(user)); }
    static Task<void> erase_in_transaction(UserId user) {
        events::Event event;
        event.topic = "user.deleted";
        event.payload = R"({"user_id":")" + to_string(user) + R"(","email_sha256":""})";
        db::Tx tx = co_await kit_->pool.database("svc_progress").begin();
        co_await erase_learner(tx, std::move(event), kit_->clock.now());
        co_await tx.commit();
    }
    static std::string rows_of(UserId user) {
        std::string sum = "0";
        for (const std::string table :
             {"quiz_attempts", "academy.quiz_attempt_items", "academy.quiz_responses", "academy.progress_events",
              "academy.lesson_progress", "academy.block_progress", "academy.course_progress"}) {
            sum += " + (SELECT count(*) FROM " + table + " WHERE user_id = '" + to_string(user) + "')";
        }
        return kit_->scalar("SELECT " + sum);
    }
    static std::string certificate(UserId user, const std::string& column) {
        return kit_->scalar("SELECT " + column + " FROM certificates WHERE user_id = '" + to_string(user) + "'");
    }

    inline static ProgressKit* kit_ = nullptr;
};

TEST_F(LearnerErasure, AllOfAPersonIsExportedAndOnlyTheirs) {
    const auto ada = kit_->enrolled("Ada Lovelace");
    const auto eve = kit_->enrolled("Eve Example");
    kit_->complete(ada);
    kit_->complete(eve);
    const auto data = kit_->run(kit_->service.personal_data({ada, "ada@example.com"}));
    ASSERT_EQ(data.parts.size(), 3U);
    std::string all;
    for (const auto& part : data.parts) all += part.data.text;
    EXPECT_NE(all.find("Ada Lovelace"), std::string::npos);
    EXPECT_EQ(all.find("Eve Example"), std::string::npos);
    EXPECT_EQ(all.find(to_string(eve)), std::string::npos);
    EXPECT_EQ(all.find("\"seed\""), std::string::npos);
    const auto progress = boost::json::parse(data.parts[0].data.text);
    EXPECT_GT(progress.at("log").as_array().size(), 0U);
    EXPECT_EQ(progress.at("courses").as_array().size(), 1U);
    const auto attempts = boost::json::parse(data.parts[1].data.text);
    EXPECT_EQ(attempts.at(0).at("answers").as_array().size(), 5U);
}

TEST_F(LearnerErasure, EverythingGoesButTheNumbersOfCertificates) {
    const auto ada = kit_->enrolled("Ada Lovelace");
    const auto eve = kit_->enrolled("Eve Example");
    kit_->complete(ada);
    kit_->complete(eve);
    const std::string code = certificate(ada, "verification_code");
    const std::string file = certificate(ada, "encode(pdf_sha256, 'hex')");
    ASSERT_EQ(kit_->call("GET", "/api/v1/certificates/" + code).status, 200U);
    const std::string eves = rows_of(eve);

    erase(ada);
    EXPECT_EQ(rows_of(ada), "0");
    EXPECT_EQ(rows_of(eve), eves) << "nobody else's";
    EXPECT_EQ(certificate(ada, "status || recipient_name"), "withdrawn");
    const auto shown = kit_->call("GET", "/api/v1/certificates/" + code);
    EXPECT_EQ(shown.status, 410U) << shown.body;
    EXPECT_EQ(shown.code(), "certificate_withdrawn");
    EXPECT_NE(shown.body.find(to_rfc3339(kit_->clock.now()).substr(0, 10)), std::string::npos) << "since when";
    EXPECT_EQ(shown.body.find("Ada"), std::string::npos);
    EXPECT_EQ(kit_->call("GET", "/api/v1/certificates/" + code + "/pdf").status, 410U);
    EXPECT_EQ(kit_->scalar("SELECT count(*) FROM integ.outbox WHERE topic = 'progress.erased' AND subject = '" +
                           to_string(ada) + "'"),
              "1");

    jobs::Job job;
    job.payload = kit_->scalar(
        "SELECT payload FROM integ.jobs WHERE queue = 'progress.erased_files' AND payload::text "
        "LIKE '%" +
        file + "%'");
    ASSERT_FALSE(job.payload.empty());
    kit_->run(remove_erased_files(kit_->objects, job));
    EXPECT_FALSE(kit_->run(kit_->objects.open(file))) << "the name is in the file";
    erase(ada);  // told twice
    EXPECT_EQ(certificate(ada, "status"), "withdrawn");
}

TEST_F(LearnerErasure, TheServiceItselfCannotDeleteFromTheLog) {
    const db::Query remove{"test_delete", "DELETE FROM academy.progress_events"};
    EXPECT_THROW(kit_->run(kit_->pool.database("svc_progress").execute(remove)), db::SqlError);
}

}  // namespace
}  // namespace tt::progress::testing
