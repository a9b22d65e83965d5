#include "services/auth-service/tests/auth_world.hpp"

#include "platform/crypto/encoding.hpp"
#include "platform/crypto/hash.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>

namespace tt::auth {
namespace {

std::string reason_of(const Answer& answer) {
    const auto* weak = answer.body.as_object().if_contains("weak_password");
    return weak ? boost::json::serialize(weak->at("reasons")) : "";
}

// S001
TEST(AuthPasswords, ATooShortOneIsRefusedWithItsReason) {
    AuthWorld world(test_config(true));
    const auto refused = world.sign_up("ada@example.com", "kx7-Vq2");
    EXPECT_EQ(refused.status, 422U);
    EXPECT_EQ(refused.code(), "weak_password");
    EXPECT_EQ(refused.str("msg"), "Password should be at least 8 characters.");
    EXPECT_EQ(reason_of(refused), R"(["length"])");
}

// S002
TEST(AuthPasswords, AnyCharactersOfAnyLengthUpToTheLimit) {
    AuthWorld world(test_config(true));
    std::string keys;
    for (int i = 0; i < 8; ++i) keys += "\xF0\x9F\x94\x91";
    int person = 0;
    for (const std::string& password :
         {std::string("kx7-Vq2m"), std::string(64, 'x'), std::string(72, 'y') + "a", std::string(128, 'z'), keys,
          std::string("  between spaces  "), std::string(1024, 'w')}) {
        const std::string email = "person" + std::to_string(++person) + "@example.com";
        EXPECT_EQ(world.sign_up(email, password).status, 200U) << password;
        EXPECT_EQ(world.sign_in(email, password).status, 200U) << password;
        std::string other = password;
        other.back() = static_cast<char>(other.back() ^ 1);
        EXPECT_EQ(world.sign_in(email, other).status, 400U) << "the last byte counts: " << password;
        if (password.starts_with(' ')) EXPECT_EQ(world.sign_in(email, "between spaces").status, 400U);
    }
}

// S003
TEST(AuthPasswords, CommonAndOwnWordsAreRefusedAsPwned) {
    AuthWorld world(test_config(true));
    for (const char* weak : {"password1", "12345678", "TrendTactics1", "Sunshine2024!", "ada.lovelace", "AdaLovelace1",
                             "qwertyuiop", "iloveyou2"}) {
        const auto refused = world.sign_up("ada.lovelace@example.com", weak);
        EXPECT_EQ(refused.status, 422U) << weak;
        EXPECT_EQ(reason_of(refused), R"(["pwned"])") << weak;
    }
    EXPECT_EQ(world.sign_up("ada.lovelace@example.com").status, 200U);
}

// S004
TEST(AuthPasswords, ATooLongOneIsRefusedWithoutHashing) {
    AuthWorld world(test_config(true), 0, crypto::PasswordConfig{});
    for (const std::size_t length : {1025U, 5000U, 500'000U}) {
        const auto start = std::chrono::steady_clock::now();
        const auto refused = world.sign_up("ada@example.com", std::string(length, 'x'));
        EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(100)) << length;
        EXPECT_EQ(refused.status, 422U);
        EXPECT_EQ(reason_of(refused), R"(["length"])");
    }
}

TEST(AuthPasswords, TheSwitchForTheClientsOwnTestsTurnsTheListOff) {
    AuthConfig config = test_config(true);
    config.refuse_common_passwords = false;
    AuthWorld world(config);
    EXPECT_EQ(world.sign_up("ada@example.com", "password123").status, 200U);
}

// Signed up before the rules: let in, and told.
TEST(AuthPasswords, ASignInWithANowWeakOneSaysSo) {
    AuthWorld world(test_config(true));
    world.sign_up("ada@example.com", "correct horse");
    EXPECT_FALSE(world.sign_in("ada@example.com", "correct horse").body.as_object().contains("weak_password"));
    const auto hash = world.runtime.run(world.hasher.hash("password1"));
    world.database.exec("UPDATE auth.users SET password_hash = '" + *hash + "'");
    const auto session = world.sign_in("ada@example.com", "password1");
    ASSERT_EQ(session.status, 200U);
    EXPECT_EQ(reason_of(session), R"(["pwned"])");
}

TEST(AuthPasswords, ALeakedOneIsRefused) {
    const auto file = std::filesystem::temp_directory_path() / ("tt-leaked-" + std::to_string(getpid()));
    std::ofstream(file) << crypto::hex_encode(crypto::sha1("zebra umbrella 12")) << ":7\n";
    AuthConfig config = test_config(true);
    config.breached_passwords = file.string();
    AuthWorld world(config);
    EXPECT_EQ(reason_of(world.sign_up("ada@example.com", "zebra umbrella 12")), R"(["pwned"])");
    EXPECT_EQ(world.sign_up("ada@example.com", "zebra umbrella 13").status, 200U);
    std::filesystem::remove(file);
}

// S023: one account per address, however it is written; look-alikes are nobody.
TEST(AuthPasswords, OneAddressIsOneAccount) {
    AuthWorld world(test_config(true));
    EXPECT_EQ(world.sign_up("Ada@Example.COM").status, 200U);
    EXPECT_EQ(world.sign_up("ada@example.com").code(), "user_already_exists");
    EXPECT_EQ(world.sign_in("aDa@example.com").status, 200U);
    for (const char* look_alike : {"\xD0\xB0"
                                   "da@example.com",
                                   "\xEF\xBD\x81"
                                   "da@example.com",
                                   "ada@example.com.", "ada@ex\xC3\xA4mple.com"}) {
        EXPECT_EQ(world.sign_up(look_alike).status, 400U) << look_alike;
    }
    EXPECT_EQ(world.sign_up("ada+news@example.com").status, 200U) << "a tag is an address of its own";
}

}  // namespace
}  // namespace tt::auth
