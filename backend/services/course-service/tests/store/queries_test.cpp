#include "services/course-service/src/store/catalogue_sql.hpp"
#include "services/course-service/src/store/course_writer_sql.hpp"
#include "services/course-service/src/store/enrollments_sql.hpp"
#include "services/course-service/src/store/learners_sql.hpp"
#include "services/course-service/src/store/lessons_sql.hpp"
#include "services/course-service/src/store/publisher_sql.hpp"
#include "services/course-service/src/store/quizzes_sql.hpp"
#include "services/course-service/tests/support/course_kit.hpp"

namespace tt::course::testing {
namespace {

TEST(CourseSql, EveryQueryPrepares) {
    const TestDb database(std::string("academy"));
    const std::vector<std::string> none;
    EXPECT_EQ(database.prepare_all(sql::catalogue_queries), none);
    EXPECT_EQ(database.prepare_all(sql::course_writer_queries), none);
    EXPECT_EQ(database.prepare_all(sql::enrollments_queries), none);
    EXPECT_EQ(database.prepare_all(sql::learners_queries), none);
    EXPECT_EQ(database.prepare_all(sql::lessons_queries), none);
    EXPECT_EQ(database.prepare_all(sql::publisher_queries), none);
    EXPECT_EQ(database.prepare_all(sql::quizzes_queries), none);
}

}  // namespace
}  // namespace tt::course::testing
