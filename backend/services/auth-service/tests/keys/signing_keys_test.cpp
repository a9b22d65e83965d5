#include "services/auth-service/tests/auth_world.hpp"

#include <gtest/gtest.h>
#include <thread>

/// S046: keys change while tokens are in circulation.
namespace tt::auth {
namespace {

using namespace std::chrono_literals;

class KeysInUse : public ::testing::Test {
protected:
    std::string states() const {
        return world_.database.scalar(
            "SELECT string_agg(state, ' ' ORDER BY created_at, state) FROM auth.signing_keys");
    }
    std::size_t published() {
        return boost::json::parse(world_.get("/auth/v1/.well-known/jwks.json").text).at("keys").as_array().size();
    }
    /// The scheduled job, and what the other process would hear of it.
    void advance() {
        world_.runtime.run(world_.service.signing_keys().advance());
        world_.runtime.run(world_.service.signing_keys().load());
    }
    std::string new_token() { return world_.sign_in("ada@example.com").str("access_token"); }
    unsigned use(const std::string& token) { return world_.get("/auth/v1/user", token).status; }

    AuthWorld world_{test_config(true)};
};

TEST_F(KeysInUse, NoTokenFailsWhileTheKeysChange) {
    world_.sign_up("ada@example.com");
    EXPECT_EQ(states(), "current");
    EXPECT_EQ(use(new_token()), 200U);

    world_.clock.advance(std::chrono::days(30));
    advance();
    EXPECT_EQ(states(), "current next");
    EXPECT_EQ(published(), 2U);
    EXPECT_EQ(use(new_token()), 200U);

    world_.clock.advance(10min);  // every verifier has the new document by now
    EXPECT_EQ(use(new_token()), 200U);
    world_.clock.advance(5min - 1s);
    advance();
    EXPECT_EQ(states(), "current next") << "too early to sign with it";
    const std::string last_of_old = new_token();
    world_.clock.advance(1s);
    advance();
    EXPECT_EQ(states(), "previous current");
    EXPECT_EQ(published(), 2U);
    const std::string first_of_new = new_token();
    EXPECT_NE(crypto::peek_jwt_header(last_of_old)->kid, crypto::peek_jwt_header(first_of_new)->kid);
    EXPECT_EQ(use(last_of_old), 200U);
    EXPECT_EQ(use(first_of_new), 200U);

    world_.clock.advance(24h);
    advance();
    EXPECT_EQ(states(), "retired current");
    EXPECT_EQ(published(), 1U);
    EXPECT_EQ(use(new_token()), 200U);
    EXPECT_EQ(world_.database.scalar("SELECT count(*) FROM auth.signing_keys WHERE private_key IS NULL"), "1");
    EXPECT_EQ(world_.database.scalar("SELECT count(*) FROM auth.audit_entries WHERE action = 'signing_key_rotated'"),
              "1");
}

TEST_F(KeysInUse, ATokenOfARetiredKeyIsRefused) {
    world_.sign_up("ada@example.com");
    const auto rotate = [this](std::chrono::seconds wait) {
        world_.clock.advance(wait);
        advance();
    };
    world_.runtime.run(world_.service.signing_keys().rotate());
    world_.runtime.run(world_.service.signing_keys().load());
    const std::string old = new_token();
    const auto old_header = crypto::peek_jwt_header(old);
    rotate(15min);
    rotate(24h);
    // A token as the old key would have signed it, still good by its times.
    world_.runtime.run(world_.jwks.keys_for("unknown"));
    EXPECT_FALSE(world_.jwks.current()->contains(old_header->kid));
    EXPECT_EQ(use(old), 403U);
    EXPECT_EQ(world_.get("/auth/v1/user", old).code(), "bad_jwt");
}

TEST_F(KeysInUse, RotatingByHandPublishesNowAndSignsLater) {
    const Time first = world_.runtime.run(world_.service.signing_keys().rotate());
    EXPECT_EQ(first, world_.clock.now() + 15min);
    world_.clock.advance(5min);
    EXPECT_EQ(world_.runtime.run(world_.service.signing_keys().rotate()), first) << "the one that waits is meant";
    EXPECT_EQ(states(), "current next");
}

TEST_F(KeysInUse, SeveralProcessesMakeOneMove) {
    world_.clock.advance(std::chrono::days(30));
    SigningKeys second(world_.pool.database("svc_auth"), world_.envelope, world_.clock, 900s);
    std::vector<std::future<void>> moves;
    for (std::size_t i = 0; i < 8; ++i) {
        auto& keys = i % 2 == 0 ? world_.service.signing_keys() : second;
        moves.push_back(world_.runtime.start(keys.advance(), i % 2));
    }
    for (auto& move : moves) move.get();
    EXPECT_EQ(states(), "current next");
}

TEST_F(KeysInUse, AChangeElsewhereIsFollowed) {
    world_.clock.advance(std::chrono::days(30));
    SigningKeys elsewhere(world_.pool.database("svc_auth"), world_.envelope, world_.clock, 900s);
    world_.runtime.run(elsewhere.advance());
    EXPECT_EQ(published(), 1U);
    world_.service.signing_keys().wake();  // as the notification does
    for (int i = 0; i < 100 && published() != 2; ++i) std::this_thread::sleep_for(50ms);
    EXPECT_EQ(published(), 2U);
}

TEST_F(KeysInUse, AnotherMasterKeyStopsTheStart) {
    const crypto::Envelope other({std::string(32, 'o')});
    SigningKeys keys(world_.pool.database("svc_auth"), other, world_.clock, 900s);
    EXPECT_THROW(world_.runtime.run(keys.load()), std::runtime_error);
    EXPECT_THROW(keys.sign({}), Unavailable);
}

}  // namespace
}  // namespace tt::auth
