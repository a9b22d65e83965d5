#include "platform/crypto/password_forms.hpp"
#include "platform/crypto/password.hpp"
#include "platform/testing/run_task.hpp"

#include <gtest/gtest.h>
#include <string>

namespace platform::crypto {
namespace {

struct KnownForm {
    const char* password;
    const char* stored;
};

// crypt_blowfish's, phc-winner-argon2's and firebase/scrypt's own published vectors.
constexpr KnownForm known_forms[] = {
    {"U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
    {"password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"},
    {"password", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"},
    {"password", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"},
    {"user1password",
     "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUS"
     "DzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/"
     "qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="},
};

TEST(PasswordForms, PublishedVectorsMatchAndNothingElseDoes) {
    for (const auto& [password, stored] : known_forms) {
        EXPECT_TRUE(is_usable_password_form(stored)) << stored;
        EXPECT_TRUE(matches_password_form(password, stored)) << stored;
        EXPECT_FALSE(matches_password_form(std::string(password) + "x", stored)) << stored;
        EXPECT_FALSE(matches_password_form("", stored)) << stored;
    }
}

TEST(PasswordForms, TheHasherTakesThemAndWantsThemAnew) {
    PasswordHasher hasher;
    for (const auto& [password, stored] : known_forms) {
        EXPECT_TRUE(*testing::run_task(hasher.verify(password, stored))) << stored;
        EXPECT_TRUE(hasher.needs_rehash(stored)) << stored;
    }
}

// bcrypt ends at a NUL and after 72 bytes; the first must not make a short password right.
TEST(PasswordForms, BcryptCountsSeventyTwoBytesAndNoNul) {
    const std::string of_72_x = "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";
    EXPECT_TRUE(matches_password_form(std::string(72, 'x'), of_72_x));
    EXPECT_TRUE(matches_password_form(std::string(2000, 'x'), of_72_x));
    EXPECT_FALSE(matches_password_form(std::string(71, 'x'), of_72_x));
    EXPECT_FALSE(matches_password_form(std::string("U*U\0x", 5), known_forms[0].stored));
}

// A hash of somebody's choosing must not run for minutes or take all memory.
TEST(PasswordForms, WhatCostsTooMuchIsNotUsable) {
    const std::string bcrypt_rest = "$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    const std::string argon2_rest = "$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    const std::string firebase_rest = ",ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdA==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdA==";
    for (const std::string& stored : {
             "$2a$14" + bcrypt_rest,
             "$2a$31" + bcrypt_rest,
             "$2a$03" + bcrypt_rest,
             "$argon2id$v=19$m=4194304,t=1,p=1" + argon2_rest,
             "$argon2id$v=19$m=65536,t=20,p=1" + argon2_rest,
             "$argon2id$v=19$m=4294967295,t=4294967295,p=1" + argon2_rest,
             "$argon2id$v=19$m=65536,t=2,p=255" + argon2_rest,
             "$fbscrypt$v=1,n=25,r=8,p=1" + firebase_rest,
             "$fbscrypt$v=1,n=14,r=8,p=16" + firebase_rest,
             "$fbscrypt$v=1,n=64,r=8,p=1" + firebase_rest,
         }) {
        EXPECT_FALSE(is_usable_password_form(stored)) << stored;
        EXPECT_FALSE(matches_password_form("password", stored)) << stored;
    }
}

TEST(PasswordForms, MalformedOnesNeverMatch) {
    const std::string firebase_without_key = "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==$42xEC+ixf3L2lw==$";
    for (const std::string& stored :
         {std::string(), std::string("$"), std::string("$$$$$"), std::string("plain"),
          std::string("$1$salt$qJH7.N4xYta3aEG/dfqo/0"), std::string("$2a$05$short"),
          std::string("$2x$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
          std::string("$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
          std::string("$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
          std::string("$argon2id$v=19$m=0x100,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"),
          std::string("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"), firebase_without_key,
          firebase_without_key + "AAAA"}) {
        EXPECT_FALSE(is_usable_password_form(stored)) << stored;
        EXPECT_FALSE(matches_password_form("", stored)) << stored;
    }
}

}  // namespace
}  // namespace platform::crypto
