#include "shared/utils/account_pages.hpp"

#include <gtest/gtest.h>

namespace tt {
namespace {

TEST(AccountPages, AreTheFixedOnesAndThoseOfOneThing) {
    for (const auto* path : {"/account", "/account/security", "/session/callback", "/oauth/consent", "/admin/audit",
                             "/account/organizations/0193", "/admin/users/0193"}) {
        EXPECT_TRUE(is_account_page(path)) << path;
    }
}

TEST(AccountPages, AreNothingElse) {
    for (const auto* path : {"/", "/accounts", "/account/nothing", "/admin/users/", "/admin/users/a/b", "/session"}) {
        EXPECT_FALSE(is_account_page(path)) << path;
    }
}

}  // namespace
}  // namespace tt
