#include "shared/types/api_key.hpp"

#include "platform/crypto/random.hpp"

#include <gtest/gtest.h>

namespace tt {
namespace {

ApiKeyText random_key() {
    return {uuid_v7(), crypto::random_bytes(ApiKeyText::secret_bytes)};
}

TEST(ApiKeyText, ReadsWhatItWrote) {
    for (int i = 0; i < 100; ++i) {
        const auto key = random_key();
        const std::string text = key.to_text();
        EXPECT_EQ(text.size(), 8U + 22 + 1 + 43 + 1 + 6);
        const auto read = ApiKeyText::parse(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(read->id, key.id);
        EXPECT_EQ(read->secret, key.secret);
    }
}

TEST(ApiKeyText, AMisspeltKeyIsNoKey) {
    const std::string text = random_key().to_text();
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string wrong = text;
        wrong[i] = wrong[i] == 'a' ? 'b' : 'a';
        EXPECT_FALSE(ApiKeyText::parse(wrong)) << wrong;
    }
    for (const std::string& wrong : {std::string(), std::string("tt_live_"), std::string("tt_live___"), text + "0",
                                     text.substr(0, text.size() - 1), "x" + text}) {
        EXPECT_FALSE(ApiKeyText::parse(wrong)) << wrong;
    }
}

TEST(ApiKeyScope, HasAnAreaAndAnAction) {
    for (const char* good : {"courses:read", "rest:write", "*:read", "api2-x:write"})
        EXPECT_TRUE(is_api_key_scope(good));
    for (const char* bad : {"", "courses", ":read", "courses:", "courses:delete", "Courses:read", "a b:read", "**:read",
                            "courses:read:write"}) {
        EXPECT_FALSE(is_api_key_scope(bad)) << bad;
    }
    EXPECT_FALSE(is_api_key_scope(std::string(70, 'a') + ":read"));
}

TEST(ApiKeyScope, OpensItsAreaAndNothingElse) {
    EXPECT_TRUE(may_call({"courses:read"}, true, "/api/v1/courses/{slug}"));
    EXPECT_FALSE(may_call({"courses:read"}, false, "/api/v1/courses"));
    EXPECT_TRUE(may_call({"courses:write"}, true, "/api/v1/courses"));  // writing includes reading
    EXPECT_TRUE(may_call({"courses:write"}, false, "/api/v1/courses"));
    EXPECT_FALSE(may_call({"courses:write"}, true, "/api/v1/profile"));
    EXPECT_TRUE(may_call({"profile:read", "rest:read"}, true, "/rest/v1/{path...}"));
    EXPECT_TRUE(may_call({"*:read"}, true, "/functions/v1/enroll"));
    EXPECT_FALSE(may_call({"*:read"}, false, "/functions/v1/enroll"));
    EXPECT_FALSE(may_call({}, true, "/api/v1/courses"));
}

TEST(ApiKeyScope, NothingOpensAccountsKeysAndTheInside) {
    for (const char* path : {"/auth/v1/user", "/internal/v1/revocations", "/api/v1/api-keys", "/api/v1/api-keys/{id}",
                             "/", "/admin", "/media/x"}) {
        EXPECT_FALSE(may_call({"*:write"}, true, path)) << path;
    }
}

TEST(ApiKeyAddresses, AreAddressesAndBlocks) {
    for (const char* good : {"192.0.2.1", "192.0.2.0/24", "2001:db8::1", "2001:db8::/32", "10.0.0.0/8"}) {
        EXPECT_TRUE(is_address_block(good)) << good;
    }
    for (const char* bad : {"", "example.com", "192.0.2.1/33", "192.0.2", "2001:db8::/129", "1.2.3.4/", "/24"}) {
        EXPECT_FALSE(is_address_block(bad)) << bad;
    }
    EXPECT_TRUE(is_allowed_address({}, "anything"));
    const std::vector<std::string> blocks{"192.0.2.16/28", "203.0.113.9", "2001:db8:1::/48"};
    EXPECT_TRUE(is_allowed_address(blocks, "192.0.2.31"));
    EXPECT_FALSE(is_allowed_address(blocks, "192.0.2.32"));
    EXPECT_TRUE(is_allowed_address(blocks, "203.0.113.9"));
    EXPECT_FALSE(is_allowed_address(blocks, "203.0.113.10"));
    EXPECT_TRUE(is_allowed_address(blocks, "2001:db8:1::5"));
    EXPECT_FALSE(is_allowed_address(blocks, "2001:db8:2::5"));
    EXPECT_FALSE(is_allowed_address(blocks, ""));
}

}  // namespace
}  // namespace tt
