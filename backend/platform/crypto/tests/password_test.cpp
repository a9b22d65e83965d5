#include "platform/crypto/password.hpp"
#include "platform/testing/run_task.hpp"

#include <gtest/gtest.h>

namespace platform::crypto {

using platform::testing::run_task;

namespace {

// Cheap parameters: the sanitizers make 19 MiB slow, and the algorithm is the same.
PasswordConfig cheap() {
    PasswordConfig config;
    config.memory_kib = 64;
    config.passes = 1;
    config.threads = 1;
    return config;
}

TEST(PasswordHasher, DefaultParametersAreOwaspFloor) {
    PasswordHasher hasher;
    const auto phc = run_task(hasher.hash("correct horse battery staple"));
    ASSERT_TRUE(phc);
    EXPECT_TRUE(phc->starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << *phc;
    EXPECT_TRUE(*run_task(hasher.verify("correct horse battery staple", *phc)));
    EXPECT_FALSE(hasher.needs_rehash(*phc));
}

// From the reference implementation's own tests (P-H-C/phc-winner-argon2, test.c).
TEST(PasswordHasher, ReferenceVectorVerifies) {
    PasswordHasher hasher(cheap());
    const std::string phc = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    EXPECT_TRUE(*run_task(hasher.verify("password", phc)));
    EXPECT_FALSE(*run_task(hasher.verify("Password", phc)));
    EXPECT_TRUE(hasher.needs_rehash(phc));
}

TEST(PasswordHasher, EveryByteCounts) {
    PasswordHasher hasher(cheap());
    const std::string passwords[] = {std::string(72, 'x') + "a", " leading and trailing ", "\xF0\x9F\x94\x91 key",
                                     std::string("with\0nul", 8), std::string(1024, 'y')};
    for (const std::string& password : passwords) {
        const auto phc = run_task(hasher.hash(password));
        ASSERT_TRUE(phc);
        EXPECT_TRUE(*run_task(hasher.verify(password, *phc)));
        std::string other = password;
        other.back() = static_cast<char>(other.back() ^ 1);
        EXPECT_FALSE(*run_task(hasher.verify(other, *phc)));
    }
}

TEST(PasswordHasher, SamePasswordGetsAnotherSalt) {
    PasswordHasher hasher(cheap());
    EXPECT_NE(*run_task(hasher.hash("password")), *run_task(hasher.hash("password")));
}

TEST(PasswordHasher, ForeignOrBrokenHashNeverMatches) {
    PasswordHasher hasher(cheap());
    for (const char* phc : {"", "x", "$2b$10$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=256",
                            "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAA"}) {
        EXPECT_FALSE(*run_task(hasher.verify("password", phc))) << phc;
    }
    EXPECT_FALSE(*run_task(hasher.verify_nobody("password")));
}

// Who is refused asks again: an answer at once would be paid for by everybody else.
TEST(PasswordHasher, AFullQueueAnswersUnavailableASecondLater) {
    PasswordConfig config;
    config.threads = 1;
    config.queue_limit = 3;
    PasswordHasher hasher(config);
    asio::io_context context(1);
    int hashed = 0;
    int refused = 0;
    const auto start = std::chrono::steady_clock::now();
    const auto expect_late_refusal = [&](const Error& error) {
        ++refused;
        EXPECT_EQ(error.code, Code::unavailable);
        EXPECT_TRUE(error.retry_after_s);
        EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
    };
    const auto one = [&]() -> Task<void> {
        const auto phc = co_await hasher.hash("password");
        if (phc) {
            ++hashed;
        } else {
            expect_late_refusal(phc.error());
        }
    };
    const auto only_asking = [&]() -> Task<void> {
        const auto admitted = co_await hasher.admit();
        EXPECT_FALSE(admitted);
        if (!admitted) expect_late_refusal(admitted.error());
    };
    for (int i = 0; i < 39; ++i) asio::co_spawn(context.get_executor(), one(), asio::detached);
    asio::co_spawn(context.get_executor(), only_asking(), asio::detached);
    context.run();
    EXPECT_GE(hashed, 4);
    EXPECT_GE(refused, 1);
    EXPECT_EQ(hashed + refused, 40);
    EXPECT_TRUE(run_task(hasher.admit()));
    EXPECT_TRUE(run_task(hasher.hash("password")));  // and it works again afterwards
}

TEST(PasswordHasher, WorkThatWaitedTooLongIsNotDone) {
    PasswordConfig config;
    config.threads = 1;
    config.deadline = std::chrono::milliseconds(0);
    PasswordHasher hasher(config);
    asio::io_context context(1);
    int refused = 0;
    const auto one = [&]() -> Task<void> {
        const auto phc = co_await hasher.hash("password");
        if (!phc) ++refused;
    };
    for (int i = 0; i < 5; ++i) asio::co_spawn(context.get_executor(), one(), asio::detached);
    context.run();
    EXPECT_GE(refused, 4);
}

}  // namespace
}  // namespace platform::crypto
