#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace tt::auth {
namespace {

using namespace std::chrono_literals;

/// A gateway beside auth: it knows what the feed has told it, and nothing else.
struct OtherGateway {
    explicit OtherGateway(AuthWorld& world)
        : world(world),
          authenticator(world.jwks, {.issuer = "http://site.test/auth/v1", .audience = "authenticated"}, world.clock, 2,
                        &set, &world.service.api_keys()) {
        router.use(authenticator.middleware());
        router.route(http::Method::get, "/api/v1/courses", [](http::Request& request) -> Task<http::Response> {
            co_return http::text_response(200, principal(request).role);
        });
    }
    void follow() {
        const auto page = world.runtime.run(world.service.revocations().revocations_after(cursor));
        set.adopt(page, world.clock.now());
        cursor = page.cursor;
        last_count = page.added.size();
    }
    unsigned use(const std::string& token) { return world.runtime.run(dispatch(*this, token)); }
    static Task<unsigned> dispatch(const OtherGateway& gateway, std::string token) {
        http::Request request;
        request.target = "/api/v1/courses";
        request.client_ip = "127.0.0.1";
        request.headers.set("Authorization", "Bearer " + token);
        const auto response = co_await gateway.router.dispatch(request);
        co_return response.status;
    }

    AuthWorld& world;
    RevocationSet set;
    Authenticator authenticator;
    http::Router router;
    std::string cursor;
    std::size_t last_count = 0;
};

class RevokedEverywhere : public ::testing::Test {
protected:
    RevokedEverywhere() { gateway_.follow(); }

    std::string token_of(const Answer& session) { return session.str("access_token"); }
    Answer signed_up(const std::string& email) {
        auto session = world_.sign_up(email);
        EXPECT_EQ(session.status, 200U) << session.text;
        return session;
    }
    void pass(std::chrono::milliseconds time = 1ms) { world_.clock.advance(time); }

    AuthWorld world_{test_config(true)};
    OtherGateway gateway_{world_};
};

TEST_F(RevokedEverywhere, LogoutEndsTheSessionsItNames) {  // S038
    const auto first = signed_up("ada@example.com");
    const auto second = world_.sign_in("ada@example.com");
    const auto third = world_.sign_in("ada@example.com");
    const auto tokens = [&] {
        return std::vector<unsigned>{gateway_.use(token_of(first)), gateway_.use(token_of(second)),
                                     gateway_.use(token_of(third))};
    };
    EXPECT_EQ(tokens(), (std::vector<unsigned>{200, 200, 200}));
    pass();
    EXPECT_EQ(world_.post("/auth/v1/logout?scope=local", "", token_of(first)).status, 204U);
    gateway_.follow();
    EXPECT_EQ(tokens(), (std::vector<unsigned>{401, 200, 200}));
    EXPECT_EQ(world_.post("/auth/v1/logout?scope=others", "", token_of(second)).status, 204U);
    gateway_.follow();
    EXPECT_EQ(tokens(), (std::vector<unsigned>{401, 200, 401}));
    EXPECT_EQ(world_.post("/auth/v1/logout", "", token_of(second)).status, 204U);
    gateway_.follow();
    EXPECT_EQ(tokens(), (std::vector<unsigned>{401, 401, 401}));
    EXPECT_EQ(world_.refresh(second.str("refresh_token")).status, 400U);
    EXPECT_EQ(gateway_.use(token_of(world_.sign_in("ada@example.com"))), 200U);
}

TEST_F(RevokedEverywhere, APersonsTokensEndAndNewOnesAreGood) {  // S040, S041
    const auto session = signed_up("ada@example.com");
    const auto user = UserId::parse(session["user"].at("id").as_string()).value();
    pass();
    world_.runtime.run([](AuthWorld& world, UserId user) -> Task<void> {
        db::Tx tx = co_await world.pool.database("svc_auth").begin();
        co_await world.service.revocations().revoke_user(tx, user);
        co_await tx.commit();
    }(world_, user));
    pass();
    gateway_.follow();
    EXPECT_EQ(gateway_.use(token_of(session)), 401U);
    const auto refreshed = world_.refresh(session.str("refresh_token"));
    EXPECT_EQ(gateway_.use(token_of(refreshed)), 200U) << "the session itself goes on";
    EXPECT_EQ(gateway_.use(token_of(world_.sign_in("ada@example.com"))), 200U);
}

TEST_F(RevokedEverywhere, NothingIsMissedOfTransactionsThatEndOutOfOrder) {
    const auto slow_id = uuid_v4();
    const auto fast_id = uuid_v4();
    world_.runtime.run([](OtherGateway& gateway, Uuid slow_id, Uuid fast_id) -> Task<void> {
        auto& revocations = gateway.world.service.revocations();
        const auto database = gateway.world.pool.database("svc_auth");
        db::Tx slow = co_await database.begin();
        co_await revocations.revoke_session(slow, SessionId{slow_id});
        db::Tx fast = co_await database.begin();
        co_await revocations.revoke_session(fast, SessionId{fast_id});
        co_await fast.commit();
        const auto page = co_await revocations.revocations_after(gateway.cursor);
        gateway.set.adopt(page, gateway.world.clock.now());
        gateway.cursor = page.cursor;
        co_await slow.commit();
    }(gateway_, slow_id, fast_id));
    EXPECT_TRUE(gateway_.set.is_revoked(fast_id, world_.clock.now()));
    EXPECT_FALSE(gateway_.set.is_revoked(slow_id, world_.clock.now()));
    gateway_.follow();
    EXPECT_TRUE(gateway_.set.is_revoked(slow_id, world_.clock.now()));
    // The horizon is the server's: a transaction of any database holds it back, and then a row comes twice.
    for (int i = 0; i < 100 && gateway_.last_count > 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        gateway_.follow();
    }
    EXPECT_EQ(gateway_.last_count, 0U) << "a page has what is new";
}

TEST_F(RevokedEverywhere, AForeignCursorGetsEverything) {
    const auto session = signed_up("ada@example.com");
    world_.post("/auth/v1/logout", "", token_of(session));
    for (const std::string cursor : {"", "99999999999999", "not a number", "18446744073709551616"}) {
        const auto page = world_.runtime.run(world_.service.revocations().revocations_after(cursor));
        EXPECT_EQ(page.added.size(), 1U) << cursor;
    }
}

TEST_F(RevokedEverywhere, WhatRollsBackRevokesNothing) {
    world_.runtime.run([](AuthWorld& world) -> Task<void> {
        db::Tx tx = co_await world.pool.database("svc_auth").begin();
        co_await world.service.revocations().revoke_session(tx, SessionId{uuid_v4()});
    }(world_));
    gateway_.follow();
    EXPECT_EQ(gateway_.set.size(), 0U);
}

TEST_F(RevokedEverywhere, ACommitRingsInItsProcess) {
    std::atomic<int> rings{0};
    const auto handle = world_.service.revocations().on_change([&] { ++rings; });
    const auto session = signed_up("ada@example.com");
    EXPECT_EQ(rings, 0);
    world_.post("/auth/v1/logout", "", token_of(session));
    EXPECT_EQ(rings, 1);
}

TEST_F(RevokedEverywhere, IsForgottenWhenNoTokenCanBeMetByIt) {
    const auto session = signed_up("ada@example.com");
    world_.post("/auth/v1/logout", "", token_of(session));
    world_.clock.advance(961s);
    const auto page = world_.runtime.run(world_.service.revocations().revocations_after(""));
    EXPECT_TRUE(page.added.empty());
    EXPECT_EQ(page.token_life_s, 960);
    world_.runtime.run(world_.service.revocations().clean_up());
    EXPECT_EQ(world_.database.scalar("SELECT count(*) FROM auth.revocations"), "0");
}

}  // namespace
}  // namespace tt::auth
