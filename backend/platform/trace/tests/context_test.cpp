#include "platform/trace/context.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace platform::trace {
namespace {

constexpr const char* valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(Traceparent, IsReadAndWritten) {
    const auto context = parse_traceparent(valid);
    ASSERT_TRUE(context);
    EXPECT_EQ(to_hex(context->trace_id), "0af7651916cd43dd8448eb211c80319c");
    EXPECT_EQ(to_hex(context->span_id), "b7ad6b7169203331");
    EXPECT_TRUE(context->is_sampled);
    EXPECT_EQ(to_traceparent(*context), valid);
}

TEST(Traceparent, OnlyTheLowestFlagMeansSampled) {
    const std::string parent = std::string(valid).substr(0, 53);
    for (const auto& [flags, is_sampled] :
         std::vector<std::pair<std::string, bool>>{{"00", false}, {"01", true}, {"02", false}, {"03", true}}) {
        EXPECT_EQ(parse_traceparent(parent + flags)->is_sampled, is_sampled) << flags;
    }
}

TEST(Traceparent, ALaterVersionIsReadByItsPrefix) {
    const std::string rest = std::string(valid).substr(2);
    EXPECT_TRUE(parse_traceparent("01" + rest));
    EXPECT_TRUE(parse_traceparent("cc" + rest + "-more-of-it"));
    EXPECT_FALSE(parse_traceparent("cc" + rest + "more"));
    EXPECT_FALSE(parse_traceparent("00" + rest + "-more"));
    EXPECT_FALSE(parse_traceparent("ff" + rest));
}

TEST(Traceparent, MalformedIsNone) {
    const std::vector<std::string> malformed{
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
        "0 -0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
    for (const auto& text : malformed) EXPECT_FALSE(parse_traceparent(text)) << text;
}

TEST(Ids, AreNeverZeroAndDoNotRepeat) {
    const auto first = new_trace_id();
    const auto second = new_trace_id();
    EXPECT_NE(first, second);
    EXPECT_NE(new_span_id(), new_span_id());
    for (int i = 0; i < 1000; ++i) EXPECT_NE(new_span_id(), 0U);
}

}  // namespace
}  // namespace platform::trace
