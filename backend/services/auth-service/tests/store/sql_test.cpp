#include "platform/testing/test_db.hpp"
#include "services/auth-service/src/store/accounts_sql.hpp"
#include "services/auth-service/src/store/admin_sql.hpp"
#include "services/auth-service/src/store/audit_sql.hpp"
#include "services/auth-service/src/store/credentials_sql.hpp"
#include "services/auth-service/src/store/custom_providers_sql.hpp"
#include "services/auth-service/src/store/deletion_sql.hpp"
#include "services/auth-service/src/store/directory_sql.hpp"
#include "services/auth-service/src/store/factors_sql.hpp"
#include "services/auth-service/src/store/flows_sql.hpp"
#include "services/auth-service/src/store/identities_sql.hpp"
#include "services/auth-service/src/store/impersonation_sql.hpp"
#include "services/auth-service/src/store/lockout_sql.hpp"
#include "services/auth-service/src/store/migration_sql.hpp"
#include "services/auth-service/src/store/oauth_sql.hpp"
#include "services/auth-service/src/store/one_time_sql.hpp"
#include "services/auth-service/src/store/roles_sql.hpp"
#include "services/auth-service/src/store/sessions_sql.hpp"
#include "services/auth-service/src/store/signing_keys_sql.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

TEST(AuthSql, EveryQueryPrepares) {
    const platform::testing::TestDb database(std::string("site"));
    using Failures = std::vector<std::string>;
    EXPECT_EQ(database.prepare_all(sql::accounts_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::factors_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::credentials_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::sessions_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::flows_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::one_time_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::signing_keys_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::admin_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::audit_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::identities_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::oauth_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::custom_providers_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::lockout_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::migration_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::roles_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::deletion_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::impersonation_queries), Failures{});
    EXPECT_EQ(database.prepare_all(sql::directory_queries), Failures{});
}

TEST(AuthSql, OnlyAuthReadsItsTables) {
    const platform::testing::TestDb database(std::string("site"));
    for (const char* role : {"anon", "authenticated", "service_role", "svc_user"}) {
        EXPECT_THROW(database.exec(std::string("SET ROLE ") + role + "; SELECT password_hash FROM auth.users"),
                     std::runtime_error)
            << role;
    }
}

}  // namespace
}  // namespace tt::auth
