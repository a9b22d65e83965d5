#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

// S013: what others ship with, and what people try first.
TEST(DefaultAccounts, ThereAreNone) {
    AuthWorld world(test_config(true));
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.users"), "0");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.user_emails"), "0");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.api_keys"), "0");
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.oauth_clients"), "0");
    EXPECT_FALSE(world.runtime.run(world.service.has_administrator()));
    for (const char* name :
         {"admin", "administrator", "postgres", "root", "test", "demo", "supabase_admin", "tt_site"}) {
        for (const char* password : {name, "admin", "password", ""}) {
            for (const char* host : {"", "@example.com"}) {
                const Answer answer = world.sign_in(std::string(name) + host, password);
                EXPECT_EQ(answer.status, 400U) << name << host << " " << password;
            }
        }
    }
    EXPECT_EQ(world.database.scalar("SELECT count(*) FROM auth.sessions"), "0");
}

}  // namespace
}  // namespace tt::auth
