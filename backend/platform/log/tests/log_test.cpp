#include "platform/log/log.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>

namespace platform::log {
namespace {

class LogLine : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(::pipe(fds_), 0);
        configure({.level = Level::info, .fd = fds_[1], .service = "test", .version = "1"});
    }
    void TearDown() override {
        configure({});
        ::close(fds_[0]);
        ::close(fds_[1]);
    }
    std::string read_line() {
        flush();
        char buffer[4096];
        const auto size = ::read(fds_[0], buffer, sizeof buffer);
        return {buffer, static_cast<std::size_t>(size)};
    }
    int fds_[2]{};
};

TEST_F(LogLine, IsOneJsonObjectWithTypedFields) {
    info("enrollment_created", {{"course_id", "c1"}, {"attempt", 3}, {"is_first", true}, {"text", "a\"b\n"}});
    const auto line = boost::json::parse(read_line()).as_object();
    EXPECT_EQ(line.at("event.action").as_string(), "enrollment_created");
    EXPECT_EQ(line.at("service.name").as_string(), "test");
    EXPECT_EQ(line.at("attempt").as_int64(), 3);
    EXPECT_EQ(line.at("is_first").as_bool(), true);
    EXPECT_EQ(line.at("text").as_string(), "a\"b\n");
}

TEST_F(LogLine, BelowTheLevelIsDropped) {
    debug("noise");
    info("signal");
    EXPECT_EQ(read_line().find("noise"), std::string::npos);
}

TEST_F(LogLine, PersonalDataAndTokensAreMasked) {
    warn("mail_refused", {{"detail", "550 no such user jane.doe@example.com here"},
                          {"header", "Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijkl"}});
    const auto line = read_line();
    EXPECT_EQ(line.find("jane.doe"), std::string::npos);
    EXPECT_NE(line.find("j***@example.com"), std::string::npos);
    EXPECT_EQ(line.find("eyJzdWIi"), std::string::npos);
}

}  // namespace
}  // namespace platform::log
