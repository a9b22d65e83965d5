#include "services/auth-service/src/domain/audit_link.hpp"
#include "services/auth-service/src/domain/audit_text.hpp"
#include "services/auth-service/src/domain/audit_time.hpp"
#include "services/auth-service/src/domain/ban_duration.hpp"
#include "services/auth-service/src/domain/like_pattern.hpp"
#include "services/auth-service/src/domain/outgoing_url.hpp"
#include "services/auth-service/src/domain/phone.hpp"
#include "services/auth-service/src/domain/user_page.hpp"

#include <gtest/gtest.h>

namespace tt::auth {
namespace {

using platform::AllowedPeers;

TEST(BanDuration, ReadsGoSpelling) {
    const std::pair<const char*, std::int64_t> good[] = {
        {"24h", 86400}, {"1h30m", 5400}, {"none", 0},    {"0", 0},      {"1.5h", 5400},
        {"300ms", 1},   {"90s", 90},     {"-1h", -3600}, {"2m3s", 123}, {"876000h", 876000LL * 3600}};
    for (const auto& [text, seconds] : good) {
        const auto parsed = parse_ban_duration(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(parsed->count(), seconds) << text;
    }
}

TEST(BanDuration, RefusesTheRest) {
    for (const char* text :
         {"", "24", "h", "1d", "1h 30m", "--1h", "1e3h", "nan", "inf", "99999999999999h", "1h-30m"}) {
        EXPECT_FALSE(parse_ban_duration(text)) << text;
    }
}

TEST(LinkHeader, PageIsTheFirstParameterAndNextComesBeforeLast) {
    PageLinks links;
    links.page = 1;
    links.per_page = 2;
    links.total = 5;
    links.path = "/admin/users";
    links.query = "per_page=2";
    EXPECT_EQ(link_header(links),
              "</admin/users?page=2&per_page=2>; rel=\"next\", </admin/users?page=3&per_page=2>; rel=\"last\"");
    links.page = 3;
    EXPECT_EQ(link_header(links), "</admin/users?page=3&per_page=2>; rel=\"last\"");
    links.total = 0;
    EXPECT_EQ(link_header(links), "</admin/users?page=0&per_page=2>; rel=\"last\"");
}

TEST(UserCursor, IsReadBackAndRefusedWhenItIsNone) {
    const UserCursor cursor{platform::Time(std::chrono::microseconds(1767225600123456)), platform::uuid_v7()};
    const auto parsed = parse_user_cursor(write_user_cursor(cursor));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->created_at, cursor.created_at);
    EXPECT_EQ(parsed->id, cursor.id);
    for (const char* text : {"", "x", "YWJj", "IA"}) EXPECT_FALSE(parse_user_cursor(text)) << text;
}

TEST(PageNumber, OnlyDigits) {
    EXPECT_EQ(*parse_page_number(std::nullopt, 7), 7U);
    EXPECT_EQ(*parse_page_number("12", 7), 12U);
    for (const char* text : {"-1", "x", "1.5", "99999999999999999999", " 1"}) {
        EXPECT_FALSE(parse_page_number(text, 1)) << text;
    }
}

TEST(LikePattern, WhatIsTypedStandsForItself) {
    EXPECT_EQ(like_pattern(""), "");
    EXPECT_EQ(like_pattern("a_b%c\\"), "%a\\_b\\%c\\\\%");
}

TEST(Phone, IsE164WithoutThePlus) {
    EXPECT_EQ(normalized_phone("+1 234 567 890"), "1234567890");
    EXPECT_EQ(normalized_phone("491701234567"), "491701234567");
    for (const char* text : {"", "+", "0123", "1", "12a", "1234567890123456", "++12"}) {
        EXPECT_FALSE(normalized_phone(text)) << text;
    }
}

// What an outgoing call may reach (SSRF).
TEST(OutgoingUrl, OnlyPublicServersOverTls) {
    const AllowedPeers peers = AllowedPeers::public_only();
    for (const char* url : {"https://example.com/hook", "https://example.com:8443/a?b=c", "https://8.8.8.8/",
                            "https://[2606:4700::1111]/"}) {
        EXPECT_TRUE(may_call(url, peers)) << url;
    }
    for (const char* url : {"http://example.com/",
                            "https://user@example.com/",
                            "https://localhost/",
                            "https://127.0.0.1/",
                            "https://[::1]/",
                            "https://10.0.0.1/",
                            "https://192.168.1.1/",
                            "https://172.16.0.9/",
                            "https://169.254.169.254/",
                            "https://100.64.1.1/",
                            "https://0.0.0.0/",
                            "https://2130706433/",
                            "https://0x7f.1/",
                            "https://127.1/",
                            "https://[::ffff:127.0.0.1]/",
                            "https://[2002:7f00:1::]/",
                            "https://[fd00::1]/",
                            "https://[fe80::1]/",
                            "https://intranet/",
                            "https://a.localhost/",
                            "ftp://example.com/",
                            "https://",
                            "/path",
                            "javascript:alert(1)"}) {
        EXPECT_FALSE(may_call(url, peers)) << url;
    }
}

TEST(OutgoingUrl, LoopbackAndNetworksWhereTheyAreAllowed) {
    AllowedPeers peers = AllowedPeers::public_only();
    peers.add_loopback();
    peers.add(platform::parse_network("10.1.0.0/16").value());
    for (const char* url : {"http://127.0.0.1:9000/hook", "http://localhost:9000/hook", "http://[::1]:9000/hook",
                            "https://localhost/", "https://10.1.2.3/", "https://example.com/"}) {
        EXPECT_TRUE(may_call(url, peers)) << url;
    }
    for (const char* url : {"https://10.0.0.1/", "http://10.1.2.3/", "http://example.com/", "http://a.localhost/"}) {
        EXPECT_FALSE(may_call(url, peers)) << url;
    }
}

TEST(AuditLink, EveryFieldAndThePlaceCount) {
    const std::vector<std::string> fields{"a", "bc", ""};
    const std::string hash = audit_link_hash("key", "before", 7, fields);
    EXPECT_EQ(hash.size(), 32U);
    EXPECT_EQ(hash, audit_link_hash("key", "before", 7, {"a", "bc", ""}));
    EXPECT_NE(hash, audit_link_hash("key", "before", 7, {"ab", "c", ""}));
    EXPECT_NE(hash, audit_link_hash("key", "before", 8, fields));
    EXPECT_NE(hash, audit_link_hash("key", "other", 7, fields));
    EXPECT_NE(hash, audit_link_hash("other", "before", 7, fields));
}

TEST(AuditText, CsvValuesAreQuotedAndNoFormulas) {
    EXPECT_EQ(audit_csv_value("plain"), "plain");
    EXPECT_EQ(audit_csv_value("a,b"), "\"a,b\"");
    EXPECT_EQ(audit_csv_value("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(audit_csv_value("=1+1"), "'=1+1");
    EXPECT_EQ(audit_csv_value("@x,y"), "\"'@x,y\"");
}

TEST(AuditText, KindsAreGoTrues) {
    EXPECT_EQ(audit_log_type("login"), "account");
    EXPECT_EQ(audit_log_type("user_invited"), "team");
    EXPECT_EQ(audit_log_type("challenge_created"), "factor");
    EXPECT_EQ(audit_actions_of_type("token"), std::vector<std::string>{"token_reused"});
    EXPECT_EQ(audit_actions_like("logi"), std::vector<std::string>{"login"});
    EXPECT_TRUE(audit_actions_like("nothing").empty());
}

TEST(AuditTime, FloorsSortBeforeEveryIdOfTheirTime) {
    const auto now = platform::SystemClock().now();
    EXPECT_LE(audit_id_floor(now - std::chrono::seconds(1)), platform::uuid_v7());
    EXPECT_GT(audit_id_floor(now + std::chrono::seconds(5)), platform::uuid_v7());
}

}  // namespace
}  // namespace tt::auth
