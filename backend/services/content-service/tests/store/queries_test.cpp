#include "platform/testing/test_db.hpp"
#include "services/content-service/src/store/contact_sql.hpp"
#include "services/content-service/src/store/growth_quiz_sql.hpp"
#include "services/content-service/src/store/newsletter_sql.hpp"
#include "services/content-service/src/store/personal_data_sql.hpp"
#include "services/content-service/src/store/posts_sql.hpp"

#include <gtest/gtest.h>

namespace tt::content {
namespace {

TEST(ContentSql, EveryQueryPrepares) {
    const platform::testing::TestDb database(std::string("site"));
    const std::vector<std::string> none;
    EXPECT_EQ(database.prepare_all(sql::contact_queries), none);
    EXPECT_EQ(database.prepare_all(sql::growth_quiz_queries), none);
    EXPECT_EQ(database.prepare_all(sql::newsletter_queries), none);
    EXPECT_EQ(database.prepare_all(sql::posts_queries), none);
    EXPECT_EQ(database.prepare_all(sql::personal_data_queries), none);
}

}  // namespace
}  // namespace tt::content
