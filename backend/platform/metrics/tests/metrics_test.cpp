#include "platform/metrics/metrics.hpp"

#include <gtest/gtest.h>

namespace platform::metrics {
namespace {

TEST(Metrics, SameNameAndLabelsIsTheSameCounter) {
    counter("requests_total", {{"route", "/a"}, {"method", "GET"}}).add(2);
    counter("requests_total", {{"method", "GET"}, {"route", "/a"}}).add();
    EXPECT_NE(render().find("requests_total{method=\"GET\",route=\"/a\"} 3\n"), std::string::npos);
}

TEST(Metrics, HistogramBucketsAreCumulative) {
    auto& latency = histogram("latency_seconds");
    for (const double seconds : {0.0005, 0.004, 0.004, 99.0}) latency.observe(seconds);
    const auto text = render();
    EXPECT_NE(text.find("latency_seconds_bucket{le=\"0.001\"} 1\n"), std::string::npos);
    EXPECT_NE(text.find("latency_seconds_bucket{le=\"0.005\"} 3\n"), std::string::npos);
    EXPECT_NE(text.find("latency_seconds_bucket{le=\"+Inf\"} 4\n"), std::string::npos);
    EXPECT_NE(text.find("latency_seconds_count 4\n"), std::string::npos);
}

TEST(Metrics, GaugesAreFilledWhenRendered) {
    on_render([] { gauge("depth").set(7); });
    EXPECT_NE(render().find("depth 7\n"), std::string::npos);
}

TEST(Metrics, LabelValuesAreEscaped) {
    counter("odd_total", {{"v", "a\"b\\c\nd"}}).add();
    EXPECT_NE(render().find("odd_total{v=\"a\\\"b\\\\c d\"} 1\n"), std::string::npos);
}

}  // namespace
}  // namespace platform::metrics
