#include "services/progress-service/src/store/attempts_sql.hpp"
#include "services/progress-service/src/store/certificates_sql.hpp"
#include "services/progress-service/src/store/personal_data_sql.hpp"
#include "services/progress-service/src/store/progress_sql.hpp"
#include "services/progress-service/tests/support/progress_kit.hpp"

namespace tt::progress::testing {
namespace {

class ProgressSql : public ::testing::Test {
protected:
    static void SetUpTestSuite() { kit_ = new ProgressKit; }
    static void TearDownTestSuite() {
        delete kit_;
        kit_ = nullptr;
    }

    /// As /rest/v1 would run it for `user`; the SQLSTATE of its refusal, or the number of rows.
    std::string as_learner(std::optional<UserId> user, std::string_view text) {
        db::Context context{.role = user ? "authenticated" : "anon"};
        if (user) context.settings = {{"request.jwt.claims", R"({"sub":")" + to_string(*user) + R"("})"}};
        try {
            const auto rows = kit_->run(kit_->pool.database("svc_progress").run(context, {"as_learner", text}, {}));
            return std::to_string(rows.size());
        } catch (const db::SqlError& error) {
            return error.sqlstate;
        }
    }

    inline static ProgressKit* kit_ = nullptr;
};

TEST_F(ProgressSql, EveryQueryPrepares) {
    const std::span<const db::Query> files[] = {sql::progress_queries, sql::attempts_queries, sql::certificates_queries,
                                                sql::personal_data_queries};
    for (const auto& queries : files) EXPECT_EQ(kit_->database.prepare_all(queries), std::vector<std::string>());
}

TEST_F(ProgressSql, EveryStatementOfALearnersRowsBindsTheLearner) {
    const std::set<std::string_view> elsewhere{"due_attempts",  "learners_with_progress", "create_partitions",
                                               "insert_lookup", "insert_no_lookup",       "find_lookup",
                                               "erase_learning"};
    const std::span<const db::Query> files[] = {sql::progress_queries, sql::attempts_queries, sql::certificates_queries,
                                                sql::personal_data_queries};
    for (const auto& queries : files) {
        for (const auto& query : queries) {
            if (elsewhere.contains(query.name)) continue;
            const bool filters = query.text.find("user_id = $1") != std::string_view::npos;
            const bool inserts = query.text.find("(user_id,") != std::string_view::npos &&
                                 (query.text.find("VALUES ($1,") != std::string_view::npos ||
                                  query.text.find("SELECT $1::uuid,") != std::string_view::npos);
            EXPECT_TRUE(filters || inserts) << query.name;
            EXPECT_EQ(query.text.find("now()"), std::string_view::npos) << query.name << " must bind its time";
        }
    }
}

TEST_F(ProgressSql, LearnersReadTheirOwnRowsAndWriteNone) {
    const UserId owner = kit_->enrolled();
    const UserId other = kit_->enrolled();
    kit_->complete(owner);
    for (const std::string table : {"public.quiz_attempts", "public.certificates"}) {
        EXPECT_EQ(as_learner(owner, "SELECT * FROM " + table), "1") << table;
        EXPECT_EQ(as_learner(other, "SELECT * FROM " + table), "0") << table;
        EXPECT_EQ(as_learner(std::nullopt, "SELECT * FROM " + table), "0") << table;
        EXPECT_EQ(as_learner(owner, "UPDATE " + table + " SET status = 'void'"), "42501") << table;
        EXPECT_EQ(as_learner(owner, "DELETE FROM " + table), "42501") << table;
        EXPECT_EQ(as_learner(owner, "INSERT INTO " + table + " (user_id, id) VALUES (auth.uid(), gen_random_uuid())"),
                  "42501");
    }
    for (const std::string table : {"quiz_attempt_items", "quiz_responses", "progress_events", "lesson_progress",
                                    "course_progress", "block_progress", "certificate_lookup"}) {
        EXPECT_EQ(as_learner(owner, "SELECT * FROM academy." + table), "42501") << table;
    }
}

TEST_F(ProgressSql, AHeldBackScoreIsNotInTheDataApiEither) {
    const UserId user = kit_->enrolled();
    const auto before = kit_->courses.definition.review_policy;
    kit_->courses.definition.review_policy.score = "after_last_attempt_or_close";
    kit_->complete(user);
    EXPECT_EQ(as_learner(user, "SELECT * FROM public.quiz_attempts"), "0");
    kit_->courses.definition.review_policy = before;
}

TEST_F(ProgressSql, TheServiceCannotRewriteTheLogs) {
    for (const std::string text :
         {"UPDATE academy.progress_events SET verb = 'x'", "DELETE FROM academy.progress_events",
          "UPDATE academy.quiz_responses SET response = '{}'", "DELETE FROM academy.quiz_responses",
          "SELECT * FROM academy_private.quiz_question_keys", "SELECT * FROM public.lessons",
          "DELETE FROM public.certificates"}) {
        EXPECT_THROW(kit_->run(kit_->pool.database("svc_progress").run({"svc_progress"}, {"forbidden", text}, {})),
                     db::SqlError)
            << text;
    }
}

TEST_F(ProgressSql, EventsLandInThePartitionOfTheirMonth) {
    const UserId user = kit_->enrolled();
    kit_->complete(user);
    EXPECT_EQ(
        kit_->scalar("SELECT count(*) FROM academy.progress_events_default WHERE user_id = '" + to_string(user) + "'"),
        "0");
}

TEST_F(ProgressSql, CertificateNumbersAreUniqueAcrossLearners) {
    const UserId user = kit_->enrolled();
    kit_->complete(user);
    store::CertificateRow row =
        *kit_->run(store::live_certificate(kit_->pool.database("svc_progress"), user, kit_->courses.course.course_id));
    row.user_id = kit_->enrolled();
    row.id = CertificateId::make();
    const auto insert = [&](db::Tx& tx) { return store::insert_certificate(tx, row); };
    EXPECT_THROW(kit_->run(kit_->pool.database("svc_progress").transact(insert)), db::SqlError);
}

}  // namespace
}  // namespace tt::progress::testing
