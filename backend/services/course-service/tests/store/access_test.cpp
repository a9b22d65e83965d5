#include "services/course-service/tests/support/course_kit.hpp"

/// What a client sees of the tables below /rest/v1: the rules are in the database, whatever the service does.
namespace tt::course::testing {
namespace {

class ClientAccess : public CourseTest {
protected:
    /// First column of the first row as `role`, or the SQLSTATE it fails with.
    static std::string as_role(const std::string& role, std::optional<UserId> user, const std::string& sql) {
        db::Context context{.role = role};
        const std::string sub = user ? R"(,"sub":")" + to_string(*user) + "\"" : "";
        context.settings.push_back({"request.jwt.claims", R"({"role":")" + role + "\"" + sub + "}"});
        const db::Query query{"access_test", sql};
        try {
            const auto rows = kit().run(kit().academy.run(context, query, {}));
            return rows.empty() ? "" : std::string(rows.text(0, std::size_t{0}).value_or("null"));
        } catch (const db::SqlError& error) {
            return error.sqlstate;
        }
    }
    static std::string anon(const std::string& sql) { return as_role("anon", std::nullopt, sql); }
};

std::string of_course(const std::string& table, CourseId course) {
    return "SELECT count(*) FROM public." + table + " WHERE course_id = '" + to_string(course) + "'";
}

TEST_F(ClientAccess, APublishedCourseIsSeenByEverybody) {
    const auto course = kit().publish(kit().unique_draft());
    EXPECT_EQ(anon("SELECT count(*) FROM courses WHERE id = '" + to_string(course) + "'"), "1");
    EXPECT_EQ(anon(of_course("modules", course)), "2");
    EXPECT_EQ(anon(of_course("lessons", course)), "3") << "the draft lesson stays hidden";
    EXPECT_EQ(anon("SELECT count(*) FROM (SELECT * FROM courses) AS everything WHERE id = '" + to_string(course) + "'"),
              "1")
        << "select=* has no column that is refused";
}

TEST_F(ClientAccess, ADraftCourseIsSeenByNobody) {
    const auto course = kit().save(kit().unique_draft()).course_id;
    EXPECT_EQ(anon("SELECT count(*) FROM courses WHERE id = '" + to_string(course) + "'"), "0");
    EXPECT_EQ(anon(of_course("modules", course)), "0");
    EXPECT_EQ(anon(of_course("lessons", course)), "0");
    EXPECT_EQ(as_role("authenticated", UserId::make(), of_course("lessons", course)), "0");
}

TEST_F(ClientAccess, UnlistedAndPrivateCoursesAreNotInTheLists) {
    for (const char* visibility : {"unlisted", "private"}) {
        auto draft = kit().unique_draft();
        draft.visibility = visibility;
        const auto course = kit().publish(draft);
        EXPECT_EQ(anon("SELECT count(*) FROM courses WHERE id = '" + to_string(course) + "'"), "0") << visibility;
        EXPECT_EQ(anon(of_course("lessons", course)), "0") << visibility;
    }
}

TEST_F(ClientAccess, ACourseThatBecomesPrivateTakesItsLessonsWithIt) {
    auto draft = kit().unique_draft();
    const auto course = kit().publish(draft);
    draft.visibility = "private";
    kit().publish(draft);
    EXPECT_EQ(anon(of_course("modules", course)), "0");
    EXPECT_EQ(anon(of_course("lessons", course)), "0");
}

TEST_F(ClientAccess, QuestionsAreNotReadDirectly) {
    kit().publish(kit().unique_draft());
    EXPECT_EQ(anon("SELECT count(*) FROM quiz_questions"), "0");
    EXPECT_EQ(as_role("authenticated", UserId::make(), "SELECT count(*) FROM quiz_questions"), "0");
}

TEST_F(ClientAccess, AnswerKeysAreForTheGraderAlone) {
    kit().publish(kit().unique_draft());
    const std::string read = "SELECT count(answer_key) FROM academy_private.quiz_question_keys";
    for (const char* role : {"anon", "authenticated", "service_role", "svc_course"}) {
        EXPECT_EQ(as_role(role, std::nullopt, read), "42501") << role;
        EXPECT_EQ(as_role(role, std::nullopt, "SELECT explanation_html FROM academy_private.quiz_question_keys"),
                  "42501")
            << role;
    }
    EXPECT_NE(as_role("svc_grader", std::nullopt, read), "0");
    EXPECT_EQ(as_role("svc_grader", std::nullopt, "SELECT count(*) FROM courses"), "42501");
    EXPECT_EQ(as_role("svc_grader", std::nullopt, "UPDATE academy_private.quiz_question_keys SET answer_key = '{}'"),
              "42501");
}

TEST_F(ClientAccess, InnerTablesAreClosedToClients) {
    for (const char* table : {"academy.quizzes", "academy.lesson_blocks", "academy.course_versions",
                              "academy.quiz_question_revisions", "academy.learners", "academy.course_search",
                              "academy.course_cards", "media.assets", "media.captions", "integ.outbox"}) {
        for (const char* role : {"anon", "authenticated"}) {
            EXPECT_EQ(as_role(role, UserId::make(), std::string("SELECT count(*) FROM ") + table), "42501") << table;
        }
    }
}

TEST_F(ClientAccess, EnrollmentsAreReadByTheirOwnerOnly) {
    const auto course = kit().publish(kit().unique_draft());
    const auto owner = UserId::make();
    kit().run(kit().catalogue.enroll(owner, course)).value();
    EXPECT_EQ(as_role("authenticated", owner, of_course("enrollments", course)), "1");
    EXPECT_EQ(as_role("authenticated", UserId::make(), of_course("enrollments", course)), "0");
    EXPECT_EQ(anon(of_course("enrollments", course)), "0");
}

TEST_F(ClientAccess, ClientsWriteNothing) {
    const auto course = kit().publish(kit().unique_draft());
    const auto user = UserId::make();
    kit().run(kit().catalogue.enroll(user, course)).value();
    const std::string id = to_string(course);
    const std::string me = to_string(user);
    for (const std::string& sql : {
             "INSERT INTO enrollments (user_id, course_id) VALUES ('" + me + "', '" + id + "')",
             "UPDATE enrollments SET completed_at = now() WHERE user_id = '" + me + "'",
             "UPDATE enrollments SET status = 'active' WHERE user_id = '" + me + "'",
             "DELETE FROM enrollments WHERE user_id = '" + me + "'",
             std::string("INSERT INTO courses (slug, title) VALUES ('mine', 'Mine')"),
             std::string("UPDATE courses SET enrollment_mode = 'open'"),
             std::string("UPDATE lessons SET is_preview = true"),
             std::string("UPDATE quiz_questions SET points = 0"),
         }) {
        EXPECT_EQ(as_role("authenticated", user, sql), "42501") << sql;
        EXPECT_EQ(anon(sql), "42501") << sql;
    }
}

TEST_F(ClientAccess, TheServiceRoleMayAddACourse) {
    EXPECT_EQ(as_role("service_role", std::nullopt,
                      "INSERT INTO courses (slug, title) VALUES ('by-service-role', 'By hand') RETURNING status"),
              "draft");
}

TEST_F(ClientAccess, VersionsAndRevisionsAreNeverChanged) {
    kit().publish(kit().unique_draft());
    EXPECT_EQ(as_role("svc_course", std::nullopt, "UPDATE academy.course_versions SET manifest = '{}'"), "42501");
    EXPECT_EQ(as_role("svc_course", std::nullopt, "DELETE FROM academy.quiz_question_revisions"), "42501");
    EXPECT_EQ(as_role("svc_course", std::nullopt, "DELETE FROM academy_private.quiz_question_keys"), "42501");
}

}  // namespace
}  // namespace tt::course::testing
