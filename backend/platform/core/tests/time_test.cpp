#include "platform/core/time.hpp"

#include <gtest/gtest.h>

namespace platform {
namespace {

TEST(Time, Rfc3339RoundTrips) {
    for (const char* text : {"2026-11-22T05:06:07Z", "2026-02-28T23:59:59.000001Z", "1970-01-01T00:00:00Z"}) {
        const auto time = parse_rfc3339(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(to_rfc3339(*time), text);
    }
}

TEST(Time, ReadsOffsetsAndPostgresText) {
    EXPECT_EQ(parse_rfc3339("2026-11-22T07:06:07+02:00"), parse_rfc3339("2026-11-22T05:06:07Z"));
    EXPECT_EQ(parse_rfc3339("2026-11-22 05:06:07.5+00"), parse_rfc3339("2026-11-22T05:06:07.5Z"));
}

TEST(Time, RefusesWhatIsNoTime) {
    for (const char* bad : {"", "2026-11-22", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T05:06:07",
                            "2026-11-22T05:06:07.Z", "2026-11-22T05:06:07Zx"}) {
        EXPECT_FALSE(parse_rfc3339(bad)) << bad;
    }
}

TEST(Time, HttpDate) {
    EXPECT_EQ(to_http_date(*parse_rfc3339("1994-11-06T08:49:37Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace platform
