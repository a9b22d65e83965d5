#include "services/auth-service/tests/admin_kit.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

// Here no set of revocations stands before the routes: the row alone decides.
TEST(StaleTokens, AnAdministratorWhoIsNoneAnyMoreAdministersNothing) {
    AuthWorld world(test_config(true));
    const std::string boss = administrator_token(world, "boss@example.com");
    const std::string id = text_at(world.get("/auth/v1/user", boss).body, "/id");
    ASSERT_EQ(world.get("/auth/v1/admin/users", boss).status, 200U);
    world.database.exec("UPDATE auth.users SET app_metadata = app_metadata - 'roles' WHERE id = '" + id + "'");
    const std::string roles = R"({"app_metadata":{"roles":["admin"]}})";
    for (const char* spelling : {"/auth/v1/admin/users/", "/auth/v1/%61dmin/users/"}) {
        EXPECT_EQ(world.put(spelling + id, roles, boss).code(), "not_admin") << spelling;
    }
    EXPECT_EQ(world.get("/auth/v1/admin/users", boss).code(), "not_admin");
    EXPECT_EQ(world.post("/auth/v1/invite", R"({"email":"new@example.com"})", boss).code(), "not_admin");
    EXPECT_EQ(world.get("/api/v1/audit", boss).status, 403U);
    EXPECT_EQ(world.get("/api/v1/roles", boss).code(), "permission_required");
    world.database.exec("UPDATE auth.users SET app_metadata = app_metadata || '{\"roles\":[\"admin\"]}' WHERE id = '" +
                        id + "'");
    EXPECT_EQ(world.get("/auth/v1/admin/users", boss).status, 200U);
}

}  // namespace
}  // namespace tt::auth
