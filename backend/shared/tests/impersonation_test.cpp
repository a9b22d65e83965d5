#include "shared/middleware/impersonation.hpp"

#include "platform/testing/run_task.hpp"
#include "shared/types/permissions.hpp"
#include "shared/types/principal.hpp"

#include <gtest/gtest.h>

namespace tt {
namespace {

Task<http::Response> reached(http::Request&) {
    co_return http::empty(204);
}

class ImpersonationGuard : public ::testing::Test {
protected:
    unsigned status_of(http::Method method, std::string target, bool is_acting = true) {
        http::Router router;
        router.use([is_acting](http::Request& request, const http::Handler& next) {
            Principal caller;
            caller.role = "authenticated";
            caller.user_id = UserId::make();
            if (is_acting) caller.acting = UserId::make();
            request.attach(std::move(caller));
            return next(request);
        });
        router.use(guard_impersonation());
        for (const auto declared : {http::Method::get, http::Method::post, http::Method::put, http::Method::delete_}) {
            router.route(declared, "/{rest...}", reached);
        }
        http::Request request;
        request.method = method;
        request.method_text = std::string(to_string(method));
        request.target = std::move(target);
        return platform::testing::run_task(dispatch(router, std::move(request)));
    }

private:
    static Task<unsigned> dispatch(const http::Router& router, http::Request request) {
        const auto response = co_await router.dispatch(request);
        co_return response.status;
    }
};

TEST_F(ImpersonationGuard, WhatProvesOrChangesWhoSomebodyIsIsForbidden) {
    using http::Method;
    for (const auto* path :
         {"/auth/v1/user", "/auth/v1/factors", "/auth/v1/factors/1", "/auth/v1/passkeys/1", "/auth/v1/user/restore",
          "/api/v1/organizations", "/api/v1/organizations/1/members/2", "/api/v1/invitations/accept"}) {
        EXPECT_EQ(status_of(Method::put, path), 403U) << path;
        EXPECT_EQ(status_of(Method::post, path), 403U) << path;
        EXPECT_EQ(status_of(Method::delete_, path), 403U) << path;
        EXPECT_EQ(status_of(Method::get, path), 204U) << path;
    }
    for (const auto* path : {"/auth/v1/admin/users", "/api/v1/api-keys", "/api/v1/exports", "/api/v1/exports/1",
                             "/api/v1/roles", "/api/v1/users/1/roles", "/api/v1/admin/claim", "/api/v1/audit",
                             "/api/v1/session-handoff", "/auth/v1/reauthenticate", "/auth/v1/user/identities/1"}) {
        EXPECT_EQ(status_of(Method::get, path), 403U) << path;
        EXPECT_EQ(status_of(Method::post, path), 403U) << path;
    }
}

TEST_F(ImpersonationGuard, AnotherSpellingOfAPathIsTheSamePath) {
    EXPECT_EQ(status_of(http::Method::get, "/api/v1/%65xports"), 403U);
    EXPECT_EQ(status_of(http::Method::put, "/auth/v1/us%65r"), 403U);
}

TEST_F(ImpersonationGuard, SigningOutAndOrdinaryWorkAreAllowed) {
    using http::Method;
    EXPECT_EQ(status_of(Method::post, "/auth/v1/logout"), 204U);
    EXPECT_EQ(status_of(Method::post, "/api/v1/enrollments"), 204U);
    EXPECT_EQ(status_of(Method::put, "/api/v1/profile"), 204U);
    EXPECT_EQ(status_of(Method::get, "/api/v1/rolesque"), 204U) << "another word, not below the prefix";
}

TEST_F(ImpersonationGuard, ThePersonIsNotConcerned) {
    EXPECT_EQ(status_of(http::Method::put, "/auth/v1/user", false), 204U);
    EXPECT_EQ(status_of(http::Method::get, "/api/v1/exports", false), 204U);
}

TEST(Permissions, AHolderMayAndEverythingIsEverything) {
    Principal caller;
    EXPECT_FALSE(caller.may("users.read"));
    caller.permissions = {"users.read"};
    EXPECT_TRUE(caller.may("users.read"));
    EXPECT_FALSE(caller.may("users.manage"));
    caller.permissions = {"*"};
    EXPECT_TRUE(caller.may("users.manage"));
    EXPECT_TRUE(is_permission("users.read"));
    EXPECT_FALSE(is_permission("users.fly"));
}

}  // namespace
}  // namespace tt
