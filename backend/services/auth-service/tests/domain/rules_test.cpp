#include "services/auth-service/src/domain/access_claims.hpp"
#include "services/auth-service/src/domain/credentials.hpp"
#include "services/auth-service/src/domain/metadata.hpp"
#include "services/auth-service/src/domain/one_time_secret.hpp"
#include "services/auth-service/src/email.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace tt::auth {
namespace {

TEST(NormalizedEmail, OneSpellingPerPerson) {
    EXPECT_EQ(normalized_email("Ada@Example.COM"), "ada@example.com");
    EXPECT_EQ(normalized_email("a+tag@example.com"), "a+tag@example.com");
    for (const char* bad :
         {"", "ada", "ada@", "ada@example.com.",
          "\xD0\xB0"
          "da@example.com",
          "ada@ex\xC3\xA4mple.com", "ada @example.com", " ada@example.com", "ada@example.com\n", "<ada@example.com>"}) {
        EXPECT_FALSE(normalized_email(bad)) << bad;
    }
}

TEST(CheckPassword, CountsCharactersAndNothingElse) {
    EXPECT_TRUE(check_password("aaaaaaaa", 8));
    EXPECT_TRUE(check_password("        ", 8));
    EXPECT_TRUE(check_password("\xF0\x9F\x94\x91\xF0\x9F\x94\x91", 2));
    EXPECT_TRUE(check_password(std::string(1024, 'x'), 8));
    EXPECT_EQ(check_password("1234567", 8).error().message, "Password should be at least 8 characters.");
    EXPECT_EQ(check_password("\xC3\xA4\xC3\xA4", 3).error().reason, "weak_password");
    const std::string too_long = "Password cannot be longer than 1024 characters.";
    EXPECT_EQ(check_password(std::string(1025, 'x'), 8).error().message, too_long);
    EXPECT_EQ(check_password(std::string(1 << 20, 'x'), 8).error().message, too_long);
}

TEST(CheckPassword, CountsAfterNormalising) {
    const std::string decomposed = "e\xCC\x81";
    EXPECT_EQ(check_password(decomposed + decomposed, 2).value(), "\xC3\xA9\xC3\xA9");
    EXPECT_EQ(check_password(decomposed + decomposed, 3).error().reason, "weak_password");
    std::string long_one;
    for (int i = 0; i < 1024; ++i) long_one += decomposed;
    EXPECT_TRUE(check_password(long_one, 8));
    EXPECT_EQ(check_password(long_one + "e", 8).error().reason, "weak_password");
}

TEST(NormalPassword, WhatIsTooLongIsNobodys) {
    EXPECT_EQ(normal_password(std::string(1024, 'x')).size(), 1024U);
    EXPECT_EQ(normal_password(std::string(1025, 'x')), "");
    EXPECT_EQ(normal_password(std::string(1 << 20, 'x')), "");
}

TEST(Metadata, MergesAndDeletes) {
    const auto merged = merged_metadata(R"({"a":1,"b":{"c":null}})", {{"a", nullptr}, {"d", "x"}});
    EXPECT_EQ(boost::json::parse(*merged), boost::json::parse(R"({"b":{"c":null},"d":"x"})"));
    EXPECT_EQ(merged_metadata("{}", {{"big", std::string(70000, 'x')}}).error().reason, "validation_failed");
}

TEST(Metadata, NamesAndRoles) {
    EXPECT_EQ(display_name_of(R"({"display_name":"Ada","name":"x"})"), "Ada");
    EXPECT_EQ(display_name_of(R"({"name":"Lovelace"})"), "Lovelace");
    EXPECT_EQ(display_name_of(R"({"display_name":7})"), "");
    const std::string admin = with_role(R"({"provider":"email"})", "admin");
    EXPECT_EQ(boost::json::parse(admin), boost::json::parse(R"({"provider":"email","roles":["admin"]})"));
    EXPECT_EQ(with_role(admin, "admin"), admin);
    EXPECT_EQ(roles_of(with_role(admin, "marketer")), (std::vector<std::string>{"admin", "marketer"}));
}

TEST(LinkSecret, NamesItsOwner) {
    const platform::Uuid user = platform::uuid_v7();
    const std::string secret = make_link_secret(user);
    EXPECT_EQ(owner_of_link_secret(secret), user);
    EXPECT_NE(secret, make_link_secret(user));
    for (const std::string& text : {std::string(), std::string("x"), secret + "A", secret.substr(1)}) {
        EXPECT_FALSE(owner_of_link_secret(text));
    }
    EXPECT_NE(hash_of_code(user, "123456"), hash_of_code(platform::uuid_v7(), "123456"));
}

TEST(AccessClaims, HugeMetadataStaysOutOfTheToken) {
    AccessClaims input;
    input.app_metadata = "{}";
    input.amr = "[]";
    input.user_metadata = boost::json::serialize(boost::json::object{{"x", std::string(3000, 'x')}});
    EXPECT_TRUE(access_claims(input).at("user_metadata").as_object().empty());
    input.user_metadata = R"({"x":"y"})";
    EXPECT_EQ(access_claims(input).at("user_metadata").at("x"), "y");
    input.user_metadata = boost::json::serialize(boost::json::object{{"x", std::string(3000, 'x')}, {"name", "Ada"}});
    input.claims_include = {"name", "none"};
    EXPECT_EQ(boost::json::serialize(access_claims(input).at("user_metadata")), R"({"name":"Ada"})");
}

}  // namespace
}  // namespace tt::auth
